import type { Texts } from '#common';

/** Something that must hold whatever happens: a query over the database alone that must return no rows. */
export interface Invariant {
  /** Its number in the list that comments and seeded bugs refer to. Several queries may share one. */
  readonly number: `INV-${number}`;
  /** Its own name, by which what was found of it is kept: never given to another. */
  readonly name: string;
  readonly holds: Texts;
  /** True if it holds only while nothing is in flight. */
  readonly whenQuiet?: boolean;
  /** Rows of it are what is broken: ids, amounts and words of ours, nothing that tells of a person. One statement sees one state of the database. */
  readonly sql: string;
}

/** Business time in SQL: a replay's clock where there is one. */
export const NOW = 'COALESCE((SELECT now_at FROM simulated_clock), NOW(3))';

/** How long what a moment ago was true may take to be worked off before it is called broken while a shop is busy, in machine time. */
export const PATIENCE_SECONDS = 900;

/** What a shop judges; tests give it others. */
export const TO_JUDGE = Symbol('the invariants to judge');
