import { secondsAfter } from '#common';
import { type Drain, settleAll, UNTIL_PAID } from './draining.js';

const DAY_SECONDS = 86_400;
/** Longer than a buyer may take to receive; longer than the goods may be returned. */
const RECEIVED_DAYS = 11;
const COMPLETED_DAYS = 9;

const UNTIL_RECEIVED = {
  ...UNTIL_PAID,
  'orders SHIPPED': "SELECT COUNT(*) FROM orders WHERE status = 'SHIPPED'",
};
const UNTIL_COMPLETED = {
  ...UNTIL_RECEIVED,
  'orders RECEIVED': "SELECT COUNT(*) FROM orders WHERE status = 'RECEIVED'",
  // All of their orders are over by then, and a worker may hold the job that closes them.
  'teams FORMED': "SELECT COUNT(*) FROM team WHERE status = 'FORMED'",
};

/**
 * Lets time pass until all that was shipped is received, and then completed.
 *
 * @returns where the clock stands then
 */
export async function completeAll({
  from,
  ...rest
}: Pick<Drain, 'office' | 'wechat' | 'from' | 'onProgress'>): Promise<Date> {
  const received = secondsAfter(from, RECEIVED_DAYS * DAY_SECONDS);
  await rest.office.setClock(received, rest.wechat);
  await settleAll(rest, UNTIL_RECEIVED);
  const completed = secondsAfter(received, COMPLETED_DAYS * DAY_SECONDS);
  await rest.office.setClock(completed, rest.wechat);
  await settleAll(rest, UNTIL_COMPLETED);
  return completed;
}
