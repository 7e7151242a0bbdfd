import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolConnection } from 'mysql2';
import type { BeforeQueryEvent, DataSource, EntitySubscriberInterface } from 'typeorm';
import type { LockWaits } from './lock-waits.js';
import { type Answer, Party, type Standing } from './party.js';
import type { Schedule, Turn } from './schedule.js';

export type Work = () => Promise<unknown>;

export interface Step {
  readonly turn: Turn;
  readonly statement: string;
  /** Whether the other could have moved instead. */
  readonly isChoice: boolean;
}

export interface Run {
  readonly steps: readonly Step[];
  readonly answers: readonly [Answer, Answer];
  /** How many times a statement was seen to wait for a lock of the other. */
  readonly lockWaits: number;
}

/** Whoever has no answer within this time is looked for among those who wait for a lock; it decides nothing else. */
const LOOK_MILLISECONDS = 2;

/** At READ COMMITTED it takes nothing and sees nothing, so it is no matter when it is sent. */
const UNGATED = 'START TRANSACTION';

/**
 * Lets two pieces of work act on one database, one statement at a time, in the order that a schedule says. Who must wait for a lock is seen,
 * not timed: the other goes on meanwhile. So a schedule has the same course each time, however fast the machine is.
 */
export class Interleaver implements EntitySubscriberInterface {
  readonly #acting = new AsyncLocalStorage<Party>();

  constructor(
    source: DataSource,
    private readonly lockWaits: LockWaits,
  ) {
    source.subscribers.push(this);
  }

  async beforeQuery({ query, queryRunner }: BeforeQueryEvent): Promise<void> {
    const party = this.#acting.getStore();
    if (!party || query === UNGATED) return;
    const { threadId } = (await queryRunner.connect()) as PoolConnection;
    await party.arrive(query, threadId);
  }

  /** Lets both act until both have ended. */
  async run(works: readonly [Work, Work], schedule: Schedule): Promise<Run> {
    const parties = [this.#begin(works[0]), this.#begin(works[1])] as const;
    const steps: Step[] = [];
    let lockWaits = 0;
    for (;;) {
      for (const party of waitingLast(parties)) lockWaits += await this.#settle(party);
      const ready = ([0, 1] as const).filter((turn) => parties[turn].standing === 'AT_THE_GATE');
      if (parties.every(({ standing }) => standing === 'DONE')) break;
      if (ready.length === 0) continue; // Both wait for a moment, until the server has seen the circle and ends it.
      const turn = schedule.next(ready, steps);
      const party = parties[turn];
      steps.push({ turn, statement: party.statement, isChoice: ready.length === 2 });
      party.letThrough();
    }
    return { steps, answers: [parties[0].answer, parties[1].answer], lockWaits };
  }

  #begin(work: Work): Party {
    const party = new Party();
    this.#acting.run(party, () => void party.act(work));
    return party;
  }

  /** Waits until a party can be let through, has ended, or is seen to wait; gives 1 if it has begun to wait. */
  async #settle(party: Party): Promise<0 | 1> {
    const waitedBefore = stands(party, 'WAITING');
    if (waitedBefore) {
      if (await this.#isKeptWaiting(party)) return 0;
      party.goesOn();
    }
    while (stands(party, 'RUNNING')) {
      await party.untilItMoves(LOOK_MILLISECONDS);
      if (stands(party, 'RUNNING') && (await this.#isKeptWaiting(party))) {
        party.waits();
        return waitedBefore ? 0 : 1;
      }
    }
    return 0;
  }

  /** If it has moved while the server was asked, what the server said is old. */
  async #isKeptWaiting(party: Party): Promise<boolean> {
    const isWaiting = await this.lockWaits.has(party.threadId);
    return isWaiting && (stands(party, 'RUNNING') || stands(party, 'WAITING'));
  }
}

/** Whether somebody still has to wait is known only when the other's statement has been answered, which may be its COMMIT. */
function waitingLast(parties: readonly Party[]): Party[] {
  return parties.toSorted((a, b) => Number(stands(a, 'WAITING')) - Number(stands(b, 'WAITING')));
}

function stands(party: Party, where: Standing): boolean {
  return party.standing === where;
}
