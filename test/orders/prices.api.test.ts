import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FreightService } from '#catalog';
import { anOffer, A_CHARGE, type OnSale, sentBy } from '../support/builders.js';
import { tell } from '../support/catalogue.js';
import { aDelivery } from '../support/deliveries.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectEqualBooks, expectSound, settle } from '../support/sound.js';

const ENTRY =
  'kind amountMinor text line { title quantity unitPriceMinor singlePriceMinor } freight { region weightGrams goodsMinor firstMinor amountMinor }';
const QUOTE = `payableMinor freightMinor currency orders { supplier { name } payableMinor freightMinor breakdown { ${ENTRY} } }`;
const ORDER = `id status payableMinor freightMinor refundedMinor breakdown { ${ENTRY} }`;

let shop: Shop;
let ana: Phone;
let olga: Desk;
/** Ten yuan, a kilogram and a gram, by a template. */
let fruit: OnSale;
/** Of another supplier, without a template. */
let rice: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ wechat: { refundGapSeconds: 0 } });
  [ana, olga] = [await shop.login('ana'), await shop.operator('olga', 'CATALOG', 'FINANCE')];
  fruit = await anOffer(shop, { priceMinor: 1_000, teamPriceMinor: 800, size: 2, supplier: '果园' });
  rice = await anOffer(shop, { priceMinor: 3_000, supplier: '粮仓' });
  await sentBy(shop, fruit, 1_001);
});
afterAll(async () => {
  await shop.close();
});

interface Entry {
  readonly kind: string;
  readonly amountMinor: number;
  readonly text: string;
  readonly freight: object | null;
}

interface Quote {
  readonly __typename: string;
  readonly payableMinor: number;
  readonly freightMinor: number;
  readonly skuIds?: readonly string[];
  readonly quote?: Quote;
  readonly orders: readonly {
    readonly payableMinor: number;
    readonly freightMinor: number;
    readonly breakdown: readonly Entry[];
  }[];
}

interface Placed extends Quote {
  readonly id: string;
}

interface Basket {
  readonly lines: readonly { readonly skuId: string; readonly quantity: number }[];
  readonly delivery: object;
}

function basketOf(...goods: [sold: OnSale, quantity: number][]): Basket {
  return { lines: goods.map(([{ skuId }, quantity]) => ({ skuId, quantity })), delivery: aDelivery() };
}

function quote(basket: Basket): Promise<Quote> {
  return ana.ask(
    `query ($input: CheckoutQuoteInput!) { checkoutQuote(input: $input) {
      __typename ... on CheckoutQuote { ${QUOTE} } ... on NotDelivered { skuIds } } }`,
    { input: basket },
  );
}

function place(basket: Basket, expectedPayableMinor?: number): Promise<Placed> {
  return ana.ask(
    `mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { __typename
      ... on Checkout { id payableMinor orders { ${ORDER} } } ... on PriceChanged { quote { ${QUOTE} } }
      ... on NotDelivered { skuIds } } }`,
    { input: { ...basket, expectedPayableMinor, idempotencyKey: randomUUID() } },
  );
}

async function paid(basket: Basket): Promise<Placed> {
  const placed = await place(basket);
  await ana.pay(placed.id, { notify: { lose: true } });
  await ana.confirmPayment(placed.id);
  await settle(shop);
  return placed;
}

const sumOf = (entries: readonly Entry[]): number => entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** The entries of what was quoted and what was placed, by order. */
const entriesOf = ({ orders }: Quote): Entry[][] => orders.map(({ breakdown }) => [...breakdown]);

describe('what a checkout costs', () => {
  it('is told before as it is charged, with every fen explained', async () => {
    const basket = basketOf([fruit, 2], [rice, 1]);
    const told = await quote(basket);
    expect(told).toMatchObject({ payableMinor: 6_400, freightMinor: 1_400, currency: 'CNY' });
    expect(told.orders.map(({ payableMinor, freightMinor }) => [payableMinor, freightMinor])).toEqual([
      [3_400, 1_400],
      [3_000, 0],
    ]);
    const placed = await place(basket, told.payableMinor);
    expect(placed).toMatchObject({ __typename: 'Checkout', payableMinor: 6_400 });
    expect(entriesOf(placed)).toEqual(entriesOf(told));
    for (const { breakdown, payableMinor } of placed.orders) expect(sumOf(breakdown)).toBe(payableMinor);
    expect(placed.orders[0]?.breakdown).toMatchObject([
      { kind: 'GOODS', amountMinor: 2_000, line: { quantity: 2, unitPriceMinor: 1_000, singlePriceMinor: 1_000 } },
      {
        ...{ kind: 'FREIGHT', amountMinor: 1_400 },
        text: '普通快递（广东省）：共2.002kg，首重1kg ¥8.00，续重每0.5kg ¥2.00 × 3，合计¥14.00',
        freight: { region: '44', weightGrams: 2_002, goodsMinor: 2_000, firstMinor: 800, amountMinor: 1_400 },
      },
    ]);
    await ana.cancel(placed.id);
  });

  it('is explained in the language of the request', async () => {
    const { data } = await ana.send(
      `query ($input: CheckoutQuoteInput!) { checkoutQuote(input: $input) { ... on CheckoutQuote { orders { breakdown { text } } } } }`,
      { input: basketOf([fruit, 1]) },
      { 'accept-language': 'en' },
    );
    expect(JSON.stringify(data)).toContain('in all, first 1kg ¥8.00');
  });

  it('is what WeChat takes, and gives back whole with its freight', async () => {
    const { orders } = await paid(basketOf([fruit, 1]));
    const { id } = orders[0] as unknown as { id: string };
    const refund = await olga.ask<{ amountMinor: number }>(
      'mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { ... on Refund { amountMinor } } }',
      { input: { orderId: id, amountMinor: 2_000, note: '坏果', idempotencyKey: randomUUID() } },
    );
    expect(refund.amountMinor).toBe(2_000);
    await settle(shop);
    expect(
      await shop.rows('SELECT status, freight_minor, refunded_minor FROM orders WHERE refunded_minor > 0'),
    ).toEqual([{ status: 'REFUNDED', freight_minor: '1000', refunded_minor: '2000' }]);
    await expectEqualBooks(shop);
  });

  it('stays as it was shown, whatever becomes of template and price', async () => {
    const apple = await anOffer(shop, { priceMinor: 1_000, supplier: '果园' });
    const { id } = await sentBy(shop, apple, 500);
    const placed = await place(basketOf([apple, 1]));
    const other = { ...A_CHARGE, firstMinor: 9_000 };
    await shop.get(FreightService).change(await olga.staffId(), {
      ...{ templateId: id, name: '涨价快递', rules: [], elsewhere: other, notDelivered: [], revision: 1 },
      ...{ reason: '旺季', idempotencyKey: randomUUID() },
    });
    await tell(olga, 'skuPriceSet', { skuId: apple.skuId, priceMinor: 5_000 });
    const after = await ana.ask<Quote>(`query ($id: ID!) { checkout(id: $id) { orders { ${ORDER} } } }`, {
      id: placed.id,
    });
    await tell(olga, 'skuPriceSet', { skuId: apple.skuId, priceMinor: 1_000 });
    expect(entriesOf(after)).toEqual(entriesOf(placed));
    expect((await quote(basketOf([apple, 1]))).freightMinor).toBe(9_000);
    await ana.cancel(placed.id);
  });

  it('is refused with the new price if it is not what the buyer was told, and nothing is placed', async () => {
    const basket = basketOf([fruit, 1]);
    const { payableMinor } = await quote(basket);
    const before = await shop.rows('SELECT COUNT(*) AS count FROM checkout');
    const refused = await place(basket, payableMinor - 1);
    expect(refused).toMatchObject({ __typename: 'PriceChanged', quote: { payableMinor } });
    expect(sumOf(refused.quote?.orders[0]?.breakdown ?? [])).toBe(payableMinor);
    expect(await shop.rows('SELECT COUNT(*) AS count FROM checkout')).toEqual(before);
  });
});

describe('goods that do not go somewhere', () => {
  it('are named, alone and in a team, and nothing is held', async () => {
    const near = await anOffer(shop, { supplier: '果园' });
    await sentBy(shop, near, 500, { notDelivered: ['44'] });
    const basket = basketOf([near, 1], [rice, 1]);
    expect(await quote(basket)).toEqual({ __typename: 'NotDelivered', skuIds: [near.skuId] });
    expect(await place(basket)).toEqual({ __typename: 'NotDelivered', skuIds: [near.skuId] });
    expect((await ana.open(near.offer.id)).__typename).toBe('NotDelivered');
    const far = { ...basket, delivery: aDelivery({ province: '上海市', city: '上海市', district: '徐汇区' }) };
    expect((await quote(far)).__typename).toBe('CheckoutQuote');
    const { team } = await ana.open(near.offer.id, 1, randomUUID(), aDelivery({ province: '上海市' }));
    expect((await ana.join(team.id)).__typename).not.toBe('Seat');
    expect((await (await shop.login('cy')).join(team.id)).__typename).toBe('TeamClosed');
  });
});

describe('a team', () => {
  it('pays freight for what it pays for the goods, once each, and it goes back with them', async () => {
    const bo = await shop.login('bo');
    const seat = await ana.open(fruit.offer.id);
    expect(seat.order.checkout.payableMinor).toBe(1_800);
    await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(seat.order.checkout.id);
    await settle(shop);
    const joined = await bo.join(seat.team.id);
    expect(joined.order.checkout.payableMinor).toBe(1_800);
    await bo.pay(joined.order.checkout.id, { notify: { lose: true } });
    await bo.confirmPayment(joined.order.checkout.id);
    await settle(shop);
    const { orders } = await ana.ask<Quote>(`query ($id: ID!) { checkout(id: $id) { orders { ${ORDER} } } }`, {
      id: seat.order.checkout.id,
    });
    expect(orders).toMatchObject([
      {
        ...{ status: 'TO_FULFIL', payableMinor: 1_800, freightMinor: 1_000 },
        breakdown: [{ amountMinor: 800, line: { singlePriceMinor: 1_000 } }, { amountMinor: 1_000 }],
      },
    ]);
  });

  it('that costs nothing but freight is paid for', async () => {
    const free = await anOffer(shop, { teamPriceMinor: 0, supplier: '果园' });
    await sentBy(shop, free, 500);
    const seat = await ana.open(free.offer.id);
    expect(seat.order.checkout.payableMinor).toBe(800);
    await ana.cancel(seat.order.checkout.id);
  });
});

it('placing takes one statement more for goods with a freight template, and none for others', async () => {
  const counts: number[] = [];
  for (const sold of [rice, fruit]) {
    const statements = await shop.statements.during(() => place(basketOf([sold, 1])));
    counts.push(statements.filter((sql) => !sql.startsWith('SELECT')).length, statements.length);
  }
  const [writes = 0, all = 0] = counts;
  // Reading the answer back asks for the freight of the order in both cases.
  expect(counts).toEqual([writes, all, writes + 1, all + 1]);
});

it('leaves books in which all of it adds up', async () => {
  await expectSound(shop);
});
