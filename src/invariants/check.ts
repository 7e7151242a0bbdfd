import type { Invariant } from './invariant.js';
import { INVARIANTS } from './list.js';
import { type BrokenRow, look, type Queryable } from './look.js';
import { IN_FLIGHT } from './quiet.js';

export interface BrokenInvariant {
  readonly invariant: Invariant;
  /** The first few of the rows that should not be there. */
  readonly rows: readonly BrokenRow[];
}

export interface Findings {
  readonly checked: number;
  /** Those that can only be judged while nothing is in flight. */
  readonly skipped: number;
  readonly broken: readonly BrokenInvariant[];
}

/**
 * Checks everything that must hold, on the database alone, however long it takes.
 *
 * @param inFlight what counts as in flight; where workers may be at it, IN_FLIGHT_OR_HELD
 */
export async function checkInvariants(db: Queryable, inFlight = IN_FLIGHT): Promise<Findings> {
  const broken: BrokenInvariant[] = [];
  let skipped = 0;
  for (const invariant of INVARIANTS) {
    const sight = await look(db, invariant, { inFlight });
    if (!sight) skipped += 1;
    else if (sight.count > 0) broken.push({ invariant, rows: sight.rows });
  }
  return { checked: INVARIANTS.length - skipped, skipped, broken };
}

/** The line that other tools read, after what is broken. */
export function report({ checked, skipped, broken }: Findings): string {
  const details = broken.map(
    ({ invariant: { number, holds }, rows }) =>
      `${number} is broken: ${holds.en}\n${rows.map((row) => `    ${JSON.stringify(row)}`).join('\n')}`,
  );
  const left = skipped > 0 ? [`${skipped} were left out: they hold only while nothing is in flight`] : [];
  return [...details, ...left, `invariants: ${checked} checked, ${broken.length} broken`].join('\n');
}
