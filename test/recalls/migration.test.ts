import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as migrations from '../../migrations/index.js';
import { migrateBetween, type OlderShop, shopBefore } from '../support/older-shop.js';

const { CreateInvoices1795446000000: CreateInvoices, RecallBatches1795447000000: RecallBatches } = migrations;
const BETWEEN = [migrations.CreateAfterSale1795445001000, RecallBatches] as const;

let shop: OlderShop;
const rows = (sql: string): Promise<unknown> => shop.source.query(sql);
const sealed = "REPEAT('x', 40)";

/** A shop from before invoices and batches: an order, of which a parcel is on its way. */
beforeAll(async () => {
  shop = await shopBefore(CreateInvoices);
  await rows(
    `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
     VALUES ('o', 'c', 'b', 's', 'SHIPPED', FALSE, 1, 1500, 'CNY', '2026-01-01', ${sealed})`,
  );
  await rows(
    `INSERT INTO order_line (id, order_id, sku_id, title, quantity, shipped_quantity, unit_price_minor, amount_minor)
     VALUES ('l', 'o', 'k', 't', 3, 3, 500, 1500)`,
  );
  await rows(
    "INSERT INTO parcel (id, order_id, carrier, shipped_by_id, shipped_at) VALUES ('p', 'o', 'YTO', 's', '2026-01-02')",
  );
  await rows(
    'INSERT INTO parcel_line (parcel_id, line_id, quantity) SELECT parcel.id, order_line.id, 3 FROM parcel JOIN order_line',
  );
  await migrateBetween(shop, BETWEEN, 'up');
});
afterAll(async () => {
  await shop.close();
});

const INVOICE =
  'INSERT INTO invoice (id, order_id, buyer_id, status, title_kind, currency, moved_at, number, issued_on, file_hash)';
const invoice = (id: string, status: string, issued = 'NULL, NULL, NULL'): Promise<unknown> =>
  rows(`${INVOICE} SELECT '${id}', id, buyer_id, '${status}', 'PERSONAL', 'CNY', NOW(3), ${issued} FROM orders`);

describe('a shop that is older than invoices and batches', () => {
  it('keeps its parcels, of which nobody has said the batch', async () => {
    expect(await rows('SELECT quantity, batch_id FROM parcel_line')).toEqual([{ quantity: 3, batch_id: null }]);
  });

  it('has one invoice of an order from then on, and none that is issued without number, day and file', async () => {
    await invoice('a', 'CANCELLED');
    await invoice('b', 'REQUESTED');
    await expect(invoice('c', 'ISSUING')).rejects.toThrow('invoice_live');
    await rows("UPDATE invoice SET status = 'CANCELLED' WHERE status = 'REQUESTED'");
    await expect(invoice('d', 'ISSUED')).rejects.toThrow('invoice_issued');
    await expect(invoice('d', 'ISSUED', `REPEAT('1', 20), '2026-01-03', NULL`)).rejects.toThrow('invoice_issued');
    await invoice('d', 'ISSUED', `REPEAT('1', 20), '2026-01-03', REPEAT('h', 32)`);
    await expect(rows("UPDATE invoice SET red_number = REPEAT('2', 20)")).rejects.toThrow('invoice_reversed');
    await expect(rows("UPDATE invoice SET title = 'x'")).rejects.toThrow('invoice_sealed');
  });

  it.each([
    ['quantity = 0', 'recall_item_quantity'],
    ['certain_quantity = 4', 'recall_item_quantity'],
    ['refunded_quantity = 1', 'recall_item_refunded'],
    ["refund_id = 'r'", 'recall_item_refunded'],
    ["refund_id = 'r', refunded_quantity = 4", 'recall_item_refunded'],
    ["refund_id = 'r', refunded_quantity = 1, problem = 'x'", 'recall_item_refunded'],
  ])('keeps an item of a recall from %s', async (change, constraint) => {
    const WITHOUT_KEYS = 'SET STATEMENT foreign_key_checks = 0 FOR';
    await rows('DELETE FROM recall_item');
    await rows(`${WITHOUT_KEYS} INSERT INTO recall_item (recall_id, seq, order_id, line_id, quantity, certain_quantity, amount_minor, currency)
      VALUES ('r', 1, 'o', 'l', 3, 1, 1500, 'CNY')`);
    await expect(rows(`${WITHOUT_KEYS} UPDATE recall_item SET ${change}`)).rejects.toThrow(constraint);
  });

  it('can go back, and forth again', async () => {
    await migrateBetween(shop, BETWEEN, 'down');
    for (const table of ['invoice', 'recall', 'sku\\_batch'])
      expect(await rows(`SHOW TABLES LIKE '${table}'`)).toEqual([]);
    expect(await rows("SELECT 1 FROM status_move WHERE subject = 'invoice'")).toEqual([]);
    await migrateBetween(shop, BETWEEN, 'up');
    expect(await rows('SELECT quantity, batch_id FROM parcel_line')).toEqual([{ quantity: 3, batch_id: null }]);
    expect(await rows('SELECT 1 FROM invoice')).toEqual([]);
  });
});
