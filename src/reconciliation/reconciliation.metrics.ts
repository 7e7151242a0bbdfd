import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { BusinessTime, Metrics } from '#common';
import { spanOf } from './reconciliation.rules.js';

interface Unfinished {
  readonly days: string | number;
  readonly oldest: string | null;
}

/** How many differences wait for people, how many bills are not closed, and of how long ago the oldest is. */
@Injectable()
export class ReconciliationMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const findings = new Gauge({
      ...{ name: 'haotuan_findings_open', labelNames: ['kind'] as const, registers },
      help: 'Differences between the bills of the channel and our books that are open.',
    });
    const days = new Gauge({ name: 'haotuan_bills_not_closed', help: 'Bills that are not closed.', registers });
    const age = new Gauge({
      ...{ name: 'haotuan_bill_oldest_not_closed_seconds', registers },
      help: 'Since when the day of the oldest bill that is not closed is over, in seconds; 0 if all are closed.',
    });
    this.metrics.readAtScrape(async () => {
      const open = await this.source.query<{ kind: string; open: string | number }[]>(
        "SELECT kind, COUNT(*) AS open FROM finding WHERE status = 'OPEN' GROUP BY kind",
      );
      findings.reset();
      for (const { kind, open: count } of open) findings.set({ kind }, Number(count));
      const { days: count, oldest } = await this.#unfinished();
      days.set(Number(count));
      age.set(oldest === null ? 0 : await this.#secondsSince(oldest));
    });
  }

  async #unfinished(): Promise<Unfinished> {
    const [row] = await this.source.query<Unfinished[]>(
      `SELECT COUNT(*) AS days, DATE_FORMAT(MIN(day), '%Y-%m-%d') AS oldest FROM bill_day
       WHERE status IN ('WAITING', 'FETCHED', 'OPEN')`,
    );
    return row ?? { days: 0, oldest: null };
  }

  async #secondsSince(day: string): Promise<number> {
    const now = await this.businessTime.read(this.source.manager);
    return Math.max(0, (now.getTime() - spanOf(day).until.getTime()) / 1_000);
  }
}
