import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfferId, Seat } from '#teams';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { type Buyer, buyers, outcomes } from './buyer.js';
import { expectSoundEnd } from './ending.js';
import { refundsOf, seatNow, standing } from './rows.js';

const PRICE = 8_000;
const left = { reason: 'LEFT', status: 'SUCCEEDED', amountMinor: PRICE };

let shop: Shop;
let ana: Buyer;
let bo: Buyer;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo] = (await buyers(shop, 2)) as [Buyer, Buyer];
});
afterAll(async () => {
  await shop.close();
});

/** The first seat of a new team, which others can join: of three, unless the test says otherwise. */
async function openTeam(offerId?: OfferId): Promise<Seat> {
  const opened = await ana.open(offerId ?? (await anOffer(shop)).offer.id);
  await ana.pay(opened);
  await settle(shop);
  return opened;
}

describe('a seat that is only held', () => {
  it('is given up with its checkout: nothing can be paid any more', async () => {
    const opened = await openTeam();
    const bos = await bo.join(opened.teamId);
    const prepayId = await bo.prepay(bos);
    const key = randomUUID();
    expect((await bo.leave(bos.id, key)).id).toBe(bos.id);
    await settle(shop);
    await expect(bo.payPrepaid(prepayId)).rejects.toThrow(/ORDER_CLOSED/);
    expect(await standing(shop, opened.teamId)).toMatchObject({ seatsLive: 1, seats: ['PAID', 'RELEASED'] });
    expect((await bo.leave(bos.id, key)).status).toBe('RELEASED');
    expect(await outcomes([bo.leave(bos.id)])).toEqual({ NotInTeam: 1 });
  });

  it('ends a team that was never paid for', async () => {
    const { offer } = await anOffer(shop, { size: 2 });
    const opened = await ana.open(offer.id);
    await ana.leave(opened.id);
    await settle(shop);
    expect(await standing(shop, opened.teamId)).toMatchObject({ status: 'ABORTED', seats: ['RELEASED'] });
  });

  it('that was paid at that very moment stays; leaving it again, with the same key too, gives the money back', async () => {
    const opened = await openTeam();
    const bos = await bo.join(opened.teamId);
    await bo.pay(bos); // Booked, but its team has not heard of it yet.
    const key = randomUUID();
    expect(await outcomes([bo.leave(bos.id, key)])).toEqual({ CheckoutAlreadyPaid: 1 });
    await settle(shop);
    expect((await seatNow(shop, bos)).status).toBe('PAID');
    expect((await bo.leave(bos.id, key)).status).toBe('REFUNDING');
    await settle(shop);
    expect(await refundsOf(shop, [bos])).toEqual([{ ...left, orderId: bos.orderId }]);
  });

  it('that was paid at that very moment and formed its team stays for good', async () => {
    const { offer } = await anOffer(shop, { size: 2 });
    const opened = await openTeam(offer.id);
    const bos = await bo.join(opened.teamId);
    await bo.pay(bos);
    const key = randomUUID();
    expect(await outcomes([bo.leave(bos.id, key)])).toEqual({ CheckoutAlreadyPaid: 1 });
    await settle(shop);
    expect(await outcomes([bo.leave(bos.id, key)])).toEqual({ TeamAlreadyFormed: 1 });
  });

  it('can be left again with the same key when the channel did not answer', async () => {
    const opened = await openTeam();
    const bos = await bo.join(opened.teamId);
    await bo.prepay(bos);
    await shop.fault('close', 'error_500');
    const key = randomUUID();
    await expect(bo.leave(bos.id, key)).rejects.toThrow();
    expect((await seatNow(shop, bos)).status).toBe('HELD');
    await bo.leave(bos.id, key);
    await settle(shop);
    expect((await seatNow(shop, bos)).status).toBe('RELEASED');
  });
});

describe('in a team that costs nothing', () => {
  it('leaving is over at once: there is nothing to give back', async () => {
    const { offer } = await anOffer(shop, { size: 3, teamPriceMinor: 0 });
    const opened = await ana.open(offer.id);
    await settle(shop);
    const bos = await bo.join(opened.teamId);
    await settle(shop);
    await ana.leave(opened.id);
    await settle(shop);
    const afterwards = { status: 'FORMING', openedById: bo.id, seats: ['REFUNDED', 'PAID'] };
    expect(await standing(shop, opened.teamId)).toMatchObject(afterwards);
    await bo.leave(bos.id);
    await settle(shop);
    expect(await standing(shop, opened.teamId)).toMatchObject({ status: 'FAILED', seats: ['REFUNDED', 'REFUNDED'] });
    expect(await refundsOf(shop, [opened, bos])).toEqual([]);
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
