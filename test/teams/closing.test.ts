import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { deliver } from '../support/sound.js';
import { type PaidTeam, paidTeam } from './buyer.js';
import { expectSoundEnd } from './ending.js';
import { standing } from './rows.js';

const PRICE = 8_000;
const ROUNDS = 5;

let shop: Shop;
let operator: Desk;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  operator = await shop.operator('olive');
});
afterAll(async () => {
  await shop.close();
});

async function formedTeam(size = 2): Promise<PaidTeam> {
  const { offer } = await anOffer(shop, { size });
  return paidTeam(shop, offer.id, size);
}

async function giveBack(orderId: string, amountMinor: number): Promise<void> {
  const { __typename } = await operator.ask<{ __typename: string }>(
    'mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }',
    { input: { orderId, amountMinor, note: '一盒蓝莓压坏了', idempotencyKey: randomUUID() } },
  );
  expect(__typename).toBe('Refund');
}

describe('a formed team', () => {
  it('stays formed while one of its orders is not refunded', async () => {
    const { teamId, seats } = await formedTeam();
    await giveBack(seats[0]!.orderId, PRICE);
    await deliver(shop);
    const afterwards = { status: 'FORMED', seatsLive: 2, seatsPaid: 2, seats: ['REFUNDED_AFTER', 'CONFIRMED'] };
    expect(await standing(shop, teamId)).toMatchObject(afterwards);
  });

  it('stays formed while a part of an order is not refunded', async () => {
    const { teamId, seats } = await formedTeam();
    await giveBack(seats[0]!.orderId, PRICE);
    await giveBack(seats[1]!.orderId, PRICE - 1);
    await deliver(shop);
    expect(await standing(shop, teamId)).toMatchObject({ status: 'FORMED', seats: ['REFUNDED_AFTER', 'CONFIRMED'] });
    await giveBack(seats[1]!.orderId, 1);
    await deliver(shop);
    expect(await standing(shop, teamId)).toMatchObject({ status: 'CLOSED' });
  });

  it('is closed when the last of its orders is refunded', async () => {
    const { teamId, seats } = await formedTeam();
    for (const { orderId } of seats) {
      await giveBack(orderId, PRICE);
      await deliver(shop);
    }
    expect(await standing(shop, teamId)).toMatchObject({
      status: 'CLOSED',
      seats: ['REFUNDED_AFTER', 'REFUNDED_AFTER'],
    });
  });

  it('is closed once, when its last two refunds arrive at once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { teamId, seats } = await formedTeam();
      await Promise.all(seats.map(({ orderId }) => giveBack(orderId, PRICE)));
      await Promise.all([deliver(shop), deliver(shop)]);
      expect(await standing(shop, teamId)).toMatchObject({
        status: 'CLOSED',
        seats: ['REFUNDED_AFTER', 'REFUNDED_AFTER'],
      });
    }
    const twice = await shop.rows(
      "SELECT subject_id FROM status_move WHERE to_status = 'CLOSED' AND subject = 'team' GROUP BY subject_id HAVING COUNT(*) > 1",
    );
    expect(twice).toEqual([]);
  });

  it('is not closed before whoever left it has the money back', async () => {
    const { offer } = await anOffer(shop, { size: 2 });
    const { teamId, seats, members } = await paidTeam(shop, offer.id, 1);
    const heir = (await paidTeam(shop, offer.id, 1)).members[0]!;
    const joined = await heir.join(teamId);
    await members[0]!.leave(seats[0]!.id);
    await shop.fault('refund', 'abnormal');
    await heir.pay(joined);
    await deliver(shop);
    const second = await members[0]!.join(teamId);
    await members[0]!.pay(second);
    await deliver(shop);
    for (const { orderId } of [joined, second]) await giveBack(orderId, PRICE);
    await deliver(shop);
    expect(await standing(shop, teamId)).toMatchObject({
      status: 'FORMED',
      seats: ['REFUNDING', 'REFUNDED_AFTER', 'REFUNDED_AFTER'],
    });
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
