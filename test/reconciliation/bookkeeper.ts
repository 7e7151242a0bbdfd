import { randomUUID } from 'node:crypto';
import { newId, secondsAfter, Transactor } from '#common';
import { Jobs } from '#jobs';
import { BillDay, type BillDayId, Finding, type FindingId, reconcileDays } from '#reconciliation';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';

export interface FoundRow {
  readonly type: string;
  readonly kind: string;
  readonly subject: string;
  readonly status: string;
  readonly advice: string;
}

/** A shop whose clock is set by hand, beside a channel that makes bills as often as it is asked. */
export function openShop(): Promise<Shop> {
  return Shop.open({
    environment: { BUSINESS_CLOCK: 'simulated' },
    wechat: { billsPerSecond: 1_000, refundGapSeconds: 0 },
  });
}

/** Sets the shop's clock and the channel's to a time in China, `2026-11-20 23:59:59`. */
export function setChinaTime(shop: Shop, time: string): Promise<void> {
  return shop.setTime(new Date(`${time.replace(' ', 'T')}+08:00`));
}

/** Somebody buys and pays; the shop asks the channel whether it has come. Gives the order. */
export async function sell(shop: Shop, buyer: Phone, skuId: string): Promise<string> {
  const checkout = await buyer.buy(skuId);
  await buyer.pay(checkout.id, { notify: { lose: true } });
  await buyer.confirmPayment(checkout.id);
  await settle(shop);
  return checkout.orders[0]!.id;
}

/** One of the staff gives back a part of an order; the refund's id. */
export async function giveBack(by: Desk, orderId: string, amountMinor: number): Promise<string> {
  const { id } = await by.ask<{ id: string }>(
    'mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { ... on Refund { id } ... on Refusal { message } } }',
    { input: { orderId, amountMinor, note: '一盒蓝莓压坏了', idempotencyKey: randomUUID() } },
  );
  return id;
}

/** What the clock does every ten minutes, and what comes of it; bills that could not be had are due again at once. */
export async function reconcile(shop: Shop): Promise<void> {
  await shop.rows('UPDATE bill_day SET next_try_at = NOW(3)');
  await shop.get(Transactor).run((db) => shop.get(Jobs).enqueue(db, reconcileDays, {}));
  await settle(shop);
}

/** Where the things that are found stand at the channel. */
export async function theirStates(shop: Shop): Promise<(string | null)[]> {
  const rows = await shop.rows<{ state: string | null }>('SELECT their_state AS state FROM finding ORDER BY id');
  return rows.map(({ state }) => state);
}

export function bills(shop: Shop): Promise<{ type: string; day: string; status: string; problem: string | null }[]> {
  return shop.rows(
    "SELECT type, DATE_FORMAT(day, '%Y-%m-%d') AS day, status, problem FROM bill_day ORDER BY day, type DESC",
  );
}

export function findings(shop: Shop): Promise<FoundRow[]> {
  return shop.rows(
    `SELECT type, kind, subject, finding.status, advice FROM finding JOIN bill_day ON bill_day.id = bill_day_id
     ORDER BY day, type DESC, finding.id`,
  );
}

/** What the ledger says of an account: credits less debits. */
export async function balanceOf(shop: Shop, account: string): Promise<number> {
  const [row] = await shop.rows<{ balance: string }>(
    `SELECT COALESCE(SUM(IF(credit = ?, amount_minor, -amount_minor)), 0) AS balance FROM transfer WHERE ? IN (credit, debit)`,
    [account, account],
  );
  return Number(row?.balance);
}

let days = 0;

/** A trade bill of long ago with one open finding, of a day that no other has. */
export async function anOpenFinding(shop: Shop): Promise<{ billDayId: BillDayId; findingId: FindingId }> {
  const [billDayId, findingId, now] = [newId('bill_day'), newId('finding'), new Date()];
  const day = secondsAfter(new Date('2020-01-01T00:00:00Z'), 86_400 * days++)
    .toISOString()
    .slice(0, 10);
  await shop.source.manager.insert(BillDay, {
    ...{ id: billDayId, type: 'TRADE', day, status: 'OPEN', currency: 'CNY', nextTryAt: now, fetchedAt: now },
    ...{ linesTotal: 0, inMinor: 0, outMinor: 0, feeMinor: 0, openingMinor: null, closingMinor: null },
    ...{ hash: null, problem: null, closedAt: null },
  });
  await shop.source.manager.insert(Finding, {
    ...{ id: findingId, billDayId, kind: 'MISSING', subject: 'TRADE', about: findingId, status: 'OPEN' },
    ...{ ourNumber: null, channelNumber: findingId, oursMinor: 1, theirsMinor: null, currency: 'CNY' },
    ...{ ourState: 'SUCCESS', theirState: null, advice: 'CLAIM', foundAt: now },
    ...{ resolvedAt: null, resolvedById: null, reason: null },
  });
  return { billDayId, findingId };
}
