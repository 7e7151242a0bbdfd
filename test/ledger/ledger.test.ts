import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idBytes, isDuplicate, newId, Transactor } from '#common';
import { type Account, LedgerService, transfer, type Transfer } from '#ledger';
import { type MigratedDatabase, migratedDatabase } from '../common/migrated-database.js';

let database: MigratedDatabase;

beforeAll(async () => {
  database = await migratedDatabase();
});
afterAll(async () => {
  await database.close();
});

const ledger = new LedgerService();
const post = (...transfers: Transfer[]): Promise<void> =>
  new Transactor(database.source).run((db) => ledger.post(db, transfers));

const someOrder = (): Account => `order:${newId('order')}`;
const capture = (account: Account, amountMinor: number): Transfer =>
  transfer('channel:wechat', account, { amountMinor, currency: 'CNY' }, 'CAPTURE', {
    type: 'order',
    id: newId('order'),
  });
const refund = (account: Account, amountMinor: number): Transfer =>
  transfer(account, 'channel:wechat', { amountMinor, currency: 'CNY' }, 'REFUND', {
    type: 'refund',
    id: newId('refund'),
  });

async function balanceOf(account: Account): Promise<number | null> {
  const [row] = await database.source.query<{ balance_minor: string }[]>(
    'SELECT balance_minor FROM account WHERE path = ?',
    [account],
  );
  return row ? Number(row.balance_minor) : null;
}

/** What the transfers themselves say: credits minus debits, by account. */
async function sums(): Promise<Map<string, number>> {
  const rows = await database.source.query<{ account: string; sum: string }[]>(
    `SELECT account, SUM(change_minor) AS sum FROM (
       SELECT credit AS account, amount_minor AS change_minor FROM transfer
       UNION ALL SELECT debit, -amount_minor FROM transfer
     ) AS changes GROUP BY account`,
  );
  return new Map(rows.map(({ account, sum }) => [account, Number(sum)]));
}

describe('posting', () => {
  it('moves money into an account, and back out of it', async () => {
    const order = someOrder();
    await post(capture(order, 10_000));
    await post(refund(order, 4_000));
    expect(await balanceOf(order)).toBe(6_000);
  });

  it('keeps no balance of the channel, because every payment would wait for it', async () => {
    await post(capture(someOrder(), 1));
    expect(await balanceOf('channel:wechat')).toBeNull();
  });

  it('nothing is fine', async () => {
    await expect(post()).resolves.toBeUndefined();
  });

  it('the same source twice fails, and the second time moves nothing', async () => {
    const order = someOrder();
    const payment = capture(order, 10_000);
    await post(payment);
    const again = await post(payment).catch((error: unknown) => error);
    expect(isDuplicate(again)).toBe(true);
    expect(await balanceOf(order)).toBe(10_000);
  });

  it('more than an account holds fails, and none of the posting happens', async () => {
    const [rich, poor] = [someOrder(), someOrder()];
    await post(capture(poor, 100));
    await expect(post(capture(rich, 500), refund(poor, 101))).rejects.toThrow('does not hold 101 CNY');
    expect([await balanceOf(rich), await balanceOf(poor)]).toEqual([null, 100]);
  });

  it('from an account that never held anything fails', async () => {
    await expect(post(refund(someOrder(), 1))).rejects.toThrow('does not hold 1 CNY');
  });

  it('at once never overdraws: of ten refunds of half the money two happen', async () => {
    const order = someOrder();
    await post(capture(order, 1_000));
    const refunds = await Promise.allSettled(Array.from({ length: 10 }, () => post(refund(order, 500))));
    expect(refunds.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await balanceOf(order)).toBe(0);
  });
});

describe('what has been posted', () => {
  it.each([
    'UPDATE transfer SET amount_minor = amount_minor + 1',
    "UPDATE transfer SET code = 'REFUND'",
    'DELETE FROM transfer',
  ])('stays as it is: the database refuses %s', async (statement) => {
    await post(capture(someOrder(), 10_000));
    const before = await sums();
    await expect(database.source.query(statement)).rejects.toThrow('transfer rows are never changed or deleted');
    expect(await sums()).toEqual(before);
  });

  // prettier-ignore
  it.each<[what: string, debit: string, credit: string, amountMinor: number]>([
    ['goes from an account to itself', 'order:a', 'order:a', 1],
    ['moves nothing',                  'order:a', 'order:b', 0],
    ['moves less than nothing',        'order:a', 'order:b', -1],
  ])('never %s, even if the code that posts is wrong', async (_what, debit, credit, amountMinor) => {
    const insert = database.source.query(
      `INSERT INTO transfer (debit, credit, amount_minor, currency, code, source_type, source_id, kind)
       VALUES (?, ?, ?, 'CNY', 'CAPTURE', 'order', ?, 'CAPTURE')`,
      [debit, credit, amountMinor, idBytes(newId('order'))],
    );
    await expect(insert).rejects.toThrow(/transfer_(positive|two_accounts)/);
  });

  it('never leaves an account below nothing, even if the code that posts is wrong', async () => {
    const insert = "INSERT INTO account (path, balance_minor, currency) VALUES ('order:overdrawn', -1, 'CNY')";
    await expect(database.source.query(insert)).rejects.toThrow('account_not_overdrawn');
  });
});

describe('the books', () => {
  const accounts = Array.from({ length: 4 }, someOrder);
  const moves = fc.array(
    fc.record({
      account: fc.constantFrom(...accounts),
      amountMinor: fc.integer({ min: 1, max: 1_000_000 }),
      isRefund: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('sum to zero and agree with every balance, whatever is posted, in whatever order, also at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { minLength: 1, maxLength: 5 }), async (postings) => {
        await Promise.allSettled(
          postings.map((each) =>
            post(
              ...each.map(({ account, amountMinor, isRefund }) => (isRefund ? refund : capture)(account, amountMinor)),
            ),
          ),
        );
        const byAccount = await sums();
        expect([...byAccount.values()].reduce((total, sum) => total + sum, 0)).toBe(0);
        for (const account of accounts) expect(await balanceOf(account)).toBe(byAccount.get(account) ?? null);
      }),
      { numRuns: 40 },
    );
  });
});
