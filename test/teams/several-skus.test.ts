import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService, type SkuId } from '#catalog';
import { newId, secondsAfter } from '#common';
import { type OfferId, OffersService } from '#teams';
import { anOffer } from '../support/builders.js';
import type { Phone, SeatAnswer } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { expectSoundEnd } from './ending.js';
import { expectError, send } from './saying-no.js';

const DAY_SECONDS = 86_400;

let shop: Shop;
let ana: Phone;
let bo: Phone;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo] = await Promise.all([shop.login('ana'), shop.login('bo')]);
});
afterAll(async () => {
  await shop.close();
});

/** An offer of a product with two sizes. */
async function offerOfTwo(): Promise<{ offerId: OfferId; skuIds: [SkuId, SkuId] }> {
  return shop.source.transaction(async (db) => {
    const because = { by: 'command:test', reason: 'an offer of a test' } as const;
    const product = {
      ...{ supplier: '好团自营', name: '草莓', category: '水果', description: '测试' },
      skus: ['小盒', '大盒'].map((title) => ({ code: newId('sku'), title, priceMinor: 2_000, quantity: 100 })),
    };
    const [small, large] = await shop.get(CatalogService).add(db, [product], because);
    const now = new Date();
    const offer = await shop.get(OffersService).add(db, {
      ...{ size: 2, ttlSeconds: DAY_SECONDS, unitsPerOrder: 5, unitsPerBuyer: 5 },
      prices: [
        { skuId: small!.sku.id, priceMinor: 1_000, unitsMax: 100 },
        { skuId: large!.sku.id, priceMinor: 1_500, unitsMax: 100 },
      ],
      ...{ startsAt: secondsAfter(now, -DAY_SECONDS), endsAt: secondsAfter(now, DAY_SECONDS) },
      ...because,
    });
    return { offerId: offer.id, skuIds: [small!.sku.id, large!.sku.id] };
  });
}

describe('an offer of several SKUs', () => {
  const NONE = {
    ...{ code: 'BAD_USER_INPUT', path: 'input.skuId' },
    ...{ zh: '该活动有多个规格，请选择一个。', en: 'The offer has several SKUs. Choose one of them.' },
  };
  const FOREIGN = {
    ...{ code: 'BAD_USER_INPUT', path: 'input.skuId' },
    ...{ zh: '该活动不包含此规格。', en: 'Must be one of the SKUs of the offer.' },
  };
  const PAYABLE = '... on Seat { id team { id } order { payableMinor lines { sku { id } } checkout { id } } }';

  it('wants one of them named by who opens and by who joins, and nothing else', async () => {
    const { offerId, skuIds } = await offerOfTwo();
    const other = await anOffer(shop);
    await expectError(ana, { mutation: 'teamOpen', input: { offerId } }, NONE);
    await expectError(ana, { mutation: 'teamOpen', input: { offerId, skuId: null } }, NONE);
    await expectError(ana, { mutation: 'teamOpen', input: { offerId, skuId: other.skuId } }, FOREIGN);

    const opening = { mutation: 'teamOpen', input: { offerId, skuId: skuIds[1] } } as const;
    const { data } = await send(ana, opening, PAYABLE, 'en');
    const seat = data!['teamOpen'] as unknown as SeatAnswer;
    expect(seat.order).toMatchObject({ payableMinor: 1_500, lines: [{ sku: { id: skuIds[1] } }] });
    await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(seat.order.checkout.id);
    await settle(shop);

    const teamId = seat.team.id;
    await expectError(bo, { mutation: 'teamJoin', input: { teamId } }, NONE);
    await expectError(bo, { mutation: 'teamJoin', input: { teamId, skuId: other.skuId } }, FOREIGN);
    const joined = await send(bo, { mutation: 'teamJoin', input: { teamId, skuId: skuIds[0] } }, PAYABLE, 'en');
    expect(joined.data!['teamJoin']).toMatchObject({
      order: { payableMinor: 1_000, lines: [{ sku: { id: skuIds[0] } }] },
    });
  });

  it('of one SKU takes it if it is named, and no other', async () => {
    const { offer, skuId } = await anOffer(shop);
    const other = await anOffer(shop);
    await expectError(bo, { mutation: 'teamOpen', input: { offerId: offer.id, skuId: other.skuId } }, FOREIGN);
    const named = await send(bo, { mutation: 'teamOpen', input: { offerId: offer.id, skuId } }, '', 'en');
    expect(named.data).toEqual({ teamOpen: { __typename: 'Seat' } });
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
