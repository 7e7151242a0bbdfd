import type { DataSource } from 'typeorm';
import { secondsAfter } from '#common';
import { type Drain, settleAll, UNTIL_PAID } from './draining.js';

const DAY_SECONDS = 86_400;

/** What the channel's bills said of all days of a replay. */
export interface Reconciled {
  readonly bills: number;
  readonly closed: number;
  readonly rows: number;
  readonly feesMinor: number;
  /** Differences that went by themselves: what the shop heard of only after the bill was made. */
  readonly dissolved: number;
  readonly open: number;
  /** What the channel says is left in the account, and what the ledger says. */
  readonly leftMinor: number;
  readonly bookedMinor: number;
}

const UNTIL_RECONCILED: Readonly<Record<string, string>> = {
  ...UNTIL_PAID,
  'days without bills': `SELECT COALESCE(DATEDIFF(DATE(now_at - INTERVAL 1 DAY - INTERVAL 2 HOUR), MAX(day)), 1)
    FROM simulated_clock, bill_day`,
  'bills that are not closed': "SELECT COUNT(*) FROM bill_day WHERE status <> 'CLOSED'",
};

/**
 * Lets two more nights pass, so that every day has its bills, and waits until all of them are closed.
 *
 * @throws Error that tells what is in flight if that has not changed for two minutes: such as a bill with an open finding
 */
export async function reconcileAll({
  from,
  ...rest
}: Pick<Drain, 'office' | 'wechat' | 'from' | 'onProgress'>): Promise<void> {
  await rest.office.setClock(secondsAfter(from, 2 * DAY_SECONDS), rest.wechat);
  await settleAll(rest, UNTIL_RECONCILED);
}

export async function readReconciled(source: DataSource): Promise<Reconciled> {
  const [row] = await source.query<Record<keyof Reconciled, string | number>[]>(
    `SELECT COUNT(*) AS bills, COALESCE(SUM(status = 'CLOSED'), 0) AS closed, COALESCE(SUM(lines_total), 0) AS \`rows\`,
       COALESCE(SUM(fee_minor), 0) AS feesMinor,
       (SELECT COUNT(*) FROM finding WHERE status = 'DISSOLVED') AS dissolved,
       (SELECT COUNT(*) FROM finding WHERE status <> 'DISSOLVED') AS open,
       COALESCE((SELECT closing_minor FROM bill_day WHERE closing_minor IS NOT NULL ORDER BY day DESC LIMIT 1), 0) AS leftMinor,
       (SELECT COALESCE(SUM(IF(debit = 'channel:wechat', amount_minor, -amount_minor)), 0) FROM transfer
        WHERE 'channel:wechat' IN (debit, credit)) AS bookedMinor
     FROM bill_day`,
  );
  if (!row) throw new Error('sums always have a row');
  return {
    bills: Number(row.bills),
    closed: Number(row.closed),
    rows: Number(row.rows),
    feesMinor: Number(row.feesMinor),
    dissolved: Number(row.dissolved),
    open: Number(row.open),
    leftMinor: Number(row.leftMinor),
    bookedMinor: Number(row.bookedMinor),
  };
}

/** Whether every bill is closed without a finding, and both sides say the same of what is left. */
export function isReconciled({ bills, closed, open, leftMinor, bookedMinor }: Reconciled): boolean {
  return bills > 0 && closed === bills && open === 0 && leftMinor === bookedMinor;
}
