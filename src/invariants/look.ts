import type { DataSource } from 'typeorm';
import type { Invariant } from './invariant.js';

/** A database, or one connection to it. */
export type Queryable = Pick<DataSource, 'query'>;

/** What breaks an invariant: ids, amounts and words of ours. */
export type BrokenRow = Readonly<Record<string, string | number | null>>;

export interface Sight {
  /** How many rows break it, up to ROWS_COUNTED_MAX. */
  readonly count: number;
  /** The first few of them. */
  readonly rows: readonly BrokenRow[];
}

export interface LookOptions {
  /** Rows of it are what is in flight. */
  readonly inFlight: string;
  /** How the statement begins; what bounds its time says so here. */
  readonly select?: string;
}

/** What breaks worse than this is broken enough. */
export const ROWS_COUNTED_MAX = 100;
const ROWS_SHOWN = 5;
const CHARACTERS_MAX = 200;

type Found = Readonly<Record<string, unknown>> & { readonly breaks: unknown };

/**
 * What breaks an invariant; null if it holds only while nothing is in flight, and something is. Both are asked of one statement, which sees
 * one state of the database: what is quiet a moment before may be busy when the rows are read.
 */
export async function look(
  db: Queryable,
  { sql, whenQuiet = false }: Pick<Invariant, 'sql' | 'whenQuiet'>,
  { inFlight, select = 'SELECT' }: LookOptions,
): Promise<Sight | null> {
  const found = await db.query<Found[]>(
    `${select} found.* FROM (SELECT 1 AS one) AS one
     LEFT JOIN (SELECT TRUE AS breaks, rows_that_break.* FROM (${sql}) AS rows_that_break) AS found ON TRUE
     WHERE ${whenQuiet ? `NOT EXISTS (${inFlight})` : 'TRUE'} ORDER BY 2 LIMIT ${ROWS_COUNTED_MAX}`,
  );
  // While it can be judged there is always a row: an empty one if nothing breaks it.
  if (found.length === 0) return null;
  const rows = found.filter(({ breaks }) => breaks !== null).map(({ breaks: _, ...row }) => toShow(row));
  return { count: rows.length, rows: inOrder(rows).slice(0, ROWS_SHOWN) };
}

/** The same rows are told alike, in whichever order they were found. */
function inOrder(rows: readonly BrokenRow[]): BrokenRow[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function toShow(row: Readonly<Record<string, unknown>>): BrokenRow {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)]));
}

function plain(value: unknown): string | number | null {
  if (value === null || typeof value === 'number') return value;
  const text = value instanceof Date ? value.toISOString() : value;
  return (typeof text === 'string' ? text : JSON.stringify(text)).slice(0, CHARACTERS_MAX);
}
