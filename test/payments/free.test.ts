import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FormingService } from '#teams';
import { anOffer } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled, settle } from '../support/sound.js';

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
afterEach(async () => {
  await expectSettled(shop);
});

const ORDERS =
  '{ orders(first: 1) { edges { node { status payableMinor refunds { id } seat { status } checkout { status payment { status } } } } } }';

interface LatestOrder {
  readonly status: string;
  readonly payableMinor: number;
  readonly refunds: readonly unknown[];
  readonly seat: { readonly status: string } | null;
  readonly checkout: { readonly status: string; readonly payment: { readonly status: string } | null };
}

async function latestOrder(phone: Phone): Promise<LatestOrder> {
  const { edges } = await phone.ask<{ edges: { node: LatestOrder }[] }>(ORDERS);
  return edges[0]!.node;
}

const PAID_WITH_NOTHING = { payableMinor: 0, refunds: [], checkout: { status: 'PAID', payment: null } };

describe('what costs nothing', () => {
  it('is paid when it is placed, and the channel never hears of it', async () => {
    const { skuId } = await anOffer(shop, { priceMinor: 0 });
    const checkout = await ana.buy(skuId);
    expect(checkout).toMatchObject({ status: 'PAID', payableMinor: 0 });
    expect(await latestOrder(ana)).toEqual({ ...PAID_WITH_NOTHING, status: 'TO_FULFIL', seat: null });
    expect((await shop.books()).captures).toBe(0);
  });

  it('can be neither paid nor cancelled afterwards', async () => {
    const { skuId } = await anOffer(shop, { priceMinor: 0 });
    const checkout = await ana.buy(skuId);
    expect((await ana.startPayment(checkout.id)).__typename).toBe('CheckoutAlreadyPaid');
    expect((await ana.confirmPayment(checkout.id)).status).toBe('PAID');
    expect((await ana.cancel(checkout.id)).__typename).toBe('CheckoutAlreadyPaid');
  });

  it('forms a team as paid seats do', async () => {
    const { offer } = await anOffer(shop, { size: 2, teamPriceMinor: 0 });
    const opened = await ana.open(offer.id);
    await settle(shop);
    const joined = await bo.join(opened.team.id);
    expect(joined.__typename).toBe('Seat');
    await settle(shop);
    const formed = { ...PAID_WITH_NOTHING, status: 'TO_FULFIL', seat: { status: 'CONFIRMED' } };
    expect(await latestOrder(ana)).toEqual(formed);
    expect(await latestOrder(bo)).toEqual(formed);
  });

  it('is over at once when its team fails: there is nothing to give back', async () => {
    const { offer } = await anOffer(shop, { size: 2, teamPriceMinor: 0, ttlSeconds: 3_600 });
    await ana.open(offer.id);
    await settle(shop);
    await shop.setTime(new Date(Date.now() + 2 * 3_600_000));
    await shop.get(FormingService).expire();
    await settle(shop);
    expect(await latestOrder(ana)).toEqual({ ...PAID_WITH_NOTHING, status: 'REFUNDED', seat: { status: 'REFUNDED' } });
  });

  it('may stand in a checkout beside what costs something, from another supplier', async () => {
    const [free, paid] = [
      await anOffer(shop, { priceMinor: 0, supplier: '赠品仓' }),
      await anOffer(shop, { priceMinor: 700 }),
    ];
    const checkout = await ana.ask<{ id: string; payableMinor: number; orders: unknown[] }>(
      'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { id payableMinor orders { id } } } }',
      {
        input: {
          lines: [free, paid].map(({ skuId }) => ({ skuId, quantity: 1 })),
          delivery: aDelivery(),
          idempotencyKey: 'free-and-paid',
        },
      },
    );
    expect(checkout).toMatchObject({ payableMinor: 700, orders: [expect.anything(), expect.anything()] });
    await ana.pay(checkout.id, { notify: { lose: true } });
    expect(await ana.confirmPayment(checkout.id)).toMatchObject({
      status: 'PAID',
      orders: [{ status: 'TO_FULFIL' }, { status: 'TO_FULFIL' }],
    });
  });
});
