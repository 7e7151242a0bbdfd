import type { Queryable } from './look.js';

/** Rows of it are what is in flight: work that is due or being retried, open payments, refunds on their way. */
export const IN_FLIGHT = `
  SELECT 1 FROM job WHERE status = 'READY' AND repeat_seconds IS NULL AND (run_at <= NOW(3) OR reason IS NOT NULL)
  UNION ALL SELECT 1 FROM payment WHERE status IN ('INIT', 'PENDING')
  UNION ALL SELECT 1 FROM refund WHERE status IN ('CREATED', 'SUBMITTED')`;

/**
 * As IN_FLIGHT, where workers are at it: besides, what one of them may hold at this moment. A lease looks like work that is put off, but
 * for its attempt. What failed once and is put off now counts as held, so this is quiet less often than it could be.
 */
export const IN_FLIGHT_OR_HELD = `${IN_FLIGHT}
  UNION ALL SELECT 1 FROM job WHERE status = 'READY' AND repeat_seconds IS NULL AND attempt > 0`;

/** Whether nothing is in flight, as long as no worker holds anything. */
export async function isQuiet(db: Queryable): Promise<boolean> {
  const rows = await db.query<unknown[]>(`SELECT 1 FROM (${IN_FLIGHT}) AS in_flight LIMIT 1`);
  return rows.length === 0;
}
