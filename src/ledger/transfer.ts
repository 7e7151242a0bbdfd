import assert from 'node:assert/strict';
import type { Currency, Id } from '#common';

/**
 * Where money is, as a path: the channel or bank that holds it, the order or capture that it belongs to, what it was spent on.
 * Balances are credits minus debits; so what we owe is positive, and the channel, which holds it for us, is negative by the same sum.
 */
export type Account =
  | 'channel:wechat'
  | 'bank:payouts'
  | 'platform:revenue'
  | 'platform:fees'
  | `order:${Id<'order'>}`
  | `capture:${Id<'capture'>}`
  | `supplier:${Id<'supplier'>}:${'payable' | 'paying'}`;

/** Why money moved. */
export const TransferCode = {
  CAPTURE: 'CAPTURE',
  REFUND: 'REFUND',
  SETTLEMENT: 'SETTLEMENT',
  COMMISSION: 'COMMISSION',
  SHARE: 'SHARE',
  SETTLEMENT_RETURN: 'SETTLEMENT_RETURN',
  COMMISSION_RETURN: 'COMMISSION_RETURN',
  SHARE_RETURN: 'SHARE_RETURN',
  PAYOUT: 'PAYOUT',
  PAYOUT_DONE: 'PAYOUT_DONE',
  PAYOUT_CANCELLED: 'PAYOUT_CANCELLED',
  FEE: 'FEE',
  WITHDRAWAL: 'WITHDRAWAL',
} as const;
export type TransferCode = keyof typeof TransferCode;

/** Money leaves one account and enters another, so the books cannot be out of balance. Never edited, never deleted. */
export interface Transfer {
  readonly debit: Account;
  readonly credit: Account;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly code: TransferCode;
  readonly source: TransferSource;
}

/** The business event behind a transfer; each is posted once, however often it is heard of. */
export interface TransferSource {
  readonly type: 'order' | 'capture' | 'refund' | 'payout' | 'bill_day';
  readonly id: Id;
  /** Which of several alike of one event it is, from 1; none if there is but one of its code. */
  readonly part?: number;
}

export function transfer(
  debit: Account,
  credit: Account,
  { amountMinor, currency }: { readonly amountMinor: number; readonly currency: Currency },
  code: TransferCode,
  source: TransferSource,
): Transfer {
  assert(Number.isSafeInteger(amountMinor), `not whole minor units: ${amountMinor}`);
  assert(amountMinor > 0, `nothing to transfer: ${amountMinor}`);
  assert(debit !== credit, `transfer to itself: ${debit}`);
  return { debit, credit, amountMinor, currency, code, source };
}

/** Accounts that everybody uses keep no balance row, which all would wait for; they are summed from their transfers. */
export function isHot(account: Account): boolean {
  return /^(channel|bank|platform):/.test(account);
}

/** Whether an account may owe: a supplier does when money goes back that was settled before. */
export function mayOwe(account: Account): boolean {
  return /^supplier:.*:payable$/.test(account);
}
