import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '#common';
import { InvariantReportsService } from './invariant-reports.service.js';

/** Whether everything holds, for whoever watches the shop from outside. */
@Injectable()
export class InvariantMetrics implements OnModuleInit {
  constructor(
    private readonly reports: InvariantReportsService,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const broken = new Gauge({
      name: 'haotuan_invariant_broken_rows',
      help: 'Rows that break an invariant, up to 100, as it was last judged; nothing is told of one that never was.',
      labelNames: ['invariant', 'name'] as const,
      registers,
    });
    const lastRun = new Gauge({
      name: 'haotuan_invariants_last_run_timestamp_seconds',
      help: 'When the last finished run of the invariants ended; 0 if none was.',
      registers,
    });
    const unfinished = new Gauge({
      name: 'haotuan_invariants_unfinished',
      help: 'Invariants that the last run could not judge, because they ran out of time or failed.',
      registers,
    });
    this.metrics.readAtScrape(async () => {
      const report = await this.reports.report();
      broken.reset();
      for (const { number, name, lastJudgedAt, incident } of report.invariants)
        if (lastJudgedAt) broken.set({ invariant: number, name }, incident?.brokenRows ?? 0);
      lastRun.set((report.lastRun?.finishedAt?.getTime() ?? 0) / 1_000);
      unfinished.set(report.lastRun?.unfinished ?? 0);
    });
  }
}
