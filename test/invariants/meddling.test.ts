import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditChain } from '#audit';
import { Product, type SkuId } from '#catalog';
import { idFromBytes } from '#common';
import { AddressesService } from '#identity';
import { checkInvariants, type Findings, INVARIANTS } from '#invariants';
import { Payees } from '#orders';
import { DeliveryDriver } from '#notifications';
import { ChannelService } from '#payments';
import { FormingService } from '#teams';
import { aPicture } from '../media/pictures.js';
import { begin, upload } from '../media/uploader.js';
import { BulkRefunds } from '../../src/orders/refunding/bulk-refunds.js';
import { apply, because, step } from '../after-sale/counter.js';
import { bought, orderOf, supplierOf } from '../fulfilment/warehouse.js';
import { issued, request } from '../invoices/bookkeeping.js';
import { agreed } from '../orders/settlement/counting-house.js';
import * as payouts from '../payouts/paying.js';
import { heard, report, switchTo } from '../notifications/postbox.js';
import { NUMBER, propose, receiveBatch, shipFrom } from '../recalls/recalling.js';
import { codeOf, linkTo } from '../sharing/sharer.js';
import { anOpenFinding } from '../reconciliation/bookkeeper.js';
import { anOffer } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone, SeatAnswer } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled, settle } from '../support/sound.js';

const HOUR = 3_600_000;

let shop: Shop;

/** A shop in which a team has formed, one has failed, and one is still forming. */
beforeAll(async () => {
  shop = await Shop.open({
    environment: {
      ...{ BUSINESS_CLOCK: 'simulated', SUBSCRIBE_TEMPLATES: 'teamFormed:tpl_formed' },
      ...{ MESSAGE_QUIET_FROM: '00:00', MESSAGE_QUIET_UNTIL: '00:00' },
    },
  });
  const [ana, bo] = [await shop.login('ana'), await shop.login('bo')];
  const pay = async (phone: Phone, seat: SeatAnswer): Promise<void> => {
    await phone.pay(seat.order.checkout.id, { notify: { lose: true } });
    await phone.confirmPayment(seat.order.checkout.id);
    await settle(shop);
  };
  const { offer, skuId } = await anOffer(shop, { size: 2, ttlSeconds: 3_600 });
  await ana.subscribe(['tpl_formed']);
  await report(ana, [['tpl_formed', true]]);
  await heard(shop);
  const formed = await ana.open(offer.id);
  await pay(ana, formed);
  const joined = await bo.join(formed.team.id);
  await pay(bo, joined);
  await shop.get(DeliveryDriver).deliverDue();
  await heard(shop);
  await switchTo(bo, 'TEAM_FORMED', false);
  const olive = await shop.operator('olive');
  await receiveBatch(olive, skuId);
  await shipFrom(olive, bo, joined.order.id, NUMBER);
  await propose(olive, skuId);
  await anOpenFinding(shop);
  await issued(olive, (await request(bo, joined.order.id)).id);
  await settledMonth(olive);
  await pay(ana, await ana.open(offer.id));
  await shop.setTime(new Date(Date.now() + 2 * HOUR));
  await shop.get(ChannelService).closeOverdue();
  await shop.get(FormingService).expire();
  await settle(shop);
  await pay(bo, await bo.open(offer.id));
  await ana.agree('ADDRESS_BOOK');
  const address = { idempotencyKey: 'the-address-of-ana', address: aDelivery().address, isDefault: false };
  await shop.get(AddressesService).add(await ana.userId(), address);
  await caseOfEach(ana, skuId);
  const picture = await aPicture(300, 200).jpeg().toBuffer();
  const { id: imageId } = await upload(shop, ana, picture, { purpose: 'AVATAR' });
  await ana.ask('mutation ($id: ID!) { avatarSet(input: { imageId: $id }) { __typename } }', { id: imageId });
  await upload(shop, bo, picture);
  const thing = { targetType: 'PRODUCT', targetId: offer.productId } as const;
  await codeOf(ana, thing);
  await linkTo(ana, thing);
  await begin(bo, picture);
  const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: offer.productId });
  await shop.supplier('fay', supplierId);
  const [olga, cy] = [await shop.operator('olga'), await shop.login('cy')];
  const input = { userId: await cy.userId(), reason: '倒卖拼团名额' };
  await shop.get(AuditChain).link();
  const orderIds = await shop.rows<{ id: Buffer }>("SELECT id FROM orders WHERE status = 'TO_FULFIL'");
  await shop.get(BulkRefunds).propose(await olga.staffId(), {
    orderIds: orderIds.map(({ id }) => idFromBytes('order', id)),
    ...{ note: '供应商停产', idempotencyKey: 'all-of-a-team' },
  });
  await olga.ask('mutation ($input: UserChangeInput!) { userDisable(input: $input) { __typename } }', { input });
  // A worker would link it; here it stays the one that is not linked.
  await shop.rows(`INSERT INTO job (name, args, unique_key, run_at, repeat_seconds)
                   VALUES ('audit.link', '{}', 'schedule:audit.link', NOW(3) + INTERVAL 1 HOUR, 5)`);
});

/** A case that is done and one that waits, each about a thing that was bought alone and is not shipped. */
async function caseOfEach(ana: Phone, skuId: SkuId): Promise<void> {
  const olive = await shop.operator('olive');
  for (const isDone of [true, false]) {
    const orderId = await bought(shop, ana, skuId, 2);
    const { lines } = await orderOf(ana, orderId);
    const { id } = await apply(ana, orderId, [{ lineId: lines[0]!.id, quantity: 1 }]);
    if (isDone) await step(olive, 'afterSaleApprove', id, because());
  }
  await settle(shop);
  // Whoever asks about a refund that has arrived meanwhile would be due, and nothing at rest, in the middle of the tests.
  await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND name = 'payments.driveRefund'");
  await shop.drain();
}

/** One more entry like the newest, but for what is said. */
function another(entry: { kind?: string; about?: string; reason?: string; after?: string; at?: string }): string {
  const { kind = 'kind', about = 'subject_type, subject_id', reason = 'reason' } = entry;
  const { after = 'facts_after', at = 'NOW(3)' } = entry;
  return `INSERT INTO audit_entry (actor, kind, subject_type, subject_id, reason, facts_before, facts_after, acted_at, recorded_at)
          SELECT actor, ${kind}, ${about}, ${reason}, facts_before, ${after}, acted_at, ${at} FROM audit_entry ORDER BY id DESC LIMIT 1`;
}
afterAll(async () => {
  await shop.close();
});

/** What explains the freight of an order: of a hundred grams at five fen, so that any other amount follows from nothing. */
function freight(orderId: string, amountMinor: number): string {
  return `INSERT INTO order_freight (order_id, template_id, name, weight_grams, goods_minor, first_grams, first_minor, step_grams, step_minor, amount_minor, currency)
          VALUES (${orderId}, 'x', '', 100, 0, 1000, 5, 500, 5, ${amountMinor}, 'CNY')`;
}

/** Somebody who was erased, and whose rows were forgotten. */
const GONE = `openid = NULL, openid_index = NULL, unionid = NULL, unionid_index = NULL, session_key = NULL, nickname = NULL,
  phone = NULL, phone_index = NULL, phone_code_hash = NULL, status = 'ERASED', erased_at = NOW(3)`;

/** An order of another supplier that is settled, payouts of each end, and the statement that sums them. */
async function settledMonth(olive: Desk): Promise<void> {
  const cleo = await shop.login('cleo');
  shop.get(Payees).register({
    name: 'leader',
    earningsOf: () => Promise.resolve([{ account: 'platform:revenue', amountMinor: 100 }]),
  });
  const sale = await anOffer(shop, { supplier: '茶庄' });
  const supplierId = await supplierOf(shop, sale);
  await agreed(shop, supplierId, 1_000);
  await bought(shop, cleo, sale.skuId);
  await complete(shop, await cleo.userId());
  const pia = await shop.operator('pia', 'FINANCE');
  await payouts.cancel(olive, (await payouts.propose(olive, supplierId, 1)).id);
  const { id } = await payouts.propose(olive, supplierId, 100);
  await payouts.approve(pia, id);
  await payouts.enter(olive, id);
  await shop.rows(
    `INSERT INTO supplier_statement (id, supplier_id, starts_at, ends_at, opening_minor, settled_minor, returned_minor, paid_minor, closing_minor,
       entries, currency, closed_at)
     SELECT 'statement', supplier_id, '2020-01-01', '2037-01-01', 0, SUM(IF(kind = 'SETTLED', amount_minor, 0)), 0,
       -SUM(IF(kind <> 'SETTLED', amount_minor, 0)), SUM(amount_minor), COUNT(*), 'CNY', '2037-01-01' FROM supplier_entry GROUP BY supplier_id`,
  );
}

/** What changes of the database break; they are undone. */
async function brokenBy(...changes: string[]): Promise<Findings['broken']> {
  const runner = shop.source.createQueryRunner();
  await runner.startTransaction();
  try {
    for (const change of changes) await runner.query(change);
    return (await checkInvariants(runner)).broken;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

/** An id, an amount, an instant, or a word of ours: a status, an account, a number of the channel. No name, no address, no phone, no hash. */
const IMPERSONAL = /^([0-9A-F]{32}|-?\d{1,19}|[\d-]{10}T[\d:.]{12}Z|[A-Za-z][\w .:>-]{0,95}|\d{28}|)$/;

function expectImpersonal(rows: Findings['broken'][number]['rows']): void {
  expect(rows.length).toBeGreaterThan(0);
  const values = rows.flatMap((row) => Object.values(row)).filter((value) => value !== null);
  for (const value of values) expect(String(value)).toMatch(IMPERSONAL);
}

it('nothing is broken while nobody meddles', async () => {
  await expectSettled(shop);
});

describe('meddling with the database is caught', () => {
  // prettier-ignore
  const meddling: [number: string, change: string][] = [
    ['INV-1',  "INSERT INTO transfer (debit, credit, amount_minor, currency, code, source_type, source_id, kind) VALUES ('', 'channel:wechat', 1, 'CNY', 'X', 'order', 'x', 'X')"],
    ['INV-4',  "UPDATE account SET balance_minor = balance_minor + 1 LIMIT 1"],
    ['INV-5',  "UPDATE account JOIN transfer ON credit = path JOIN orders ON orders.id = source_id SET balance_minor = 1 WHERE orders.status = 'REFUNDED'"],
    ['INV-6',  "UPDATE seat SET status = 'RELEASED' WHERE status = 'CONFIRMED' LIMIT 1"],
    ['INV-6',  "UPDATE orders SET status = 'TO_FULFIL' WHERE status = 'AWAITING_TEAM'"],
    ['INV-6',  "UPDATE team SET opened_by_id = id WHERE status = 'FORMING'"],
    ['INV-7',  "UPDATE team SET seats_paid = 0 WHERE status = 'FORMED'"],
    ['INV-8',  "INSERT INTO status_move (subject, subject_id, from_status, to_status) SELECT 'team', id, 'FORMING', 'FAILED' FROM team WHERE status = 'FORMED'"],
    ['INV-8',  "UPDATE team SET expires_at = '2020-01-01' WHERE status = 'FORMING'"],
    ['INV-9',  "UPDATE orders SET refunded_minor = 0 WHERE status = 'REFUNDED'"],
    ['INV-10', "UPDATE capture SET refunding_minor = amount_minor WHERE refunding_minor = 0 LIMIT 1"],
    ['INV-11', "UPDATE orders SET status = 'CANCELLED' WHERE status = 'TO_FULFIL' LIMIT 1"],
    ['INV-12', "UPDATE capture SET amount_minor = amount_minor + 1 LIMIT 1"],
    ['INV-12', "UPDATE payment SET status = 'CLOSED' WHERE status = 'SUCCEEDED' LIMIT 1"],
    ['INV-12', "INSERT INTO payment (id, checkout_id, attempt, out_trade_no, status, amount_minor, currency, description, expires_at) SELECT 'x', checkout_id, 9, 'x', 'SUCCEEDED', 1, currency, '', expires_at FROM payment LIMIT 1"],
    ['INV-15', "UPDATE stock SET on_hand = on_hand + 1"],
    ['INV-16', "UPDATE stock SET on_hand = on_hand - 1, reserved = reserved + 1"],
    ['INV-16', "UPDATE orders SET status = 'TO_FULFIL' WHERE status = 'AWAITING_TEAM'"],
    ['INV-16', "UPDATE allotment SET units_taken = units_taken + 1"],
    ['INV-17', "INSERT INTO stock_move (sku_id, order_id, kind, quantity) SELECT sku_id, order_id, 'COMMIT', quantity + 1 FROM order_line JOIN orders ON orders.id = order_id WHERE status = 'AWAITING_TEAM'"],
    ['INV-75', "INSERT INTO category (id, parent_id, name_zh, name_en, position, is_shown) SELECT SUBSTR(CONCAT(seq, REPEAT('x', 16)), 1, 16), IF(seq = 1, NULL, SUBSTR(CONCAT(seq - 1, REPEAT('x', 16)), 1, 16)), 'x', 'x', 1, TRUE FROM seq_1_to_4"],
    ['INV-75', "UPDATE category SET parent_id = id"],
    ['INV-76', "UPDATE sku SET price_minor = price_minor + 1"],
    ['INV-76', "INSERT INTO sku_price (sku_id, price_minor, currency, set_at, set_by, reason) SELECT id, price_minor + 1, currency, NOW(3), 'x', 'x' FROM sku"],
    ['INV-77', `UPDATE sku SET option_values = '["x"]'`],
    ['INV-77', `UPDATE product SET options = '[{"name":"x","values":["y"]}]'`],
    ['INV-77', `UPDATE sku JOIN product ON product.id = product_id SET option_values = '["x"]', options = '[{"name":"x","values":["X"]}]'`],
    ['INV-78', "UPDATE sku SET is_retired = TRUE"],
    ['INV-78', "DELETE FROM stock"],
    ['INV-84', "INSERT INTO catalog_import (id, status, makes_missing, lines_total, mistakes_total, lines_applied, lines_failed, applied_through, started_by, decided_by, reason) VALUES ('x', 'DONE', FALSE, 2, 0, 1, 0, 1, 'x', 'x', 'x')"],
    ['INV-84', "INSERT INTO catalog_import (id, status, makes_missing, lines_total, mistakes_total, lines_applied, lines_failed, applied_through, started_by, decided_by, reason) VALUES ('x', 'DONE', FALSE, 1, 0, 0, 1, 1, 'x', 'x', 'x')"],
    ['INV-84', "INSERT INTO catalog_import (id, status, makes_missing, lines_total, mistakes_total, lines_applied, lines_failed, applied_through, started_by) VALUES ('x', 'READY', FALSE, 1, 0, 1, 0, 1, 'x')"],
    ['INV-28', "INSERT INTO status_move (subject, subject_id, from_status, to_status) SELECT 'product', id, 'ON_SALE', 'SOLD' FROM product"],
    ['INV-50', "INSERT INTO product_image (image_id, product_id, position) SELECT image.id, product.id, 1 FROM image JOIN product WHERE purpose = 'AVATAR' LIMIT 1"],
    ['INV-19', "UPDATE checkout SET payable_minor = payable_minor + 1 LIMIT 1"],
    ['INV-19', "UPDATE orders SET refunding_minor = 1 WHERE status = 'TO_FULFIL' LIMIT 1"],
    ['INV-19', "UPDATE team SET revision = 2 LIMIT 1"],
    ['INV-19', "UPDATE orders SET refunded_minor = 0 WHERE status = 'REFUNDED'"],
    ['INV-27', "UPDATE offer_buyer SET units = units + 1 LIMIT 1"],
    ['INV-27', "UPDATE team SET units_per_order = 0 LIMIT 1"],
    ['INV-27', "UPDATE team SET units_per_buyer = 0"],
    ['INV-28', "UPDATE team SET status = 'PENDING' WHERE status = 'FAILED'"],
    ['INV-28', "DELETE FROM status_move WHERE to_status = 'FORMED'"],
    ['INV-29', "INSERT INTO job (name, args, run_at, created_at) VALUES ('orders.paid>Nobody.hears', '{}', NOW(3) + INTERVAL 1 DAY, NOW(3) - INTERVAL 1 HOUR)"],
    ['INV-30', "UPDATE job SET attempt = 99 WHERE repeat_seconds IS NULL LIMIT 1"],
    ['INV-31', "UPDATE idempotency SET result_id = actor_id LIMIT 1"],
    ['INV-33', "UPDATE payment SET checkout_id = id LIMIT 1"],
    ['INV-33', "UPDATE offer SET revision = revision + 1"],
    ['INV-33', "UPDATE offer SET product_id = id"],
    ['INV-33', "INSERT INTO offer_price (offer_id, revision, sku_id, allotment_id, price_minor, currency) SELECT offer_id, 0, sku_id, offer_id, 1, 'CNY' FROM offer_price LIMIT 1"],
    ['INV-33', "INSERT INTO offer_price (offer_id, revision, sku_id, allotment_id, price_minor, currency) SELECT offer_id, 9, sku_id, allotment_id, 1, 'CNY' FROM offer_price LIMIT 1"],
    ['INV-35', "UPDATE offer SET size = size + 1"],
    ['INV-35', "UPDATE offer SET ends_at = ends_at - INTERVAL 1 HOUR"],
    ['INV-35', "UPDATE offer SET frozen_at = starts_at"],
    ['INV-35', "INSERT INTO offer_price (offer_id, revision, sku_id, allotment_id, price_minor, currency) SELECT offer_id, revision, offer_id, allotment_id, 1, 'CNY' FROM offer_price LIMIT 1"],
    ['INV-17', "INSERT INTO stock_move (sku_id, order_id, kind, quantity) SELECT sku_id, order_id, 'RETURN', quantity + 1 FROM stock_move WHERE kind = 'COMMIT' LIMIT 1"],
    ['INV-70', "UPDATE order_line JOIN orders ON orders.id = order_id SET shipped_quantity = 0 WHERE status = 'SHIPPED'"],
    ['INV-70', "DELETE FROM parcel_line"],
    ['INV-70', "UPDATE parcel SET order_id = (SELECT MIN(id) FROM orders)"],
    ['INV-71', "UPDATE orders SET status = 'TO_FULFIL' WHERE status = 'SHIPPED'"],
    ['INV-71', "UPDATE orders SET status = 'SHIPPED', receive_by = NOW(3) WHERE status = 'TO_FULFIL' LIMIT 1"],
    ['INV-71', "UPDATE orders SET status = 'CANCELLED' WHERE status = 'SHIPPED'"],
    ['INV-72', "UPDATE orders SET to_fulfil_at = NULL WHERE status = 'TO_FULFIL'"],
    ['INV-72', "UPDATE orders SET receive_by = NULL WHERE status = 'SHIPPED'"],
    ['INV-72', "UPDATE orders SET status = 'RECEIVED' WHERE status = 'SHIPPED'"],
    ['INV-72', "UPDATE orders SET received_at = NOW(3) WHERE status = 'SHIPPED'"],
    ['INV-73', "DELETE FROM shipping_upload"],
    ['INV-73', "UPDATE shipping_upload SET parcels_uploaded = 0"],
    ['INV-74', "UPDATE stock SET sold = sold - 1, on_hand = on_hand + 1 WHERE sold > 0"],
    ['INV-74', "INSERT INTO stock_move (sku_id, order_id, kind, quantity) SELECT sku_id, order_id, 'RETURN', quantity FROM order_line JOIN orders ON orders.id = order_id WHERE status = 'SHIPPED'"],
    ['INV-85', "UPDATE order_line SET refunding_quantity = 1 WHERE refunding_quantity = 0 LIMIT 1"],
    ['INV-85', "UPDATE refund_line SET amount_minor = amount_minor + 1 LIMIT 1"],
    ['INV-85', "UPDATE refund SET order_id = id LIMIT 1"],
    ['INV-86', "SET STATEMENT check_constraint_checks = 0 FOR UPDATE order_line SET cancelled_quantity = 1 WHERE shipped_quantity = quantity"],
    ['INV-86', "SET STATEMENT check_constraint_checks = 0 FOR UPDATE order_line SET refunding_quantity = quantity + 1 LIMIT 1"],
    ['INV-86', "SET STATEMENT check_constraint_checks = 0 FOR UPDATE order_line SET restocked_quantity = 1 WHERE shipped_quantity = 0 LIMIT 1"],
    ['INV-87', "UPDATE order_line SET claimed_quantity = 0, withheld_quantity = 0 WHERE withheld_quantity > 0"],
    ['INV-87', "UPDATE order_line SET withheld_quantity = 0 WHERE withheld_quantity > 0"],
    ['INV-87', "UPDATE orders SET open_after_sales = open_after_sales + 1 LIMIT 1"],
    ['INV-87', "SET STATEMENT check_constraint_checks = 0 FOR UPDATE order_line SET refunding_quantity = quantity, claimed_quantity = 1 WHERE withheld_quantity > 0"],
    ['INV-88', "UPDATE after_sale SET buyer_id = id LIMIT 1"],
    ['INV-88', "UPDATE after_sale SET order_id = (SELECT MIN(id) FROM orders)"],
    ['INV-88', "DELETE FROM after_sale_line"],
    ['INV-89', "UPDATE after_sale_line SET amount_minor = amount_minor + 1 LIMIT 1"],
    ['INV-89', "UPDATE refund SET amount_minor = amount_minor + 1 WHERE reason = 'AFTER_SALE'"],
    ['INV-89', "UPDATE refund SET reason = 'RECALL' WHERE reason = 'AFTER_SALE'"],
    ['INV-90', "UPDATE after_sale SET status = 'REFUNDING', closed_at = NULL, due_at = NOW(3) WHERE status = 'DONE'"],
    ['INV-90', "UPDATE refund SET status = 'SUBMITTED' WHERE reason = 'AFTER_SALE'"],
    ['INV-91', "DELETE FROM after_sale_step WHERE status = 'DONE'"],
    ['INV-91', "DELETE FROM after_sale_step WHERE status = 'APPLIED'"],
    ['INV-28', "SET STATEMENT check_constraint_checks = 0 FOR UPDATE after_sale SET status = 'DONE', due_at = NULL, closed_at = NOW(3) WHERE status = 'APPLIED'"],
    ['INV-96', "UPDATE recall_item SET quantity = quantity + 9"],
    ['INV-96', "UPDATE parcel_line SET batch_id = NULL"],
    ['INV-96', "UPDATE recall SET sku_id = id"],
    ['INV-97', "UPDATE recall_item SET problem = 'NothingLeft'"],
    ['INV-97', "UPDATE recall_item SET quantity = 99, refund_id = recall_id, refunded_quantity = 99"],
    ['INV-98', "UPDATE recall_item SET refund_id = recall_id, refunded_quantity = 1"],
    ['INV-98', "UPDATE refund SET reason = 'RECALL' LIMIT 1"],
    ['INV-99', "UPDATE recall_item SET amount_minor = amount_minor + 1"],
    ['INV-99', "DELETE FROM recall_item"],
    ['INV-99', "UPDATE recall SET bulk_act_id = id"],
    ['INV-5',  "UPDATE account JOIN transfer ON debit = path JOIN settlement ON order_id = source_id SET balance_minor = 1"],
    ['INV-100', "UPDATE settlement SET returned_minor = returned_minor + 1"],
    ['INV-100', "UPDATE settlement_share SET amount_minor = amount_minor + 1"],
    ['INV-100', "UPDATE settlement SET supplier_id = order_id"],
    ['INV-101', "DELETE FROM settlement"],
    ['INV-101', "UPDATE orders JOIN settlement ON order_id = orders.id SET orders.status = 'RECEIVED'"],
    ['INV-102', "INSERT INTO supplier_entry (id, supplier_id, kind, order_id, refund_id, amount_minor, currency, booked_at) SELECT 'x', supplier_id, 'RETURNED', order_id, 'x', -1, 'CNY', settled_at FROM settlement"],
    ['INV-102', "INSERT INTO transfer (debit, credit, amount_minor, currency, code, source_type, source_id, kind) SELECT debit, credit, 1, 'CNY', code, source_type, 'x', kind FROM transfer WHERE code = 'PAYOUT' LIMIT 1"],
    ['INV-102', "INSERT INTO supplier_entry (id, supplier_id, kind, order_id, refund_id, amount_minor, currency, booked_at) SELECT id, 'x', kind, order_id, 'x', amount_minor, currency, booked_at FROM (SELECT 'x' AS id, kind, order_id, amount_minor, currency, booked_at FROM supplier_entry WHERE kind = 'SETTLED') AS settled"],
    ['INV-103', "UPDATE settlement SET commission_minor = commission_minor - 1, supplier_minor = supplier_minor + 1"],
    ['INV-103', "UPDATE settlement_share SET account = 'x'"],
    ['INV-104', "UPDATE supplier_statement SET opening_minor = 1, closing_minor = closing_minor + 1"],
    ['INV-104', "UPDATE supplier_statement SET entries = entries + 1"],
    ['INV-104', "UPDATE supplier_statement SET starts_at = ends_at - INTERVAL 1 HOUR"],
    ['INV-105', "UPDATE payout SET status = 'APPROVED', ended_at = NULL, reference = NULL, paid_on = NULL WHERE status = 'PAID'"],
    ['INV-105', "UPDATE payout SET amount_minor = amount_minor + 1"],
    ['INV-105', "UPDATE payout SET status = 'PAID', reference = 'x', paid_on = '2026-01-05', approved_by_id = id WHERE status = 'CANCELLED'"],
    ['INV-107', "UPDATE finding SET status = 'DISSOLVED', resolved_at = NOW(3)"],
    ['INV-107', "UPDATE bill_day SET status = 'CLOSED', closed_at = NOW(3)"],
    ['INV-108', "UPDATE finding SET status = 'RESOLVED', resolved_at = NOW(3), resolved_by_id = id, reason = 'x'"],
    ['INV-109', "UPDATE refund SET outside_reference = 'x' WHERE status = 'SUCCEEDED' LIMIT 1"],
    ['INV-110', "UPDATE finding SET status = 'DISSOLVED', resolved_at = NOW(3); UPDATE bill_day SET status = 'CLOSED', closed_at = NOW(3), fee_minor = 1"],
    ['INV-110', "INSERT INTO transfer (debit, credit, amount_minor, currency, code, source_type, source_id, kind) SELECT 'platform:fees', 'channel:wechat', 1, 'CNY', 'FEE', 'bill_day', id, 'FEE' FROM bill_day"],
    ['INV-111', "UPDATE bill_day SET lines_total = 1, day = CURRENT_DATE"],
    ['INV-111', "UPDATE bill_day SET fee_minor = 1, day = CURRENT_DATE"],
    ['INV-112', "INSERT INTO bill_line (bill_day_id, seq, kind, happened_at, channel_number, amount_minor, currency, fee_minor, fee_millionths) SELECT id, 1, 'FLOW_WITHDRAWAL', NOW(3), '1', -5, 'CNY', 0, 0 FROM bill_day; UPDATE bill_day SET status = 'CLOSED', closed_at = NOW(3), day = CURRENT_DATE"],
    ['INV-28', "UPDATE bill_day SET status = 'WAITING', fetched_at = NULL; UPDATE bill_day SET status = 'FETCHED', fetched_at = NOW(3); UPDATE bill_day SET status = 'CLOSED', closed_at = NOW(3); UPDATE bill_day SET status = 'OPEN', closed_at = NULL"],
    ['INV-92', "UPDATE invoice SET amount_minor = amount_minor + 1"],
    ['INV-92', "UPDATE invoice SET freight_minor = 1, amount_minor = amount_minor + 1"],
    ['INV-92', "INSERT INTO invoice_line (invoice_id, line_id, title, quantity, unit_price_minor, amount_minor, currency) SELECT invoice.id, order_line.id, '', 1, 1, 1, 'CNY' FROM invoice JOIN order_line ON order_line.order_id <> invoice.order_id LIMIT 1"],
    ['INV-93', "UPDATE orders JOIN invoice ON invoice.order_id = orders.id SET refunding_minor = 1, refunded_minor = 1"],
    ['INV-94', "UPDATE invoice SET buyer_id = id"],
    ['INV-94', "UPDATE orders JOIN invoice ON invoice.order_id = orders.id SET orders.status = 'TO_FULFIL'"],
    ['INV-95', "UPDATE invoice SET number = 'x'"],
    ['INV-95', "UPDATE invoice SET moved_at = moved_at + INTERVAL 1 SECOND"],
    ['INV-113', "UPDATE message_grant SET reported = 9, taken = 0"],
    ['INV-113', "DELETE FROM message_grant"],
    ['INV-114', "UPDATE message_delivery SET kind = 'TEAM_FAILED'"],
    ['INV-114', "UPDATE message SET user_id = id WHERE kind = 'TEAM_FORMED'"],
    ['INV-115', "UPDATE message_delivery SET intended_at = stale_at + INTERVAL 1 SECOND WHERE status = 'SENT'"],
    ['INV-115', "UPDATE message_delivery SET stale_at = stale_at + INTERVAL 1 HOUR"],
    ['INV-116', "INSERT INTO message_setting (user_id, kind, off_since) SELECT user_id, kind, intended_at - INTERVAL 1 SECOND FROM message_delivery WHERE status = 'SENT'"],
    ['INV-117', "UPDATE message_delivery SET status = 'SENDING', started_at = NOW(3) - INTERVAL 1 HOUR WHERE status = 'SENT'"],
    ['INV-117', "UPDATE message_delivery SET code = NULL WHERE status = 'DROPPED'"],
    ['INV-118', `UPDATE user JOIN message ON message.user_id = user.id SET ${GONE.replaceAll('status', 'user.status')}`],
    ['INV-118', "INSERT INTO wechat_push (id, identity, event, openid_index, created_at, received_at) VALUES ('x', 'x', 'x', REPEAT('x', 32), NOW(3), NOW(3) - INTERVAL 1 HOUR)"],
    ['INV-28', "UPDATE message_delivery SET status = 'WAITING' WHERE status = 'DROPPED'"],
    ['INV-28', "INSERT INTO status_move (subject, subject_id, from_status, to_status) SELECT 'invoice', id, 'ISSUED', 'CANCELLED' FROM invoice"],
    ['INV-2',  "INSERT INTO audit_link (seq, entry_id, hash) SELECT (SELECT MAX(seq) + 1 FROM audit_link), MAX(id), REPEAT('x', 32) FROM audit_entry"],
    ['INV-2',  "INSERT INTO audit_link (seq, entry_id, hash) SELECT (SELECT MAX(seq) + 2 FROM audit_link), MAX(id), REPEAT('x', 32) FROM audit_entry"],
    ['INV-2',  another({ at: 'NOW(3) - INTERVAL 2 MINUTE' })],
    ['INV-35', another({ kind: "'orders.orderRefunded'", after: `'{"amountMinor":1}'` })],
    ['INV-35', "UPDATE bulk_act SET status = 'APPROVED', decided_by_id = id"],
    ['INV-35', another({ kind: "'audit.bulkActApproved'", about: "'bulk', (SELECT MAX(id) FROM bulk_act)" })],
    ['INV-28', "UPDATE bulk_act SET status = 'DONE', decided_by_id = id, items_tried = items_total"],
    ['INV-35', "UPDATE refund SET reason = 'OPERATOR' LIMIT 1"],
    ['INV-34', "UPDATE orders SET currency = 'USD' LIMIT 1"],
    ['INV-36', "UPDATE user SET status = 'DISABLED' LIMIT 1"],
    ['INV-36', "UPDATE user SET status = 'ACTIVE' WHERE status = 'DISABLED'"],
    ['INV-36', "UPDATE session JOIN user ON user.id = user_id SET revoked_at = NULL WHERE status = 'DISABLED'"],
    ['INV-37', "UPDATE address SET is_default = FALSE"],
    ['INV-37', "INSERT INTO address (id, user_id, contents, is_default) SELECT CONCAT('a', seq), user_id, contents, FALSE FROM address JOIN seq_1_to_20"],
    ['INV-36', "UPDATE staff SET status = 'DISABLED'"],
    ['INV-36', "UPDATE staff SET enrolled_at = NULL"],
    ['INV-36', "DELETE FROM staff_role LIMIT 1"],
    ['INV-36', "INSERT INTO staff_role (staff_id, role) SELECT id, 'EMPEROR' FROM staff LIMIT 1"],
    ['INV-36', "DELETE FROM staff_recovery_code WHERE used_at IS NOT NULL"],
    ['INV-38', "DELETE FROM staff_role WHERE role = 'SUPPLIER'"],
    ['INV-38', "SET STATEMENT foreign_key_checks = 0 FOR INSERT INTO staff_role (staff_id, role) SELECT id, 'ADMIN' FROM staff WHERE supplier_id IS NOT NULL"],
    ['INV-38', "SET STATEMENT foreign_key_checks = 0 FOR INSERT INTO staff_role (staff_id, role) SELECT id, 'SUPPLIER' FROM staff WHERE supplier_id IS NULL"],
    ['INV-38', "SET STATEMENT foreign_key_checks = 0 FOR DELETE FROM supplier"],
    ['INV-50', "DELETE FROM image_rendition LIMIT 1"],
    ['INV-50', "DELETE FROM image_rendition"],
    ['INV-50', "UPDATE image_rendition SET width = 5000 WHERE width = 300"],
    ['INV-50', "INSERT INTO image_rendition (image_id, format, width, size_bytes) SELECT id, 'WEBP', 1, 1 FROM image WHERE status = 'PENDING'"],
    ['INV-50', "INSERT INTO avatar (user_id, image_id) SELECT owner_id, id FROM image WHERE purpose = 'POST' AND status = 'READY'"],
    ['INV-50', "UPDATE avatar SET user_id = (SELECT owner_id FROM image WHERE purpose = 'POST' LIMIT 1)"],
    ['INV-119', "UPDATE share_scene SET target_id = id"],
    ['INV-119', "UPDATE share_scene SET target_type = 'TEAM'"],
    ['INV-119', "UPDATE share_scene SET target_type = 'POST'"],
    ['INV-119', "UPDATE share_scene SET code = 'aB3 E5fG7h'"],
    ['INV-120', "UPDATE share_quota SET used = used + 1 WHERE kind = 'CODE'"],
    ['INV-120', "UPDATE share_quota SET used = used + 1 WHERE kind = 'PERSON'"],
    ['INV-120', "DELETE FROM share_quota WHERE kind = 'LINK'"],
    ['INV-120', "DELETE FROM share_call LIMIT 1"],
    ['INV-121', "UPDATE share_artifact SET size_bytes = NULL WHERE kind = 'CODE'"],
    ['INV-121', "UPDATE share_artifact SET expires_at = made_at WHERE kind = 'CODE'"],
    ['INV-121', "UPDATE share_artifact SET address = 'images/x.jpg' WHERE kind = 'CODE'"],
    ['INV-121', "UPDATE share_artifact SET expires_at = NULL WHERE kind = 'URL_LINK'"],
    ['INV-121', "UPDATE share_artifact SET expires_at = expires_at + INTERVAL 1 DAY WHERE kind = 'URL_LINK'"],
    ['INV-51', "UPDATE image SET upload_until = '2020-01-01' WHERE status = 'PENDING'"],
    ['INV-51', "UPDATE image SET status = 'PROCESSING', uploaded_at = '2020-01-01' WHERE status = 'PENDING'"],
    ['INV-60', `UPDATE user SET ${GONE} LIMIT 1`],
    ['INV-60', `UPDATE user SET ${GONE.replace('ERASED', 'ERASING').replace('NOW(3)', 'NULL')} LIMIT 1`],
    ['INV-61', `UPDATE user SET ${GONE}`],
    ['INV-62', "INSERT INTO consent (user_id, purpose, version, kind, language) SELECT id, 'PHONE', 1, 'WITHDRAWN', 'zh' FROM user LIMIT 1"],
    ['INV-62', "INSERT INTO consent (user_id, purpose, version, kind, language) SELECT id, 'ACCOUNT', 1, 'GIVEN', 'zh' FROM user LIMIT 1"],
    ['INV-19', "UPDATE orders SET freight_minor = 1 LIMIT 1"],
    ['INV-79', "UPDATE orders SET freight_minor = 1 LIMIT 1"],
    ['INV-79', `UPDATE orders SET payable_minor = payable_minor + 7, freight_minor = 7 LIMIT 1; ${freight("(SELECT id FROM orders WHERE freight_minor = 7)", 7)}`],
    ['INV-79', `SET STATEMENT foreign_key_checks = 0 FOR ${freight("'x'", 0)}`],
    ['INV-80', "INSERT INTO sku_buyer (buyer_id, sku_id, units) SELECT buyer_id, buyer_id, 1 FROM orders LIMIT 1"],
    ['INV-80', "UPDATE orders SET awaits_team = FALSE WHERE status = 'TO_FULFIL'"],
    ['INV-81', "SET STATEMENT foreign_key_checks = 0 FOR UPDATE product SET freight_template_id = id"],
  ];
  it.each(meddling)('%s: %s', async (number, change) => {
    const broken = await brokenBy(...change.split('; '));
    expect(broken.map(({ invariant }) => invariant.number)).toContain(number);
    for (const { rows } of broken) expectImpersonal(rows);
  });

  describe('in a shop that never rests, once it has had its time:', () => {
    const LONG_AGO = 'UPDATE status_move SET moved_at = moved_at - INTERVAL 1 HOUR';
    const expired = (minutes: number): string =>
      `UPDATE team SET expires_at = NOW(3) - INTERVAL ${minutes} MINUTE WHERE status = 'FORMING'`;
    const overdue = (minutes: number): string =>
      `INSERT INTO job (name, args, run_at, lease) VALUES ('x', '{}', NOW(3) - INTERVAL ${minutes} MINUTE, 1)`;
    const aFact = (minutes: number): string =>
      `INSERT INTO job (name, args, run_at, created_at) VALUES ('orders.paid>Nobody.hears', '{}', NOW(3) + INTERVAL 1 DAY, NOW(3) - INTERVAL ${minutes} MINUTE)`;
    const REAL_CLOCK = 'DELETE FROM simulated_clock';
    const HELD = "UPDATE seat JOIN team ON team.id = team_id SET seat.status = 'HELD' WHERE team.status = 'FORMING'";
    const UNASKED = "UPDATE orders SET refunded_minor = 0, refunding_minor = 0 WHERE status = 'REFUNDED'";
    const UNHEARD = "UPDATE orders SET refunded_minor = 0 WHERE status = 'REFUNDED'";

    it.each<[name: string, broken: string[], patient: string[][]]>([
      [
        'expired-teams-end-when-nothing-is-held',
        [REAL_CLOCK, LONG_AGO, expired(31)],
        [
          [REAL_CLOCK, LONG_AGO, expired(29)],
          [REAL_CLOCK, expired(31)],
          [REAL_CLOCK, HELD, LONG_AGO, expired(31)],
          [LONG_AGO, expired(31)],
        ],
      ],
      ['failed-teams-ask-for-their-refunds', [LONG_AGO, UNASKED], [[UNASKED]]],
      ['orders-hear-of-their-refunds', [LONG_AGO, UNHEARD], [[UNHEARD], [LONG_AGO]]],
      ['facts-are-delivered-within-the-hour', [aFact(61)], [[aFact(59)]]],
      ['due-jobs-are-taken-up', [overdue(16)], [[overdue(14)]]],
    ])('%s', async (name, broken, patient) => {
      const namesBrokenBy = async (changes: string[]): Promise<string[]> =>
        (await brokenBy(...changes)).map(({ invariant }) => invariant.name);
      // Work lies about, so nothing that needs rest is judged.
      const busy = "INSERT INTO job (name, args, run_at) VALUES ('x', '{}', NOW(3))";
      expect(await namesBrokenBy([busy, ...broken])).toContain(name);
      for (const changes of patient) expect(await namesBrokenBy([busy, ...changes])).not.toContain(name);
    });
  });

  it('or refused by the database itself', async () => {
    // prettier-ignore
    const refused = [
      ['INV-2',  "UPDATE transfer SET amount_minor = 1 LIMIT 1"],
      ['INV-2',  "DELETE FROM stock_move LIMIT 1"],
      ['INV-3',  "INSERT INTO transfer (debit, credit, amount_minor, currency, code, source_type, source_id, kind) SELECT debit, credit, 1, currency, code, source_type, source_id, kind FROM transfer LIMIT 1"],
      ['INV-36', "INSERT INTO session (id, user_id, login_code_hash, refresh_hash, started_at, rotated_at, expires_at) SELECT '1', user_id, login_code_hash, refresh_hash, started_at, rotated_at, expires_at FROM session LIMIT 1"],
      ['INV-2',  "DELETE FROM audit_link LIMIT 1"],
      ['INV-2',  "UPDATE audit_link SET hash = REPEAT('x', 32) LIMIT 1"],
      ['INV-2',  "DELETE FROM audit_entry WHERE id = (SELECT * FROM (SELECT MAX(id) FROM audit_entry) AS newest)"],
      ['INV-2',  "UPDATE audit_entry SET reason = 'x' LIMIT 1"],
      ['INV-35', "UPDATE bulk_act SET status = 'APPROVED', decided_by_id = proposed_by_id"],
      ['INV-35', another({ reason: "' '" })],
      ['INV-35', another({ after: "'nothing'" })],
      ['INV-19', "UPDATE offer_price SET price_minor = 1 LIMIT 1"],
      ['INV-76', "UPDATE sku_price SET price_minor = 1 LIMIT 1"],
      ['INV-77', "INSERT INTO sku (id, product_id, code, title, option_values, price_minor, currency) SELECT 'x', product_id, 'x', '', option_values, 1, 'CNY' FROM sku LIMIT 1"],
      ['INV-84', "INSERT INTO catalog_import (id, status, makes_missing, lines_total, mistakes_total, lines_applied, lines_failed, applied_through, started_by) VALUES ('x', 'DONE', FALSE, 1, 0, 1, 0, 1, 'x')"],
      ['INV-50', "UPDATE image SET purpose = 'PRODUCT'"],
      ['INV-37', "INSERT INTO address (id, user_id, contents, is_default) SELECT 'a', user_id, contents, TRUE FROM address"],
      ['INV-38', "INSERT INTO staff_role (staff_id, role) SELECT id, 'ADMIN' FROM staff WHERE supplier_id IS NOT NULL"],
      ['INV-38', "INSERT INTO staff_role (staff_id, role) SELECT id, 'SUPPLIER' FROM staff WHERE supplier_id IS NULL"],
      ['INV-38', "UPDATE staff SET supplier_id = NULL"],
      ['INV-81', "UPDATE product SET freight_template_id = id"],
      ['INV-94', "INSERT INTO invoice (id, order_id, buyer_id, status, title_kind, currency, moved_at) SELECT 'x', order_id, buyer_id, 'REQUESTED', title_kind, currency, moved_at FROM invoice"],
      ['INV-100', "UPDATE settlement SET supplier_minor = supplier_minor + kept_minor"],
      ['INV-102', "UPDATE supplier_entry SET amount_minor = 1"],
      ['INV-105', "UPDATE payout SET approved_by_id = proposed_by_id WHERE status = 'PAID'"],
      ['INV-95', "UPDATE invoice SET number = NULL"],
      ['INV-113', "UPDATE message_grant SET taken = 9"],
      ['INV-114', "INSERT INTO message SELECT 'x', user_id, kind, subject_id, occasion_id, params, created_at, read_at FROM message LIMIT 1"],
      ['INV-92', "UPDATE invoice_line SET amount_minor = 1"],
      ['INV-6',  "INSERT INTO seat (id, team_id, offer_id, buyer_id, order_id, status, quantity, held_until) SELECT 'x', team_id, offer_id, buyer_id, 'x', 'HELD', 1, held_until FROM seat WHERE status = 'PAID' LIMIT 1"],
      ['INV-13', "INSERT INTO capture (id, payment_id, checkout_id, transaction_id, purpose, amount_minor, currency, succeeded_at) SELECT 'x', payment_id, checkout_id, transaction_id, 'DUPLICATE', 1, currency, succeeded_at FROM capture LIMIT 1"],
    ] as const;
    for (const [, change] of refused)
      await expect(brokenBy(change)).rejects.toThrow(
        /never changed or deleted|invoice_issued|settlement_parts|payout_two_people|message_grant_left|the supplier of an account is never changed|Duplicate|audit_entry_has_(reason|after)|bulk_act_needs_two|staff_role_fits|image_whose|product_freight|catalog_import_decided/,
      );
    const tried = new Set([...meddling, ...refused].map(([number]) => number));
    expect(INVARIANTS.map(({ number }) => number).filter((number) => !tried.has(number))).toEqual([]);
  });
});
