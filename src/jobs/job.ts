import type { EntityManager } from 'typeorm';

/** What a handler says of its job: finished, or look again at that time (a snooze is not an attempt). A thrown error is a failed attempt. */
export type Outcome = 'done' | { readonly snoozeUntil: Date } | { readonly giveUp: string };

export interface JobOptions {
  /** Failed attempts before the job is kept as dead, with its reason. */
  readonly attemptsMax?: number;
  /** How long to wait after the first, second, ... failed attempt; the last one repeats. Doubling from one second by default. */
  readonly retrySeconds?: readonly number[];
}

const ATTEMPTS_MAX = 20;
const RETRY_SECONDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600];

/** Something to be done once, by one handler. */
export interface JobDefinition<Args> {
  readonly kind: 'job';
  readonly name: string;
  readonly attemptsMax: number;
  readonly retrySeconds: readonly number[];
  /** Only carries the type. */
  readonly args?: Args;
}

/** Something that has happened: each consumer hears of it once, in no promised order. */
export interface FactDefinition<Args> {
  readonly kind: 'fact';
  readonly name: string;
  readonly attemptsMax: number;
  readonly retrySeconds: readonly number[];
  readonly args?: Args;
}

export type Definition<Args = unknown> = JobDefinition<Args> | FactDefinition<Args>;

/** What a handler of the definition is given. */
export type ArgsOf<D> = D extends { readonly args?: infer Args } ? NonNullable<Args> : never;

export function defineJob<Args extends object>(name: string, options: JobOptions = {}): JobDefinition<Args> {
  return { kind: 'job', name, attemptsMax: ATTEMPTS_MAX, retrySeconds: RETRY_SECONDS, ...options };
}

export function defineFact<Args extends object>(name: string, options: JobOptions = {}): FactDefinition<Args> {
  return { kind: 'fact', name, attemptsMax: ATTEMPTS_MAX, retrySeconds: RETRY_SECONDS, ...options };
}

/** How long a failed attempt waits, in seconds; up to a quarter more, so that what failed together does not come back together. */
export function retryAfterSeconds(
  { retrySeconds }: Pick<Definition, 'retrySeconds'>,
  attempt: number,
  random = Math.random(),
): number {
  const planned = retrySeconds[Math.min(attempt, retrySeconds.length) - 1] ?? 1;
  return planned * (1 + random / 4);
}

/** One lease on one job. Whoever holds it closes it in the transaction that does the work, or does nothing at all. */
export interface JobClaim {
  readonly jobId: number;
  readonly lease: number;
  /**
   * Marks the job done, as part of the transaction.
   *
   * @throws LeaseLost if another worker has taken the job over, so that the transaction rolls back
   */
  close(db: EntityManager): Promise<void>;
  /**
   * Makes the lease last as long as it does from its start, from now; the way of what takes longer than one lease, or comes back and must not be closed.
   *
   * @throws LeaseLost if another worker has taken the job over, so that the transaction rolls back
   */
  renew(db: EntityManager): Promise<void>;
}

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor({ jobId, lease }: Pick<JobClaim, 'jobId' | 'lease'>) {
    super(`job ${jobId}: lease ${lease} was lost`);
  }
}
