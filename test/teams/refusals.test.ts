import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { Product } from '#catalog';
import { newId, secondsAfter } from '#common';
import { OffersService } from '#teams';
import { anOffer, type OfferTerms, type OnSale } from '../support/builders.js';
import type { Phone, SeatAnswer } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { expectSoundEnd } from './ending.js';
import {
  type Asked,
  buyerLimit,
  expectError,
  expectRefusal,
  FROZEN,
  notInTeam,
  notOnSale,
  orderLimit,
  send,
  soldOut,
  teamClosed,
} from './saying-no.js';

const DAY_SECONDS = 86_400;

let shop: Shop;
let ana: Phone;
let bo: Phone;
let cy: Phone;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo, cy] = await Promise.all([shop.login('ana'), shop.login('bo'), shop.login('cy')]);
});
afterAll(async () => {
  await shop.close();
});

async function pay(phone: Phone, seat: SeatAnswer): Promise<void> {
  await phone.pay(seat.order.checkout.id, { notify: { lose: true } });
  await phone.confirmPayment(seat.order.checkout.id);
  await settle(shop);
}

/** Ana's team, open to others. */
async function anasTeam(terms: OfferTerms = {}): Promise<OnSale & { seat: SeatAnswer; teamId: string }> {
  const sale = await anOffer(shop, terms);
  const seat = await ana.open(sale.offer.id);
  await pay(ana, seat);
  return { ...sale, seat, teamId: seat.team.id };
}

describe('opening a team is refused', () => {
  const opening = (offerId: string, quantity = 1): Asked => ({ mutation: 'teamOpen', input: { offerId, quantity } });

  it.each([
    { when: 'before the offer starts', afterDays: 0 },
    { when: 'after it is over', afterDays: 3 },
  ])('$when: OfferNotOpen says from when to when', async ({ afterDays }) => {
    const now = new Date();
    const [startsAt, endsAt] = [secondsAfter(now, DAY_SECONDS), secondsAfter(now, 2 * DAY_SECONDS)];
    const { offer } = await anOffer(shop, { startsAt, endsAt });
    await shop.setTime(secondsAfter(now, afterDays * DAY_SECONDS));
    await expectRefusal(bo, opening(offer.id), {
      type: 'OfferNotOpen',
      fields: { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      zh: '该拼团活动未开始或已结束。',
      en: 'This offer has not started or is over.',
    });
    await shop.setTime(now);
  });

  it('while the shop has stopped the offer: OfferFrozen', async () => {
    const { offer } = await anOffer(shop);
    await shop.get(OffersService).freeze(offer.id, { by: 'command:test', reason: '价格有误' });
    await expectRefusal(bo, opening(offer.id), FROZEN);
  });

  it('with more units than an order may have: OrderLimitExceeded says how many that is', async () => {
    const { offer } = await anOffer(shop, { unitsPerOrder: 2, unitsPerBuyer: 5 });
    await expectRefusal(bo, opening(offer.id, 3), orderLimit(2));
  });

  it('with more units than a buyer may have: BuyerLimitReached says how many that is', async () => {
    const { offer } = await anOffer(shop, { unitsPerOrder: 2, unitsPerBuyer: 3 });
    await bo.open(offer.id, 2);
    await expectRefusal(bo, opening(offer.id, 2), buyerLimit(3));
  });

  it('when the product is not sold: NotOnSale names the SKU', async () => {
    const { offer, productId, skuId } = await anOffer(shop);
    await shop.source.manager.update(Product, { id: productId }, { status: 'OFF_SALE' });
    await expectRefusal(bo, opening(offer.id), notOnSale(skuId));
  });

  it('when there is not enough left: SoldOut names the SKU', async () => {
    const { offer, skuId } = await anOffer(shop, { stock: 1 });
    await expectRefusal(bo, opening(offer.id, 2), soldOut(skuId));
  });

  it('by an offer that does not exist, at its field', async () => {
    const missing = { code: 'NOT_FOUND', path: 'input.offerId', zh: '没有找到。', en: 'Does not exist.' };
    await expectError(bo, opening(newId('offer')), missing);
  });
});

describe('joining a team is refused', () => {
  const joining = (teamId: string, quantity = 1): Asked => ({ mutation: 'teamJoin', input: { teamId, quantity } });

  it('to who is in it: SeatAlreadyHeld', async () => {
    const { teamId } = await anasTeam();
    await expectRefusal(ana, joining(teamId), {
      type: 'SeatAlreadyHeld',
      zh: '您已在该团中。',
      en: 'You have a seat in this team already.',
    });
  });

  it('while its opener has not paid: TeamClosed says that it is pending', async () => {
    const { offer } = await anOffer(shop);
    const seat = await ana.open(offer.id);
    await expectRefusal(bo, joining(seat.team.id), teamClosed('PENDING'));
  });

  it('when everybody has left it: TeamClosed says that it has failed', async () => {
    const { teamId, seat } = await anasTeam();
    await send(ana, { mutation: 'teamLeave', input: { seatId: seat.id } }, '', 'en');
    await expectRefusal(bo, joining(teamId), teamClosed('FAILED'));
  });

  it('when it has formed: TeamClosed says so', async () => {
    const { teamId } = await anasTeam({ size: 2 });
    await pay(bo, await bo.join(teamId));
    await expectRefusal(cy, joining(teamId), teamClosed('FORMED'));
  });

  it('when every seat is held or paid for: TeamFull says how many there are', async () => {
    const { teamId } = await anasTeam({ size: 2 });
    await bo.join(teamId);
    await expectRefusal(cy, joining(teamId), {
      type: 'TeamFull',
      fields: { size: 2 },
      zh: '该团已满，请参加其他团或自己开团。',
      en: 'This team is full. Join another one or open your own.',
    });
  });

  it('while the shop has stopped its offer: OfferFrozen', async () => {
    const { teamId, offer } = await anasTeam();
    await shop.get(OffersService).freeze(offer.id, { by: 'command:test', reason: '价格有误' });
    await expectRefusal(bo, joining(teamId), FROZEN);
  });

  it('with more units than an order may have: OrderLimitExceeded says how many that is', async () => {
    const { teamId } = await anasTeam({ unitsPerOrder: 2, unitsPerBuyer: 5 });
    await expectRefusal(bo, joining(teamId, 3), orderLimit(2));
  });

  it('with more units than a buyer may have: BuyerLimitReached says how many that is', async () => {
    const { teamId, offer } = await anasTeam({ unitsPerOrder: 2, unitsPerBuyer: 3 });
    await bo.open(offer.id, 2);
    await expectRefusal(bo, joining(teamId, 2), buyerLimit(3));
  });

  it('when the product is not sold any more: NotOnSale names the SKU', async () => {
    const { teamId, productId, skuId } = await anasTeam();
    await shop.source.manager.update(Product, { id: productId }, { status: 'OFF_SALE' });
    await expectRefusal(bo, joining(teamId), notOnSale(skuId));
  });

  it('when there is not enough left: SoldOut names the SKU', async () => {
    const { teamId, skuId } = await anasTeam({ stock: 2 });
    await expectRefusal(bo, joining(teamId, 2), soldOut(skuId));
  });

  it('when there is no such team, at its field', async () => {
    const missing = { code: 'NOT_FOUND', path: 'input.teamId', zh: '没有找到。', en: 'Does not exist.' };
    await expectError(bo, joining(newId('team')), missing);
  });
});

describe('leaving a team is refused', () => {
  const leaving = (seatId: string): Asked => ({ mutation: 'teamLeave', input: { seatId } });

  it('once it has formed: TeamAlreadyFormed', async () => {
    const { teamId, seat } = await anasTeam({ size: 2 });
    await pay(bo, await bo.join(teamId));
    await expectRefusal(ana, leaving(seat.id), {
      type: 'TeamAlreadyFormed',
      zh: '该团已成团，不能退出；如需退款请联系商家。',
      en: 'This team has formed, so nobody can leave it. Ask the shop if you need your money back.',
    });
  });

  it('to who has left it: NotInTeam says what became of the seat', async () => {
    const { seat } = await anasTeam();
    await send(ana, leaving(seat.id), '', 'en');
    await expectRefusal(ana, leaving(seat.id), notInTeam('REFUNDING'));
    await settle(shop);
    await expectRefusal(ana, leaving(seat.id), notInTeam('REFUNDED'));
  });

  it('to who gave the seat up unpaid: NotInTeam says that it is released', async () => {
    const { teamId } = await anasTeam();
    const seat = await bo.join(teamId);
    await bo.cancel(seat.order.checkout.id);
    await settle(shop);
    await expectRefusal(bo, leaving(seat.id), notInTeam('RELEASED'));
  });

  it('in the moment in which the seat is paid: CheckoutAlreadyPaid shows the checkout', async () => {
    const { teamId } = await anasTeam();
    const { id, order } = await bo.join(teamId);
    await bo.pay(order.checkout.id, { notify: { lose: true } });
    await bo.confirmPayment(order.checkout.id);
    await expectRefusal(bo, leaving(id), {
      type: 'CheckoutAlreadyPaid',
      fields: { checkout: { id: order.checkout.id, status: 'PAID' } },
      zh: '该订单已支付。',
      en: 'This has been paid already.',
    });
    await settle(shop);
  });

  it('with somebody else’s seat as with none at all, at its field', async () => {
    const { seat } = await anasTeam();
    const missing = { code: 'NOT_FOUND', path: 'input.seatId', zh: '没有找到。', en: 'Does not exist.' };
    await expectError(bo, leaving(seat.id), missing);
    await expectError(bo, leaving(newId('seat')), missing);
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
