import type { Invariant } from './invariant.js';
import type { Judgement } from './judgement.js';
import { look, type Queryable } from './look.js';
import { IN_FLIGHT_OR_HELD } from './quiet.js';

/** ER_STATEMENT_TIMEOUT of MariaDB, ER_QUERY_TIMEOUT of MySQL. */
const OUT_OF_TIME = [1969, 3024];

/** The beginning of a statement that the server itself ends after so long. The two servers say it in different words. */
export function selectWithin(seconds: number, serverVersion: string): string {
  return serverVersion.includes('MariaDB')
    ? `SET STATEMENT max_statement_time = ${seconds} FOR SELECT`
    : `SELECT /*+ MAX_EXECUTION_TIME(${Math.ceil(seconds * 1_000)}) */`;
}

export async function serverVersionOf(db: Queryable): Promise<string> {
  const [{ version }] = await db.query<[{ version: string }]>('SELECT VERSION() AS version');
  return version;
}

/** Judges one invariant while a shop is busy. What cannot be judged is no exception but a finding: it must not keep the others from being looked at. */
export async function judge(db: Queryable, invariant: Invariant, select: string): Promise<Judgement> {
  const nothing = { invariant, count: 0, rows: [], problem: null };
  try {
    const sight = await look(db, invariant, { inFlight: IN_FLIGHT_OR_HELD, select });
    if (!sight) return { ...nothing, outcome: 'SKIPPED' };
    return { ...nothing, ...sight, outcome: sight.count > 0 ? 'BROKEN' : 'HOLDS' };
  } catch (error) {
    return { ...nothing, outcome: 'UNFINISHED', problem: problemOf(error) };
  }
}

/** The server's name for it. Its message may quote what stands in a row. */
function problemOf(error: unknown): string {
  const { errno, code } = error as { errno?: number; code?: string };
  if (errno !== undefined && OUT_OF_TIME.includes(errno)) return 'it ran out of time';
  return `it failed: ${code ?? 'unknown error'}${errno === undefined ? '' : ` (${errno})`}`;
}
