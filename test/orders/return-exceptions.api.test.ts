import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, type ReturnRule } from '#catalog';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

interface Orders {
  readonly edges: readonly { readonly node: { readonly lines: object[] } }[];
}

let shop: Shop;
let ana: Phone;
/** Shown as near its expiry. */
let bread: OnSale;
let fish: OnSale;
let cups: OnSale;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
  bread = await anOffer(shop, { returnRule: 'NEAR_EXPIRY' });
  fish = await anOffer(shop, { returnRule: 'FRESH' });
  cups = await anOffer(shop);
});
afterAll(async () => {
  await expectSound(shop);
  await shop.close();
});

const line = ({ skuId }: OnSale, confirmedReturnRule?: ReturnRule) => ({ skuId, quantity: 1, confirmedReturnRule });

async function rulesAlone(...lines: ReturnType<typeof line>[]): Promise<string[]> {
  const { orders } = await ana.ask<{ orders: { lines: { returnRule: string }[] }[] }>(
    `mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { orders { lines { returnRule } } } } }`,
    { input: { lines, delivery: aDelivery(), idempotencyKey: randomUUID() } },
  );
  return orders.flatMap((order) => order.lines.map(({ returnRule }) => returnRule));
}

async function ruleInTeam({ offer }: OnSale, confirmedReturnRule?: ReturnRule): Promise<string> {
  const { order } = await ana.ask<{ order: { lines: { returnRule: string }[] } }>(
    `mutation ($input: TeamOpenInput!) { teamOpen(input: $input) { ... on Seat { order { lines { returnRule } } } } }`,
    { input: { offerId: offer.id, confirmedReturnRule, delivery: aDelivery(), idempotencyKey: randomUUID() } },
  );
  return order.lines[0]!.returnRule;
}

describe('exceptions from the right to send goods back', () => {
  it('are named by the quote if the buyer has to confirm them', async () => {
    const { returnsToConfirm } = await ana.ask<{ returnsToConfirm: object[] }>(
      `query ($input: CheckoutQuoteInput!) { checkoutQuote(input: $input) {
        ... on CheckoutQuote { returnsToConfirm { skuId returnRule } } } }`,
      { input: { lines: [line(bread), line(fish), line(cups)], delivery: aDelivery() } },
    );
    expect(returnsToConfirm).toEqual([{ skuId: bread.skuId, returnRule: 'NEAR_EXPIRY' }]);
  });

  it('hold for what is bought alone if the law names them or the buyer has confirmed them', async () => {
    expect(await rulesAlone(line(bread, 'NEAR_EXPIRY'), line(fish), line(cups))).toEqual([
      'NEAR_EXPIRY',
      'FRESH',
      'SEVEN_DAYS',
    ]);
  });

  it('do not hold if they are not confirmed, or another one is', async () => {
    expect(await rulesAlone(line(bread))).toEqual(['SEVEN_DAYS']);
    expect(await rulesAlone(line(bread, 'LOSES_VALUE'), line(cups, 'NEAR_EXPIRY'))).toEqual([
      'SEVEN_DAYS',
      'SEVEN_DAYS',
    ]);
  });

  it('hold in a team by the same rules', async () => {
    expect([await ruleInTeam(bread), await ruleInTeam(bread, 'NEAR_EXPIRY'), await ruleInTeam(fish)]).toEqual([
      'SEVEN_DAYS',
      'NEAR_EXPIRY',
      'FRESH',
    ]);
  });

  it('stay as they were when the product’s rule changes', async () => {
    const cake = await anOffer(shop, { returnRule: 'MADE_TO_ORDER' });
    await rulesAlone(line(cake));
    await shop.source.manager.update(Product, { id: cake.productId }, { returnRule: 'SEVEN_DAYS' });
    const [newest] = (await ana.ask<Orders>('{ orders(first: 1) { edges { node { lines { returnRule } } } } }')).edges;
    expect(newest!.node.lines).toEqual([{ returnRule: 'MADE_TO_ORDER' }]);
  });
});
