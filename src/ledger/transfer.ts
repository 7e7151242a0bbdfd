import assert from 'node:assert/strict';
import type { Currency, Id } from '#common';

/**
 * Where money is, as a path: the channel that holds it, the order or capture that it belongs to.
 * Balances are credits minus debits; so what we owe is positive, and the channel, which holds it for us, is negative by the same sum.
 */
export type Account = 'channel:wechat' | `order:${Id<'order'>}` | `capture:${Id<'capture'>}`;

/** Why money moved. */
export const TransferCode = { CAPTURE: 'CAPTURE', REFUND: 'REFUND' } as const;
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
  readonly type: 'order' | 'capture' | 'refund';
  readonly id: Id;
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
  return account.startsWith('channel:');
}
