import { isDeepStrictEqual } from 'node:util';
import type { InvariantIncident } from './invariant-incident.entity.js';
import type { Judgement, Outcome } from './judgement.js';

/** What a judgement means for the incident of its invariant: SEEN is the same as before, of which nobody needs to hear again. */
export type Turn = 'OPENED' | 'CHANGED' | 'SEEN' | 'CLOSED' | 'NONE';

type Open = Pick<InvariantIncident, 'brokenRows' | 'samples'>;

/** Only a judgement opens or closes an incident: what was skipped or not finished says nothing. */
export function turnOf(open: Open | undefined, { outcome, count, rows }: Omit<Judgement, 'invariant'>): Turn {
  if (outcome === 'HOLDS') return open ? 'CLOSED' : 'NONE';
  if (outcome !== 'BROKEN') return 'NONE';
  if (!open) return 'OPENED';
  return open.brokenRows === count && isDeepStrictEqual(open.samples, rows) ? 'SEEN' : 'CHANGED';
}

export type InvariantStatus = Outcome | 'NEVER_JUDGED';

interface LastSeen {
  readonly outcome: Outcome;
  readonly judgedAt: Date | null;
}

/** What is broken stays broken until it is seen to hold, and what was only ever skipped was never judged. */
export function statusOf(last: LastSeen | undefined, isOpen: boolean): InvariantStatus {
  if (isOpen) return 'BROKEN';
  if (!last || (last.outcome === 'SKIPPED' && last.judgedAt === null)) return 'NEVER_JUDGED';
  return last.outcome;
}
