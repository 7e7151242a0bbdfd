import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config, refuse, Transactor } from '#common';
import { TooManyAttempts } from '#identity';
import { type JobClaim, JobQueue } from '#jobs';
import { type Invariant, TO_JUDGE } from './invariant.js';
import { runInvariants } from './invariant.jobs.js';
import type { Judgement } from './judgement.js';
import { judge, selectWithin, serverVersionOf } from './judge.js';
import { begin, finish, type News } from './records.js';

const SECONDS_BETWEEN_ASKED = 60;

/** Looks whether everything holds that must, while the shop is busy, and tells when it does not. */
@Injectable()
export class InvariantsService {
  readonly #logger = new Logger(InvariantsService.name);

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly queue: JobQueue,
    private readonly config: Config,
    @Inject(TO_JUDGE) private readonly invariants: readonly Invariant[],
  ) {}

  /**
   * Looks at everything once, a statement for each, outside of any transaction. What is found is written down as a whole at the end.
   *
   * @throws LeaseLost if another worker has taken over; then nothing is written down
   */
  async run(claim: JobClaim): Promise<void> {
    const id = await this.transactor.run(async (db) => {
      await claim.renew(db);
      return begin(db);
    });
    const judgements = await this.#judgeAll(claim);
    const news = await this.transactor.run(async (db) => {
      await claim.renew(db);
      return finish(db, id, judgements);
    });
    for (const each of news) this.#tell(each);
  }

  /**
   * Lets a worker look at everything as soon as one is free. While one is at it, that is what was asked for.
   *
   * @throws Refused with TooManyAttempts within a minute of the last run
   */
  async ask(): Promise<void> {
    await this.transactor.run(async (db) => {
      const [last] = await db.query<{ age: number | string; finished_at: Date | null }[]>(
        'SELECT TIMESTAMPDIFF(SECOND, started_at, NOW(3)) AS age, finished_at FROM invariant_run ORDER BY id DESC LIMIT 1',
      );
      const waitSeconds = last?.finished_at ? SECONDS_BETWEEN_ASKED - Number(last.age) : 0;
      if (waitSeconds > 0) refuse(new TooManyAttempts(waitSeconds));
      const { INVARIANTS_EVERY_SECONDS: everySeconds } = this.config;
      await this.queue.hasten(db, { name: runInvariants.name, everySeconds });
    });
  }

  async #judgeAll(claim: JobClaim): Promise<Judgement[]> {
    const db = this.source.manager;
    const select = selectWithin(this.#secondsMax, await serverVersionOf(db));
    const judgements: Judgement[] = [];
    for (const invariant of this.invariants) {
      await claim.renew(db);
      judgements.push(await judge(db, invariant, select));
    }
    return judgements;
  }

  /** No statement outlasts the lease that was renewed before it. */
  get #secondsMax(): number {
    return Math.min(this.config.INVARIANT_SECONDS_MAX, this.config.JOB_LEASE_SECONDS / 2);
  }

  /** One line for each thing that has changed; what is as bad as before was told already. */
  #tell({ turn, judgement }: News): void {
    const { invariant, outcome, count, rows, problem } = judgement;
    const which = `${invariant.number} ${invariant.name}`;
    if (outcome === 'UNFINISHED') this.#logger.warn(`${which} could not be judged: ${problem ?? ''}`);
    if (turn === 'OPENED' || turn === 'CHANGED')
      this.#logger.error(`${which} is broken: ${invariant.holds.en} Rows: ${count}, first ${JSON.stringify(rows)}`);
    if (turn === 'CLOSED') this.#logger.warn(`${which} holds again: ${invariant.holds.en}`);
  }
}
