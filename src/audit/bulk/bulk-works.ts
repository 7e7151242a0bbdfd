import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Currency, Id } from '#common';
import type { BulkAct } from './bulk-act.entity.js';

/** What whoever approves is shown. */
export interface BulkSize {
  readonly itemsTotal: number;
  readonly amountMinor: number;
  readonly currency: Currency;
}

export interface BulkProblem {
  readonly subject: Id;
  readonly problem: string;
}

/** Something that can be done to many things at once; a later module registers its own. */
export interface BulkWork<Input extends object = object> {
  /** The module and what is done: `orders.refund`. */
  readonly kind: string;
  /** How much it is about, as things stand. What is to be done may be written down then, as part of the proposal's transaction. */
  describe(db: EntityManager, input: Input, act: Pick<BulkAct, 'id' | 'reason'>): Promise<BulkSize>;
  /**
   * Does up to `count` items from the one with this number on, and says which could not be done. Doing an item again must change nothing,
   * because a worker may die between the work and the note that it is done.
   */
  chunk(act: BulkAct, input: Input, from: number, count: number): Promise<readonly BulkProblem[]>;
}

/** The kinds of bulk acts that this version knows. */
@Injectable()
export class BulkWorks {
  readonly #works = new Map<string, BulkWork>();

  register(work: BulkWork): void {
    assert(!this.#works.has(work.kind), `two kinds of bulk acts are called ${work.kind}`);
    this.#works.set(work.kind, work);
  }

  of(kind: string): BulkWork {
    const work = this.#works.get(kind);
    assert(work, `nobody here can do ${kind}`);
    return work;
  }
}
