import { type BillDay, billDayOf, dayNameOf } from './bill.days.js';
import type { BillEntries, BillEntry } from './bill.entries.js';
import type { Books } from './books.js';
import { DAY_MS } from './clock.js';
import type { Withdrawals } from './withdrawals.js';

export type FlowType = '交易' | '扣除交易手续费' | '退款' | '提现';

/** Money that came into the merchant's account, or left it. */
export interface Flow {
  readonly atMs: number;
  readonly type: FlowType;
  /** The number of the trade, refund or withdrawal. */
  readonly reference: string;
  /** Negative if it left. */
  readonly amountMinor: number;
  readonly note: string;
}

/** What moved on each day, and what was left. */
export class BillFlows {
  /** The balance at the end of days that are over, by their names. */
  readonly #balances = new Map<string, number>();

  constructor(
    private readonly entries: BillEntries,
    private readonly books: Books,
    private readonly withdrawals: Withdrawals,
  ) {}

  of(day: BillDay): Flow[] {
    const withdrawn = this.withdrawals.all
      .filter(({ atMs }) => dayNameOf(atMs) === day.name)
      .map(({ id, atMs, amountMinor }): Flow => {
        return { atMs, type: '提现', reference: id, amountMinor: -amountMinor, note: '提现到银行账户' };
      });
    const flows = [...this.entries.of(day).flatMap(flowsOf), ...this.#comeBack(day), ...withdrawn];
    return flows.sort((a, b) => a.atMs - b.atMs);
  }

  /** What the account held as the day began. */
  openingOf(day: BillDay): number {
    const first = Math.min(...[firstOf(this.books.captures.values()), this.withdrawals.all[0]?.atMs ?? Infinity]);
    if (first >= day.startMs) return 0;
    const before = billDayOf(dayNameOf(day.startMs - DAY_MS));
    const known = this.#balances.get(before.name);
    if (known !== undefined) return known;
    const balance = this.of(before).reduce((sum, { amountMinor }) => sum + amountMinor, this.openingOf(before));
    this.#balances.set(before.name, balance);
    return balance;
  }

  /** Refunds that were closed on this day: what was set aside for them is free again. */
  #comeBack({ name }: BillDay): Flow[] {
    return Array.from(this.books.refunds.values()).flatMap(({ closedAtMs, refundId, amountMinor }): Flow[] => {
      if (closedAtMs === undefined || dayNameOf(closedAtMs) !== name) return [];
      return [{ atMs: closedAtMs, type: '退款', reference: refundId, amountMinor, note: '退款关闭退回' }];
    });
  }
}

function firstOf(captures: Iterable<{ readonly successAtMs: number }>): number {
  let first = Infinity;
  for (const { successAtMs } of captures) first = Math.min(first, successAtMs);
  return first;
}

function flowsOf({ atMs, capture, feeMinor, refund }: BillEntry): Flow[] {
  const reference = refund?.row.refundId ?? capture.transactionId;
  const main: Flow = refund
    ? { atMs, type: '退款', reference, amountMinor: -refund.row.amountMinor, note: '' }
    : { atMs, type: '交易', reference, amountMinor: capture.amountMinor, note: '' };
  if (feeMinor === 0) return [main];
  return [main, { atMs, type: '扣除交易手续费', reference, amountMinor: -feeMinor, note: '结算手续费' }];
}
