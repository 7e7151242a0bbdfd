import { expect } from '@jest/globals';
import { Transactor } from '#common';
import { checkInvariants, isQuiet } from '#invariants';
import type { Shop } from './shop.js';

/** How long anything is waited for: much longer than it takes on a machine that has something else to do. */
const PATIENCE_MILLISECONDS = 45_000;

/** Waits until a condition holds. */
export async function until(
  isTrue: () => Promise<boolean>,
  what: string,
  detail: () => Promise<string> = () => Promise.resolve(''),
): Promise<void> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}${await detail()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Works everything off until no work is due and no refund is on its way; payments may still be open. */
export async function settle(shop: Shop): Promise<void> {
  const left = (): Promise<unknown[]> =>
    shop.rows(`SELECT name AS what, reason FROM job WHERE status = 'READY' AND (run_at <= NOW(3) OR reason IS NOT NULL)
               UNION ALL SELECT 'refund', problem FROM refund WHERE status IN ('CREATED', 'SUBMITTED')`);
  await until(
    async () => {
      await shop.drain();
      return (await left()).length === 0;
    },
    'no work is left',
    async () => `: ${JSON.stringify(await left())}`,
  );
}

/**
 * Works everything off as if the waiting were over: retries fall due at once, a payment's next refund waits for no minute,
 * and every notification is told again until it is heard.
 */
export async function deliver(shop: Shop): Promise<void> {
  const left = (): Promise<unknown[]> =>
    shop.rows(`SELECT name AS what, reason FROM job WHERE status = 'READY' AND repeat_seconds IS NULL
               UNION ALL SELECT 'refund', problem FROM refund WHERE status IN ('CREATED', 'SUBMITTED')`);
  await until(
    async () => {
      await hurry(shop);
      await shop.drain();
      return (await shop.books()).undelivered_notifications === 0 && (await left()).length === 0;
    },
    'every notification is heard, and no refund is on its way',
    async () => `: ${JSON.stringify(await left())}`,
  );
}

/** Ends all waiting. It writes rows that workers hold at the same time, so it tries again as they do when locks meet crosswise. */
async function hurry(shop: Shop): Promise<void> {
  await shop.get(Transactor).run(async (db) => {
    await db.query("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NULL");
  });
  await shop.get(Transactor).run(async (db) => {
    await db.query('UPDATE capture SET refund_submitted_at = NULL');
  });
}

/** Nothing that must hold is broken; while work is in flight, only what holds always is judged. */
export async function expectSound(shop: Shop): Promise<void> {
  const { broken } = await checkInvariants(shop.source);
  expect(broken).toEqual([]);
}

/** Ends what is in flight, then judges everything. */
export async function expectSettled(shop: Shop): Promise<void> {
  await settle(shop);
  expect(await isQuiet(shop.source)).toBe(true);
  const { broken, skipped } = await checkInvariants(shop.source);
  expect({ broken, skipped }).toEqual({ broken: [], skipped: 0 });
}

/** What we booked as taken and given back is what WeChat's own books say (INV-14). */
export async function expectEqualBooks(shop: Shop): Promise<void> {
  const [ours] = await shop.rows<{ captured: string; refunded: string }>(
    'SELECT COALESCE(SUM(amount_minor), 0) AS captured, COALESCE(SUM(refunded_minor), 0) AS refunded FROM capture',
  );
  const { captured_minor: captured, refunded_minor: refunded } = await shop.books();
  expect({ captured: Number(ours?.captured), refunded: Number(ours?.refunded) }).toEqual({ captured, refunded });
}
