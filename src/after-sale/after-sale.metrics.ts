import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { BusinessTime, Metrics } from '#common';

interface Open {
  readonly status: string;
  readonly open: string | number;
  readonly overdue: string | number;
}

/** How many cases wait, and for how many it is too late. */
@Injectable()
export class AfterSaleMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const labelNames = ['status'] as const;
    const open = new Gauge({ name: 'haotuan_after_sales_open', help: 'Cases that are open.', labelNames, registers });
    const overdue = new Gauge({
      ...{ name: 'haotuan_after_sales_overdue', labelNames, registers },
      help: 'Open cases whose next step should have been taken by now.',
    });
    this.metrics.readAtScrape(async () => {
      const rows = await this.#read();
      for (const gauge of [open, overdue]) gauge.reset();
      for (const { status, open: all, overdue: late } of rows) {
        open.set({ status }, Number(all));
        overdue.set({ status }, Number(late));
      }
    });
  }

  async #read(): Promise<Open[]> {
    const now = await this.businessTime.read(this.source.manager);
    return this.source.query<Open[]>(
      `SELECT status, COUNT(*) AS open, SUM(due_at <= ?) AS overdue FROM after_sale
       WHERE status NOT IN ('DONE', 'CANCELLED') AND due_at IS NOT NULL GROUP BY status`,
      [now],
    );
  }
}
