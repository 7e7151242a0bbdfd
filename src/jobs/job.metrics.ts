import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Metrics } from '#common';

interface Depth {
  readonly due: string | number;
  readonly dead: string | number;
  readonly age: string | number | null;
}

/** How much work waits, and for how long. */
@Injectable()
export class JobMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const gauge = (name: string, help: string): Gauge =>
      new Gauge({ name: `haotuan_jobs_${name}`, help, registers: [this.metrics.registry] });
    const due = gauge('due', 'Jobs that are due and that no worker has taken up.');
    const dead = gauge('dead', 'Jobs that were given up and wait for somebody to look at them.');
    const age = gauge('oldest_due_age_seconds', 'How long the oldest due job has been due; 0 if none is.');
    this.metrics.readAtScrape(async () => {
      const depth = await this.#read();
      due.set(Number(depth.due));
      dead.set(Number(depth.dead));
      age.set(Number(depth.age ?? 0));
    });
  }

  /** One statement, of two indexes. */
  async #read(): Promise<Depth> {
    const [depth] = await this.source.query<[Depth]>(
      `SELECT COUNT(*) AS due, TIMESTAMPDIFF(MICROSECOND, MIN(run_at), NOW(3)) / 1000000 AS age,
         (SELECT COUNT(*) FROM job WHERE status = 'DEAD') AS dead
       FROM job WHERE run_at <= NOW(3)`,
    );
    return depth;
  }
}
