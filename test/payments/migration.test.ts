import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as migrations from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

const { PaymentsAtTheirEdges1795309200000: PaymentsAtTheirEdges } = migrations;

let shop: OlderShop;
let source: DataSource;

/** A shop from before: one order that is paid, and partly refunded at the second attempt. */
beforeAll(async () => {
  shop = await shopBefore(PaymentsAtTheirEdges);
  ({ source } = shop);
  const statements = [
    "INSERT INTO checkout VALUES ('c', 'b', 'PAID', 1000, 'CNY', NOW(3), NOW(3))",
    `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, refunded_minor, currency, placed_at)
     VALUES ('o', 'c', 'b', 's', 'TO_FULFIL', FALSE, 1, 1000, 300, 'CNY', NOW(3))`,
    `INSERT INTO payment (id, checkout_id, out_trade_no, status, amount_minor, currency, description, expires_at)
     VALUES ('p', 'c', 'no', 'SUCCEEDED', 1000, 'CNY', '', NOW(3))`,
    `INSERT INTO capture (id, payment_id, transaction_id, purpose, amount_minor, currency, refunding_minor, refunded_minor, succeeded_at)
     VALUES ('k', 'p', 't', 'CHECKOUT', 1000, 'CNY', 300, 300, NOW(3))`,
    ...[
      ['r1', 'CLOSED'],
      ['r2', 'SUCCEEDED'],
    ].map(
      ([id, status]) =>
        `INSERT INTO refund (id, capture_id, order_id, out_refund_no, reason, amount_minor, currency, account, status, created_at)
         VALUES ('${id}', 'k', 'o', '${id}', 'LATE', 300, 'CNY', 'order:o', '${status}', '2026-01-01')`,
    ),
  ];
  for (const statement of statements) await source.query(statement);
});
afterAll(async () => {
  await shop.close();
});

const first = async (sql: string): Promise<Record<string, unknown> | undefined> => {
  const [row] = await source.query<Record<string, unknown>[]>(sql);
  return row;
};

describe('a shop that is older than several attempts to pay', () => {
  it('keeps its payments as first attempts, its captures with their checkout, and knows what is promised back', async () => {
    const runner = source.createQueryRunner();
    await new PaymentsAtTheirEdges().up(runner);
    expect(await first('SELECT attempt, live FROM payment')).toEqual({ attempt: 1, live: null });
    expect(await first("SELECT checkout_id = RPAD('c', 16, '\\0') AS is_kept, refunds FROM capture")).toEqual({
      is_kept: 1,
      refunds: 2,
    });
    expect(await first('SELECT refunding_minor, refunded_minor FROM orders')).toEqual({
      refunding_minor: '300',
      refunded_minor: '300',
    });
    expect(await first("SELECT COUNT(*) AS patient FROM refund WHERE manual_after = '2026-01-04'")).toEqual({
      patient: '2',
    });
    await runner.release();
  });

  it('refuses a second attempt while the first is open, and a second honouring of one checkout', async () => {
    const attempt = (id: string, number: number): string =>
      `INSERT INTO payment (id, checkout_id, attempt, out_trade_no, status, amount_minor, currency, description, expires_at)
       VALUES ('${id}', 'd', ${number}, '${id}', 'PENDING', 1, 'CNY', '', NOW(3))`;
    await source.query(attempt('q1', 1));
    await expect(source.query(attempt('q2', 2))).rejects.toThrow(/Duplicate.*payment_one_live/);
    const capture = `INSERT INTO capture (id, payment_id, checkout_id, transaction_id, purpose, amount_minor, currency, succeeded_at)
      SELECT 'k2', id, RPAD('c', 16, '\\0'), 't2', 'CHECKOUT', 1000, 'CNY', NOW(3) FROM payment WHERE out_trade_no = 'q1'`;
    await expect(source.query(capture)).rejects.toThrow(/Duplicate.*capture_honours_checkout_once/);
  });

  it('can go back while nobody has used it', async () => {
    await source.query("DELETE FROM payment WHERE checkout_id = RPAD('d', 16, '\\0')");
    const runner = source.createQueryRunner();
    await new PaymentsAtTheirEdges().down(runner);
    await new PaymentsAtTheirEdges().up(runner);
    expect(await first('SELECT attempt FROM payment')).toEqual({ attempt: 1 });
    await runner.release();
  });
});
