import { defineLoader, oneInOrder } from '#common';
import type { Account } from './transfer.js';

interface Balance {
  readonly path: Account;
  readonly balance_minor: string;
}

/** What each cold account holds in its currency, or owes if it is negative; 0 where nothing was ever posted. */
export const balanceOfAccount = defineLoader(async (db, paths: readonly Account[]) => {
  const rows = await db.query<Balance[]>('SELECT path, balance_minor FROM account WHERE path IN (?)', [paths]);
  return oneInOrder(paths, rows, ({ path }) => path).map((row) => Number(row?.balance_minor ?? 0));
});
