import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes } from '#common';
import type { Seat } from '#teams';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { type Buyer, buyers, outcomes } from './buyer.js';
import { expectSoundEnd } from './ending.js';
import { refundsOf, seatNow, standing } from './rows.js';

const PRICE = 8_000;

let shop: Shop;
let ana: Buyer;
let bo: Buyer;
let cy: Buyer;
let di: Buyer;
let now: Date;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  now = new Date();
  [ana, bo, cy, di] = (await buyers(shop, 4)) as [Buyer, Buyer, Buyer, Buyer];
});
afterAll(async () => {
  await shop.close();
});

/** Pays for a seat a second later than the one before, and waits until its team has heard of it. */
async function paid(buyer: Buyer, seat: Seat): Promise<Seat> {
  now = new Date(now.getTime() + 1_000);
  await shop.setTime(now);
  await buyer.pay(seat);
  await settle(shop);
  return seat;
}

/** Seats in one new team of four, paid one after the other; the first buyer opens it. */
async function team(first: Buyer, ...others: Buyer[]): Promise<[Seat, ...Seat[]]> {
  const { offer } = await anOffer(shop, { size: 4 });
  const opened = await paid(first, await first.open(offer.id));
  const joined: Seat[] = [];
  for (const other of others) joined.push(await paid(other, await other.join(opened.teamId)));
  return [opened, ...joined];
}

const left = { reason: 'LEFT', status: 'SUCCEEDED', amountMinor: PRICE };

describe('whoever leaves a team that is not formed', () => {
  it('gets all the money back, and the seat is free for somebody else', async () => {
    const [opened, bos] = await team(ana, bo);
    expect((await bo.leave(bos!.id)).status).toBe('REFUNDING');
    expect(await standing(shop, opened.teamId)).toMatchObject({ status: 'FORMING', seatsLive: 1, seatsPaid: 1 });
    await settle(shop);
    expect(await seatNow(shop, bos!)).toMatchObject({ status: 'REFUNDED' });
    expect(await refundsOf(shop, [bos!])).toEqual([{ ...left, orderId: bos!.orderId }]);
    expect((await cy.join(opened.teamId)).status).toBe('HELD');
    expect(await standing(shop, opened.teamId)).toMatchObject({ seatsLive: 2, seatsPaid: 1 });
  });

  it('ends the team when nobody else is in it', async () => {
    const [opened] = await team(ana);
    await ana.leave(opened.id);
    await settle(shop);
    const end = { status: 'FAILED', seatsLive: 0, seatsPaid: 0, seats: ['REFUNDED'] };
    expect(await standing(shop, opened.teamId)).toMatchObject(end);
    expect(await refundsOf(shop, [opened])).toEqual([{ ...left, orderId: opened.orderId }]);
    expect(await outcomes([bo.join(opened.teamId)])).toEqual({ TeamClosed: 1 });
  });

  it('fails it at once as the last one of all, and each is refunded once', async () => {
    const seats = await team(ana, bo, cy);
    await Promise.all([ana.leave(seats[0].id), bo.leave(seats[1]!.id), cy.leave(seats[2]!.id)]);
    expect((await standing(shop, seats[0].teamId)).status).toBe('FAILED');
    await settle(shop);
    expect((await standing(shop, seats[0].teamId)).seats).toEqual(['REFUNDED', 'REFUNDED', 'REFUNDED']);
    const refunds = await refundsOf(shop, seats);
    expect(refunds.map(({ orderId }) => orderId).toSorted()).toEqual(seats.map(({ orderId }) => orderId).toSorted());
    expect(refunds).toEqual(seats.map(() => expect.objectContaining(left)));
  });

  it('may come back, with the units that leaving gave back', async () => {
    const { offer } = await anOffer(shop, { size: 3, unitsPerBuyer: 2 });
    const opened = await paid(ana, await ana.open(offer.id));
    const first = await paid(bo, await bo.join(opened.teamId, 2));
    expect(await outcomes([bo.open(offer.id)])).toEqual({ BuyerLimitReached: 1 });
    await bo.leave(first.id);
    const second = await paid(bo, await bo.join(opened.teamId, 2));
    expect((await standing(shop, opened.teamId)).seats).toEqual(['PAID', 'REFUNDED', 'PAID']);
    await bo.leave(second.id);
    await settle(shop);
    expect(await refundsOf(shop, [first, second])).toEqual([
      { ...left, orderId: first.orderId, amountMinor: 2 * PRICE },
      { ...left, orderId: second.orderId, amountMinor: 2 * PRICE },
    ]);
  });

  it('gives the stock back with the seat', async () => {
    const { offer, skuId } = await anOffer(shop, { size: 3, stock: 2 });
    const opened = await paid(ana, await ana.open(offer.id));
    const bos = await paid(bo, await bo.join(opened.teamId));
    expect(await outcomes([cy.join(opened.teamId)])).toEqual({ SoldOut: 1 });
    await bo.leave(bos.id);
    expect((await cy.join(opened.teamId)).status).toBe('HELD');
    const [stock] = await shop.rows('SELECT on_hand, reserved, sold FROM stock WHERE sku_id = ?', [idBytes(skuId)]);
    expect(stock).toEqual({ on_hand: 0, reserved: 2, sold: 0 });
  });
});

describe('when the opener leaves', () => {
  it('the earliest paid of the others takes over, the end stays, and the heir may leave as well', async () => {
    const [opened, bos, cys] = await team(ana, bo, cy);
    const { expiresAt } = await standing(shop, opened.teamId);
    await ana.leave(opened.id);
    expect(await standing(shop, opened.teamId)).toMatchObject({ openedById: bo.id, seatsLive: 2, seatsPaid: 2 });
    await bo.leave(bos!.id);
    expect(await standing(shop, opened.teamId)).toMatchObject({ openedById: cy.id, expiresAt, status: 'FORMING' });
    await cy.leave(cys!.id);
    expect(await standing(shop, opened.teamId)).toMatchObject({ status: 'FAILED' });
  });

  it('and comes back, the team stays with the heir', async () => {
    const [opened] = await team(ana, bo);
    await ana.leave(opened.id);
    await paid(ana, await ana.join(opened.teamId));
    expect(await standing(shop, opened.teamId)).toMatchObject({ openedById: bo.id, seatsPaid: 2 });
  });

  it('who paid first counts, not who joined first', async () => {
    const [opened] = await team(ana);
    const bos = await bo.join(opened.teamId);
    await paid(cy, await cy.join(opened.teamId));
    await paid(bo, bos);
    await ana.leave(opened.id);
    expect((await standing(shop, opened.teamId)).openedById).toBe(cy.id);
  });

  it('a team that others are still paying for goes on, and belongs to the first who has paid', async () => {
    const [opened] = await team(ana);
    const [bos, cys] = [await bo.join(opened.teamId), await cy.join(opened.teamId)];
    await ana.leave(opened.id);
    expect(await standing(shop, opened.teamId)).toMatchObject({ status: 'FORMING', seatsLive: 2, seatsPaid: 0 });
    await paid(cy, cys);
    await paid(bo, bos);
    expect(await standing(shop, opened.teamId)).toMatchObject({ openedById: cy.id, seatsPaid: 2 });
  });

  it('a team that others were about to pay for fails when they give up too', async () => {
    const [opened] = await team(ana);
    const bos = await bo.join(opened.teamId);
    await ana.leave(opened.id);
    await bo.leave(bos.id);
    await settle(shop);
    const end = { status: 'FAILED', seatsLive: 0, seats: ['REFUNDED', 'RELEASED'] };
    expect(await standing(shop, opened.teamId)).toMatchObject(end);
  });

  it('an heir who joins an empty-handed team can be its former opener again', async () => {
    const [opened] = await team(ana);
    await bo.join(opened.teamId);
    await ana.leave(opened.id);
    await paid(ana, await ana.join(opened.teamId));
    expect(await standing(shop, opened.teamId)).toMatchObject({ openedById: ana.id, seatsLive: 2, seatsPaid: 1 });
  });
});

describe('leaving the same seat', () => {
  it.each([2, 5])('%i times at once with one key is leaving it once, with the same answer', async (times) => {
    const [opened] = await team(ana, bo);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: times }, () => ana.leave(opened.id, key)));
    expect(answers.map(({ id, status }) => [id, status])).toEqual(
      answers.map(() => [opened.id, expect.stringMatching(/^REFUND/)]),
    );
    await settle(shop);
    expect(await refundsOf(shop, [opened])).toEqual([{ ...left, orderId: opened.orderId }]);
    expect((await standing(shop, opened.teamId)).seatsLive).toBe(1);
  });

  it('twice at once with two keys is leaving it once, and being told so', async () => {
    const [opened] = await team(ana, bo);
    expect(await outcomes([ana.leave(opened.id), ana.leave(opened.id)])).toEqual({ Seat: 1, NotInTeam: 1 });
    await settle(shop);
    expect(await refundsOf(shop, [opened])).toHaveLength(1);
  });

  it('is refused to anybody else, as if there were no such seat', async () => {
    const [opened] = await team(ana, bo);
    await expect(bo.leave(opened.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await standing(shop, opened.teamId)).seatsLive).toBe(2);
  });

  it('is not possible once the team has formed', async () => {
    const seats = await team(ana, bo, cy, di);
    expect((await standing(shop, seats[0].teamId)).status).toBe('FORMED');
    expect(await outcomes([ana.leave(seats[0].id), di.leave(seats[3]!.id)])).toEqual({ TeamAlreadyFormed: 2 });
  });

  it('is not possible once the team has failed: its money is on the way already', async () => {
    const [opened, bos] = await team(ana, bo);
    await ana.leave(opened.id);
    await bo.leave(bos!.id);
    expect(await outcomes([bo.leave(bos!.id)])).toEqual({ NotInTeam: 1 });
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
