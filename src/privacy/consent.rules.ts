import type { ConsentPurpose } from '#common';
import type { Consent } from './consent.entity.js';

/** Whether somebody whose newest act this is agrees to the text of that version. An older text does not cover a newer one (PIPL 14). */
export function stands(newest: Pick<Consent, 'kind' | 'version'> | null, version: number): boolean {
  return newest?.kind === 'GIVEN' && newest.version === version;
}

/** The newest act of each purpose. The acts come in the order in which they happened. */
export function newestByPurpose<Act extends Pick<Consent, 'purpose'>>(
  acts: readonly Act[],
): ReadonlyMap<ConsentPurpose, Act> {
  return new Map(acts.map((act) => [act.purpose, act]));
}
