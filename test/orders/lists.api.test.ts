import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SkuLimitsService } from '#catalog';
import { anOffer, type OnSale } from '../support/builders.js';
import { tell } from '../support/catalogue.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound, settle } from '../support/sound.js';

let shop: Shop;
let ana: Phone;
let apples: OnSale;
let pears: OnSale;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
  [apples, pears] = [await anOffer(shop, { stock: 6 }), await anOffer(shop)];
});
afterAll(async () => {
  await shop.close();
});

async function countsOf(phone: Phone): Promise<Record<string, number>> {
  const counts = await phone.ask<{ tab: string; count: number }[]>('{ orderCounts { tab count } }');
  return Object.fromEntries(counts.map(({ tab, count }) => [tab, count]));
}

async function under(phone: Phone, tab: string | null): Promise<string[]> {
  const { edges } = await phone.ask<{ edges: { node: { id: string } }[] }>(
    'query ($tab: OrderTab) { orders(tab: $tab) { edges { node { id } } } }',
    { tab },
  );
  return edges.map(({ node }) => node.id);
}

async function paid(phone: Phone, checkoutId: string): Promise<void> {
  await phone.pay(checkoutId, { notify: { lose: true } });
  await phone.confirmPayment(checkoutId);
  await settle(shop);
}

describe('the tabs of one’s orders', () => {
  it('have each order once, newest first, and tell how many there are', async () => {
    const none = { TO_PAY: 0, AWAITING_TEAM: 0, TO_SHIP: 0, TO_RECEIVE: 0, DONE: 0, CANCELLED_OR_REFUNDED: 0 };
    expect(await countsOf(ana)).toEqual(none);
    const bought = [await ana.buy(pears.skuId), await ana.buy(pears.skuId), await ana.buy(pears.skuId)];
    const [unpaid, toShip, cancelled] = bought.map(({ orders: [order] }) => order!.id);
    await paid(ana, bought[1]!.id);
    await ana.cancel(bought[2]!.id);
    const { order } = await ana.open(pears.offer.id);
    await paid(ana, order.checkout.id);
    const later = (await ana.buy(pears.skuId)).orders[0]!.id;
    const received = (await ana.buy(pears.skuId)).orders[0]!.id;

    expect(await countsOf(ana)).toEqual({
      ...none,
      ...{ TO_PAY: 3, AWAITING_TEAM: 1, TO_SHIP: 1, CANCELLED_OR_REFUNDED: 1 },
    });
    expect(await under(ana, 'TO_PAY')).toEqual([received, later, unpaid]);
    expect(await under(ana, 'AWAITING_TEAM')).toEqual([order.id]);
    expect(await under(ana, 'TO_SHIP')).toEqual([toShip]);
    expect(await under(ana, 'CANCELLED_OR_REFUNDED')).toEqual([cancelled]);
    expect(await under(ana, 'DONE')).toEqual([]);
    expect((await under(ana, null)).toSorted()).toEqual(
      [unpaid, toShip, cancelled, order.id, later, received].toSorted(),
    );
  });

  it('are one’s own, page by page', async () => {
    const bo = await shop.login('bo');
    expect([await under(bo, 'TO_PAY'), (await countsOf(bo))['TO_PAY']]).toEqual([[], 0]);
    const PAGE =
      'query ($after: String) { orders(tab: TO_PAY, first: 2, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }';
    interface Page {
      readonly edges: readonly { readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    }
    const first = await ana.ask<Page>(PAGE);
    const second = await ana.ask<Page>(PAGE, { after: first.pageInfo.endCursor });
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(await under(ana, 'TO_PAY'));
  });

  it('count no more than a hundred orders each', async () => {
    const cy = await shop.login('cy');
    const { id } = await cy.buy(pears.skuId);
    await shop.rows(
      `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
       SELECT CONCAT('order-', LPAD(seq, 10, '0')), checkout_id, buyer_id, supplier_id, 'RECEIVED', TRUE, 1, 0, currency, placed_at, delivery
       FROM orders JOIN seq_1_to_150 WHERE checkout_id = (SELECT id FROM checkout ORDER BY id DESC LIMIT 1)`,
    );
    expect(await countsOf(cy)).toMatchObject({ TO_PAY: 1, DONE: 100 });
    await shop.rows("DELETE FROM orders WHERE id LIKE 'order-%'");
    await cy.cancel(id);
  });
});

describe('buying the same once more', () => {
  const AGAIN = `query ($id: ID!) { orderAgain(orderId: $id) {
    title quantityThen quantity unitPriceMinor sku { id } whyNot { __typename message } } }`;
  interface Again {
    readonly title: string;
    readonly quantityThen: number;
    readonly quantity: number;
    readonly unitPriceMinor: number;
    readonly sku: { readonly id: string };
    readonly whyNot: { readonly __typename: string } | null;
  }
  const again = (phone: Phone, id: string): Promise<Again[]> => phone.ask(AGAIN, { id });

  it('offers what can be had today at today’s price, says why the rest cannot, and goes straight into a quote', async () => {
    const dee = await shop.login('dee');
    const input = {
      lines: [apples, pears].map(({ skuId }) => ({ skuId, quantity: 4 })),
      ...{ delivery: aDelivery(), idempotencyKey: randomUUID() },
    };
    const { orders } = await dee.ask<{ orders: { id: string }[] }>(
      'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { orders { id } } } }',
      { input },
    );
    const { id } = orders[0]!;
    await shop
      .get(SkuLimitsService)
      .set(
        { skuId: pears.skuId, unitsPerOrder: null, unitsPerBuyer: 5 },
        { by: 'command:test', reason: 'limits of a test' },
      );
    await tell(await shop.operator('olga', 'CATALOG'), 'skuPriceSet', { skuId: apples.skuId, priceMinor: 11_000 });
    const lines = await again(dee, id);
    expect(lines).toMatchObject([
      {
        sku: { id: apples.skuId },
        quantityThen: 4,
        quantity: 2,
        unitPriceMinor: 11_000,
        whyNot: { __typename: 'SoldOut' },
      },
      {
        sku: { id: pears.skuId },
        quantityThen: 4,
        quantity: 1,
        unitPriceMinor: 10_000,
        whyNot: { __typename: 'OverBuyerLimit' },
      },
    ]);
    const wanted = lines.map(({ sku, quantity }) => ({ skuId: sku.id, quantity }));
    const quote = await dee.ask<{ payableMinor: number }>(
      'query ($input: CheckoutQuoteInput!) { checkoutQuote(input: $input) { ... on CheckoutQuote { payableMinor } } }',
      { input: { lines: wanted, delivery: aDelivery() } },
    );
    expect(quote).toEqual({ payableMinor: 2 * 11_000 + 10_000 });
    for (const [index, type] of [
      [0, 'SoldOut'],
      [1, 'OverBuyerLimit'],
    ] as const) {
      const more = [{ skuId: wanted[index]!.skuId, quantity: wanted[index]!.quantity + 1 }];
      const refused = await dee.ask<{ __typename: string }>(
        'query ($input: CheckoutQuoteInput!) { checkoutQuote(input: $input) { __typename } }',
        { input: { lines: more, delivery: aDelivery() } },
      );
      expect(refused.__typename).toBe(type);
    }
  });

  it('offers nothing that is off the shelf, and nobody else’s order', async () => {
    const { orders } = await ana.buy(apples.skuId);
    await shop.rows(
      "UPDATE product SET status = 'OFF_SALE' WHERE name = (SELECT title FROM order_line ORDER BY id DESC LIMIT 1)",
    );
    expect(await again(ana, orders[0]!.id)).toMatchObject([{ quantity: 0, whyNot: { __typename: 'NotOnSale' } }]);
    const { errors } = await (await shop.login('eve')).send(AGAIN, { id: orders[0]!.id });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

it('leaves everything as it must be', async () => {
  await expectSound(shop);
});
