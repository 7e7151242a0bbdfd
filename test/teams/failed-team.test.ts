import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FormingService } from '#teams';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { deliver, expectEqualBooks, expectSettled } from '../support/sound.js';
import { type PaidTeam, paidTeam } from './buyer.js';
import { refundsOf, standing, tally } from './rows.js';

const HOUR = 3_600_000;
const PRICE = 8_000;
const PAID = 99;
const ABNORMAL = 4;

/** What the channel does to the refunds of the team, in this order, before it does as it is asked. */
const TROUBLE: readonly (readonly [operation: string, kind: string, times: number, code?: string])[] = [
  ['refund', 'abnormal', ABNORMAL],
  ['refund', 'closed', 10],
  ['refund', 'timeout_before', 10],
  ['refund', 'timeout_after', 15],
  ['refund', 'hang', 2],
  ['refund', 'error_500', 10],
  ['refund', 'error_429', 10],
  ['refund', 'refuse', 5, 'TRADE_ERROR'],
  ['refund', 'bad_signature', 5],
  ['query_refund', 'error_500', 5],
  ['query_refund', 'timeout_before', 5],
  ['query_refund', 'wrong_amount', 2],
  ['refund_notify', 'repeat', 20],
  ['refund_notify', 'lose', 10],
  ['refund_notify', 'reorder', 5],
  ['refund_notify', 'bad_signature', 5],
];

let shop: Shop;
let operator: Desk;
let team: PaidTeam;

beforeAll(async () => {
  shop = await Shop.open({
    environment: { BUSINESS_CLOCK: 'simulated', WECHAT_TIMEOUT_MILLISECONDS: '5000' },
    wechat: { refundGapSeconds: 0 },
  });
  operator = await shop.operator('olive');
  const { offer } = await anOffer(shop, { size: 100, ttlSeconds: 3_600, stock: 1_000 });
  team = await paidTeam(shop, offer.id, PAID);
}, 180_000);
afterAll(async () => {
  await shop.close();
});

describe('a team of a hundred that fails for want of one, while the channel does all that it can to lose refunds', () => {
  it('gives every member all the money back exactly once, or owes it in the operators’ queue', async () => {
    for (const [operation, kind, times, code] of TROUBLE) await shop.fault(operation, kind, times, code);
    await shop.setTime(new Date(Date.now() + 2 * HOUR));
    await shop.get(FormingService).expire();
    await Promise.all([shop.drain(), shop.drain()]);
    await deliver(shop);

    expect((await standing(shop, team.teamId)).status).toBe('FAILED');
    const refunds = await refundsOf(shop, team.seats);
    const finals = refunds.filter(({ status }) => status !== 'CLOSED'); // The channel gave up on these, and each has a successor.
    expect(finals.map(({ orderId }) => orderId).toSorted()).toEqual(
      team.seats.map(({ orderId }) => orderId).toSorted(),
    );
    expect(tally(finals.map(({ status, amountMinor }) => `${status} ${amountMinor}`))).toEqual({
      [`SUCCEEDED ${PRICE}`]: PAID - ABNORMAL,
      [`ABNORMAL ${PRICE}`]: ABNORMAL,
    });
    const { edges } = await operator.ask<{ edges: { node: { orderId: string; problem: string } }[] }>(
      '{ refundQueue(first: 100) { edges { node { orderId problem } } } }',
    );
    const owed = finals.filter(({ status }) => status === 'ABNORMAL').map(({ orderId }) => orderId);
    expect(edges.map(({ node }) => node.orderId).toSorted()).toEqual(owed.toSorted());
  }, 180_000);

  it('leaves nothing broken, and our books equal to WeChat’s', async () => {
    await expectSettled(shop);
    await expectEqualBooks(shop);
    const [back] = await shop.rows<{ refunded: string }>('SELECT SUM(refunded_minor) AS refunded FROM capture');
    expect(Number(back!.refunded)).toBe((PAID - ABNORMAL) * PRICE);
  });
});
