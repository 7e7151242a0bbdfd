import type { Invariant } from './invariant.js';
import type { BrokenRow } from './look.js';

/** How an invariant stood when a run looked at it. Only the first two are judgements. */
export const Outcome = { HOLDS: 'HOLDS', BROKEN: 'BROKEN', UNFINISHED: 'UNFINISHED', SKIPPED: 'SKIPPED' } as const;
export type Outcome = keyof typeof Outcome;

export interface Judgement {
  readonly invariant: Invariant;
  readonly outcome: Outcome;
  /** How many rows break it. */
  readonly count: number;
  /** The first few of them. */
  readonly rows: readonly BrokenRow[];
  /** Why it could not be judged, if it could not. */
  readonly problem: string | null;
}

export function isJudged({ outcome }: Pick<Judgement, 'outcome'>): boolean {
  return outcome === 'HOLDS' || outcome === 'BROKEN';
}

/** What a run has found, in figures. What ran out of time or failed is not among what was checked. */
export function tally(judgements: readonly Pick<Judgement, 'outcome'>[]) {
  const count = (...outcomes: Outcome[]): number =>
    judgements.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    checked: count('HOLDS', 'BROKEN'),
    skipped: count('SKIPPED'),
    unfinished: count('UNFINISHED'),
    broken: count('BROKEN'),
  };
}
