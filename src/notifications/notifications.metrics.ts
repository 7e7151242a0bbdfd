import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { BusinessTime, Metrics } from '#common';

interface Row {
  readonly status: string;
  readonly code: string | null;
  readonly messages: string | number;
}

/** What became of the messages of the last day, and how many wait. */
@Injectable()
export class NotificationsMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const gauge = new Gauge({
      name: 'haotuan_messages',
      help: 'Messages by what became of them and WeChat’s code or our reason: those that wait, and those of the last 24 hours.',
      labelNames: ['status', 'code'] as const,
      registers: [this.metrics.registry],
    });
    this.metrics.readAtScrape(async () => {
      const rows = await this.#read();
      gauge.reset();
      for (const { status, code, messages } of rows) gauge.set({ status, code: code ?? 'none' }, Number(messages));
    });
  }

  async #read(): Promise<Row[]> {
    const now = await this.businessTime.read(this.source.manager);
    return this.source.query<Row[]>(
      `SELECT status, code, COUNT(*) AS messages FROM message_delivery
       WHERE status IN ('WAITING', 'SENDING') OR (status IN ('SENT', 'REFUSED', 'UNKNOWN', 'DROPPED') AND due_at > ? - INTERVAL 1 DAY)
       GROUP BY status, code`,
      [now],
    );
  }
}
