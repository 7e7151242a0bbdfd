import type { DataSource } from 'typeorm';
import type { Invariant } from './invariant.js';
import { MONEY } from './money.js';
import { OFFERS } from './offers.js';
import { ORDER_OF_THINGS } from './order-of-things.js';
import { PEOPLE } from './people.js';
import { STOCK } from './stock.js';
import { TEAMS } from './teams.js';

export const INVARIANTS: readonly Invariant[] = [
  ...MONEY,
  ...STOCK,
  ...OFFERS,
  ...TEAMS,
  ...PEOPLE,
  ...ORDER_OF_THINGS,
];

const ROWS_SHOWN = 5;

/** A database, or one connection to it. */
type Queryable = Pick<DataSource, 'query'>;

export interface BrokenInvariant {
  readonly invariant: Invariant;
  /** The first few of the rows that should not be there. */
  readonly rows: readonly Record<string, unknown>[];
}

export interface Findings {
  readonly checked: number;
  /** Those that can only be judged while nothing is in flight. */
  readonly skipped: number;
  readonly broken: readonly BrokenInvariant[];
}

/** Checks everything that must hold, on the database alone. */
export async function checkInvariants(source: Queryable): Promise<Findings> {
  const quiet = await isQuiet(source);
  const due = INVARIANTS.filter(({ whenQuiet = false }) => quiet || !whenQuiet);
  const broken: BrokenInvariant[] = [];
  for (const invariant of due) {
    const rows = await source.query<Record<string, unknown>[]>(
      `SELECT * FROM (${invariant.sql}) AS rows_that_break LIMIT ${ROWS_SHOWN}`,
    );
    if (rows.length > 0) broken.push({ invariant, rows });
  }
  return { checked: due.length, skipped: INVARIANTS.length - due.length, broken };
}

/** Whether nothing is in flight: no work is due or being retried, no payment is open, no refund is on its way. */
export async function isQuiet(source: Queryable): Promise<boolean> {
  const rows = await source.query<unknown[]>(
    `SELECT 1 FROM job WHERE status = 'READY' AND repeat_seconds IS NULL AND (run_at <= NOW(3) OR reason IS NOT NULL)
     UNION ALL SELECT 1 FROM payment WHERE status IN ('INIT', 'PENDING')
     UNION ALL SELECT 1 FROM refund WHERE status IN ('CREATED', 'SUBMITTED') LIMIT 1`,
  );
  return rows.length === 0;
}

/** The line that other tools read, after what is broken. */
export function report({ checked, skipped, broken }: Findings): string {
  const details = broken.map(
    ({ invariant: { number, holds }, rows }) =>
      `${number} is broken: ${holds}\n${rows.map((row) => `    ${JSON.stringify(row)}`).join('\n')}`,
  );
  const left = skipped > 0 ? [`${skipped} were left out: they hold only while nothing is in flight`] : [];
  return [...details, ...left, `invariants: ${checked} checked, ${broken.length} broken`].join('\n');
}
