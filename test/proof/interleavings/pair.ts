import type { Ground } from './ground.js';
import type { Work } from './interleaver.js';
import type { Goods, People } from './portrait.js';

/** Two who meet, with rows of their own. */
export interface Encounter {
  /** Everybody whose rows may change. */
  readonly people: People;
  /** The goods that it is about, if it is about any. */
  readonly goods: Goods | null;
  readonly works: readonly [Work, Work];
}

/** What two who meet may come to. */
export interface LegalEnd {
  /** The name of what each gets or is refused with, `nothing` if it gets nothing. */
  readonly answers: readonly [first: string, second: string];
  /** Facts that the portrait must show. */
  readonly rows: readonly string[];
}

/** Two transactions, or two pieces of work of several, that share a row. */
export interface Pair {
  readonly name: string;
  /** Makes fresh rows for one schedule. */
  prepare(ground: Ground): Promise<Encounter>;
  readonly ends: readonly LegalEnd[];
}
