import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Config, isConnectionLost, MachineClock, OutcomeUnknown, secondsAfter } from '#common';
import { Handlers } from './handlers.js';
import { LeaseLost, retryAfterSeconds } from './job.js';
import { JobQueue, type LeasedJob } from './job.queue.js';

const CLAIM_AT_ONCE = 20;
const DATABASE_GONE_MILLISECONDS = 1_000;
const UNKNOWN_JOB_SECONDS = 60;

/** Works jobs off, several at a time, until it is told to stop. One job's failure never stops another. */
@Injectable()
export class JobRunner {
  readonly #logger = new Logger(JobRunner.name);
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #loop: Promise<void> | null = null;

  constructor(
    private readonly queue: JobQueue,
    private readonly handlers: Handlers,
    private readonly config: Config,
    private readonly machine: MachineClock,
  ) {}

  start(): void {
    this.#loop ??= this.#work();
  }

  /** Claims nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all(this.#running);
  }

  /** Runs what is due now, and what that causes, until nothing is due. For tests and commands that want to see the end. */
  async drain(atOnce = CLAIM_AT_ONCE): Promise<void> {
    for (;;) {
      const jobs = await this.queue.claim(atOnce);
      if (jobs.length === 0) return;
      await Promise.all(jobs.map((job) => this.#run(job)));
    }
  }

  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const free = this.config.JOB_CONCURRENCY - this.#running.size;
      const jobs = free > 0 ? await this.#claim(Math.min(free, CLAIM_AT_ONCE)) : [];
      for (const job of jobs) {
        const run = this.#run(job).finally(() => this.#running.delete(run));
        this.#running.add(run);
      }
      if (this.#running.size >= this.config.JOB_CONCURRENCY) await Promise.race(this.#running);
      else if (jobs.length === 0) await this.#pause(this.config.JOB_POLL_MILLISECONDS);
    }
  }

  async #claim(limit: number): Promise<LeasedJob[]> {
    try {
      return await this.queue.claim(limit);
    } catch (error) {
      this.#logger.error(`no jobs can be claimed: ${String(error)}`);
      await this.#pause(DATABASE_GONE_MILLISECONDS);
      return [];
    }
  }

  async #run(job: LeasedJob): Promise<void> {
    try {
      await this.#handle(job);
    } catch (error) {
      // The lease ends by itself, and whoever takes the job over finds out what was done.
      if (error instanceof LeaseLost || error instanceof OutcomeUnknown || isConnectionLost(error)) {
        this.#logger.warn(`${job.name} ${job.claim.jobId} is left to its lease: ${String(error)}`);
      } else {
        await this.#fail(job, error);
      }
    }
  }

  async #handle(job: LeasedJob): Promise<void> {
    const handler = this.handlers.of(job.name);
    if (!handler) {
      // During a release an old worker meets what the new version publishes; it must not bury it.
      this.#logger.error(`nobody here handles ${job.name}; it waits for a worker that does`);
      return this.queue.snooze(job, secondsAfter(this.machine.now(), UNKNOWN_JOB_SECONDS));
    }
    // Attempts whose worker died never reached their end, so the last one may lie behind.
    const isSpent = job.repeatSeconds === null && job.attempt > handler.definition.attemptsMax;
    if (isSpent) return this.queue.bury(job, 'no worker that took it up came back');
    const outcome = await handler.handle(job.args, job.claim);
    if (outcome === 'done') await this.queue.finish(job);
    else if ('snoozeUntil' in outcome) await this.queue.snooze(job, outcome.snoozeUntil);
    else await this.queue.bury(job, outcome.giveUp);
  }

  async #fail(job: LeasedJob, error: unknown): Promise<void> {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const definition = this.handlers.of(job.name)?.definition;
    const isSpent = definition && job.repeatSeconds === null && job.attempt >= definition.attemptsMax;
    try {
      if (isSpent) {
        this.#logger.error(`${job.name} ${job.claim.jobId} is dead after ${job.attempt} attempts: ${reason}`);
        await this.queue.bury(job, reason);
      } else {
        this.#logger.warn(`${job.name} ${job.claim.jobId}, attempt ${job.attempt}, failed: ${reason}`);
        const plan = job.repeatSeconds === null ? definition : undefined;
        await this.queue.retry(job, plan ? retryAfterSeconds(plan, job.attempt) : (job.repeatSeconds ?? 1), reason);
      }
    } catch (lost) {
      this.#logger.warn(`${job.name} ${job.claim.jobId} is left to its lease: ${String(lost)}`);
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    // Being told to stop ends the pause.
    await sleep(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
