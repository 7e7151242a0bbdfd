import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The time of this machine: leases, backoff, tokens, signatures, rate limits. Never simulated. */
@Injectable()
export class MachineClock {
  now(): Date {
    return new Date();
  }
}

/**
 * The time that decides expiry, pay windows and cut-off: the database's, so that all processes agree.
 * Read it after the lock is held and in a statement of its own, because NOW() is the statement's start, which may lie before a long lock wait.
 */
export abstract class BusinessTime {
  abstract read(db: EntityManager): Promise<Date>;
}

@Injectable()
export class ServerBusinessTime extends BusinessTime {
  override async read(db: EntityManager): Promise<Date> {
    return onlyInstant(await db.query<InstantRow[]>('SELECT NOW(3) AS now_at'));
  }
}

/** Business time as a replay sets it, so that a year of orders passes in minutes. */
@Injectable()
export class SimulatedBusinessTime extends BusinessTime {
  override async read(db: EntityManager): Promise<Date> {
    return onlyInstant(await db.query<InstantRow[]>('SELECT now_at FROM simulated_clock WHERE id = 1'));
  }

  /** Moves the clock for every process on this database. */
  async set(db: EntityManager, now: Date): Promise<void> {
    await db.query(
      'INSERT INTO simulated_clock (id, now_at) VALUES (1, ?) ON DUPLICATE KEY UPDATE now_at = VALUES(now_at)',
      [now],
    );
  }
}

/** The business time that the configuration names. */
export function businessTimeBy(clock: 'real' | 'simulated'): new () => BusinessTime {
  return clock === 'simulated' ? SimulatedBusinessTime : ServerBusinessTime;
}

interface InstantRow {
  readonly now_at: Date;
}

function onlyInstant([row]: readonly InstantRow[]): Date {
  if (!row) throw new Error('BUSINESS_CLOCK is simulated, but nobody has set the simulated clock');
  return row.now_at;
}

export function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1_000);
}
