import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Currency, idBytes } from '#common';
import { type Account, isHot, mayOwe, type Transfer } from './transfer.js';

/** The books: double entry, appended to and never changed. */
@Injectable()
export class LedgerService {
  /** What an account holds, or owes if it is negative; locked for the rest of the caller's transaction, unless nothing was ever posted to it. */
  async balance(db: EntityManager, account: Account, currency: Currency): Promise<number> {
    const [row] = await db.query<{ balance: string }[]>(
      'SELECT balance_minor AS balance FROM account WHERE path = ? AND currency = ? FOR UPDATE',
      [account, currency],
    );
    return Number(row?.balance ?? 0);
  }

  /**
   * Posts transfers as part of the caller's transaction. Cold accounts are taken in the order of their paths, so that postings never wait for each other in a circle.
   *
   * @throws AssertionError if an account would be overdrawn; a duplicate-key error if a source was posted before: both are bugs of the caller
   */
  async post(db: EntityManager, transfers: readonly Transfer[]): Promise<void> {
    if (transfers.length === 0) return;
    for (const [account, changeMinor, currency] of coldChanges(transfers)) {
      if (changeMinor >= 0 || mayOwe(account)) await add(db, account, changeMinor, currency);
      else await withdraw(db, account, -changeMinor, currency);
    }
    await append(db, transfers);
  }
}

/** What each cold account gains or loses in sum, ordered by path. */
function coldChanges(transfers: readonly Transfer[]): [Account, number, string][] {
  const changes = new Map<Account, [Account, number, string]>();
  const count = (account: Account, amountMinor: number, currency: string): void => {
    if (isHot(account)) return;
    changes.set(account, [account, (changes.get(account)?.[1] ?? 0) + amountMinor, currency]);
  };
  for (const { debit, credit, amountMinor, currency } of transfers) {
    count(debit, -amountMinor, currency);
    count(credit, amountMinor, currency);
  }
  return [...changes.values()].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function add(db: EntityManager, account: Account, changeMinor: number, currency: string): Promise<void> {
  await db.query(
    'INSERT INTO account (path, balance_minor, currency) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE balance_minor = balance_minor + VALUES(balance_minor)',
    [account, changeMinor, currency],
  );
}

async function withdraw(db: EntityManager, account: Account, amountMinor: number, currency: string): Promise<void> {
  const { affectedRows } = await db.query<{ affectedRows: number }>(
    'UPDATE account SET balance_minor = balance_minor - ? WHERE path = ? AND currency = ? AND balance_minor >= ?',
    [amountMinor, account, currency, amountMinor],
  );
  assert(affectedRows === 1, `${account} does not hold ${amountMinor} ${currency}`);
}

async function append(db: EntityManager, transfers: readonly Transfer[]): Promise<void> {
  const values = transfers.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  await db.query(
    `INSERT INTO transfer (debit, credit, amount_minor, currency, code, source_type, source_id, kind) VALUES ${values}`,
    transfers.flatMap(({ debit, credit, amountMinor, currency, code, source }) => [
      debit,
      credit,
      amountMinor,
      currency,
      code,
      source.type,
      idBytes(source.id),
      source.part === undefined ? code : `${code}:${source.part}`,
    ]),
  );
}
