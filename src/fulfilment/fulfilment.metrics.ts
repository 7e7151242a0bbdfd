import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { BusinessTime, idFromBytes, Metrics } from '#common';
import { lateSince } from './parcels/parcel.rules.js';
import { ShippingUpload } from './uploads/shipping-upload.entity.js';

interface Waiting {
  readonly supplier_id: Buffer;
  readonly orders: string | number;
  readonly late: string | number;
}

/** What waits to be shipped, and of what WeChat does not know. */
@Injectable()
export class FulfilmentMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const labelNames = ['supplier'] as const;
    const waiting = new Gauge({ name: 'haotuan_orders_to_ship', help: 'Orders to be shipped.', labelNames, registers });
    const overdue = new Gauge({
      ...{ name: 'haotuan_orders_overdue', labelNames, registers },
      help: 'Orders that should have been shipped by now.',
    });
    const stuck = new Gauge({
      ...{ name: 'haotuan_shipping_uploads_stuck', registers },
      help: 'Payments of whose shipping WeChat does not take what it is told.',
    });
    this.metrics.readAtScrape(async () => {
      const rows = await this.#read();
      for (const gauge of [waiting, overdue]) gauge.reset();
      for (const { supplier_id: id, orders, late } of rows) {
        const supplier = idFromBytes('supplier', id);
        waiting.set({ supplier }, Number(orders));
        overdue.set({ supplier }, Number(late));
      }
      stuck.set(await this.source.manager.countBy(ShippingUpload, { status: 'STUCK' }));
    });
  }

  async #read(): Promise<Waiting[]> {
    const since = lateSince(await this.businessTime.read(this.source.manager));
    return this.source.query<Waiting[]>(
      `SELECT supplier_id, COUNT(*) AS orders, SUM(to_fulfil_at <= ?) AS late FROM orders
       WHERE status = 'TO_FULFIL' AND NOT (payable_minor > 0 AND refunding_minor = payable_minor) GROUP BY supplier_id`,
      [since],
    );
  }
}
