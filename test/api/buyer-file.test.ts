import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes } from '#common';
import { apply } from '../after-sale/counter.js';
import { bought, orderOf, ship } from '../fulfilment/warehouse.js';
import { request } from '../invoices/bookkeeping.js';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound, settle } from '../support/sound.js';

const FILE = `query ($id: ID!, $first: Int = 20, $after: String) { buyerFile(buyerId: $id) {
  buyer { id phone wholePhone }
  consents { purpose isNeeded isGiven }
  orderCounts { tab count }
  orders(first: $first, after: $after) { edges { node { id status refunds { reason status } seat { status } checkout { payment { status } } } } pageInfo { endCursor hasNextPage } }
  unpaid: orders(tab: TO_PAY) { edges { node { id } } }
  refunds { edges { node { reason status amountMinor outRefundNo } } }
  seats { edges { node { status team { id } } } }
  afterSales { edges { node { status amountMinor } } }
  invoices { edges { node { status titleKind } } }
} }`;

interface File {
  readonly buyer: { readonly id: string; readonly phone: string | null; readonly wholePhone: string | null };
  readonly consents: readonly { readonly purpose: string }[];
  readonly orderCounts: readonly { readonly tab: string; readonly count: number }[];
  readonly orders: Edges<{
    readonly id: string;
    readonly status: string;
    readonly refunds: object[];
    readonly seat: object | null;
  }>;
  readonly unpaid: Edges<{ readonly id: string }>;
  readonly refunds: Edges<object>;
  readonly seats: Edges<{ readonly status: string }>;
  readonly afterSales: Edges<object>;
  readonly invoices: Edges<object>;
}

interface Edges<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

let shop: Shop;
let ana: Phone;
let pia: Desk;

beforeAll(async () => {
  shop = await Shop.open({ wechat: { refundGapSeconds: 0 } });
  [ana, pia] = [await shop.login('ana'), await shop.operator('pia', 'SUPPORT')];
});
afterAll(async () => {
  await expectSound(shop);
  await shop.close();
});

describe('the file of a buyer', () => {
  it('tells all there is in one query: orders under their tabs, seats, and money that went back', async () => {
    const { skuId, offer } = await anOffer(shop, { size: 2, priceMinor: 1_000, teamPriceMinor: 800 });
    const bo = await shop.login('bo');
    const [paid, unpaid] = [await bo.buy(skuId), await bo.buy(skuId)];
    await bo.pay(paid.id, { notify: { lose: true } });
    await bo.confirmPayment(paid.id);
    const seat = await bo.open(offer.id);
    await settle(shop);
    const fin = await shop.operator('fin', 'FINANCE');
    await fin.ask('mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }', {
      input: { orderId: paid.orders[0]!.id, amountMinor: 300, note: '少了一盒', idempotencyKey: 'file-of-a-buyer' },
    });
    await settle(shop);

    const file = await pia.ask<File>(FILE, { id: await bo.userId() });
    expect(file.orders.edges.map(({ node: { id, status } }) => [id, status])).toEqual([
      [seat.order.id, 'UNPAID'],
      [unpaid.orders[0]!.id, 'UNPAID'],
      [paid.orders[0]!.id, 'TO_FULFIL'],
    ]);
    expect(file.unpaid.edges).toHaveLength(2);
    expect(file.orderCounts.filter(({ count }) => count > 0)).toEqual([
      { tab: 'TO_PAY', count: 2 },
      { tab: 'TO_SHIP', count: 1 },
    ]);
    expect(file.refunds.edges).toEqual([
      {
        node: {
          reason: 'OPERATOR',
          status: 'SUCCEEDED',
          amountMinor: 300,
          outRefundNo: expect.stringMatching(/^[0-9a-z]{26}$/) as unknown,
        },
      },
    ]);
    expect(file.seats.edges).toMatchObject([{ node: { status: 'HELD' } }]);
    expect(file.consents.length).toBeGreaterThan(3);
  });

  it('is read page by page', async () => {
    const { skuId } = await anOffer(shop);
    const cy = await shop.login('cy');
    const [one, two] = [await cy.buy(skuId), await cy.buy(skuId)];
    const id = await cy.userId();
    const newest = (await pia.ask<File>(FILE, { id, first: 1 })).orders;
    const older = (await pia.ask<File>(FILE, { id, first: 1, after: newest.pageInfo.endCursor })).orders;
    expect([newest, older].map(({ edges, pageInfo }) => [edges[0]!.node.id, pageInfo.hasNextPage])).toEqual([
      [two.orders[0]!.id, true],
      [one.orders[0]!.id, false],
    ]);
  });

  it('has what was asked back', async () => {
    const { skuId } = await anOffer(shop, { priceMinor: 1_000 });
    const gus = await shop.login('gus');
    const orderId = await bought(shop, gus, skuId, 2);
    const [line] = (await orderOf(gus, orderId)).lines;
    await apply(gus, orderId, [{ lineId: line!.id, quantity: 1 }]);
    const { afterSales } = await pia.ask<File>(FILE, { id: await gus.userId() });
    expect(afterSales.edges.map(({ node }) => node)).toEqual([{ status: 'APPLIED', amountMinor: 1_000 }]);
  });

  it('has the invoices that were asked for', async () => {
    const { skuId } = await anOffer(shop);
    const [hal, olive] = [await shop.login('hal'), await shop.operator('olive')];
    const orderId = await bought(shop, hal, skuId, 1);
    await ship(olive, orderId);
    await request(hal, orderId);
    const { invoices } = await pia.ask<File>(FILE, { id: await hal.userId() });
    expect(invoices.edges.map(({ node }) => node)).toMatchObject([{ status: 'REQUESTED' }]);
  });

  it('of somebody who has done nothing is empty', async () => {
    const { orders, refunds, seats, afterSales, invoices } = await pia.ask<File>(FILE, {
      id: await (await shop.login('dee')).userId(),
    });
    const lists = [orders, refunds, seats, afterSales, invoices];
    expect(lists.flatMap(({ edges }): readonly object[] => edges)).toEqual([]);
  });

  it('keeps every kind of data that was told as a look of its own', async () => {
    const eve = await shop.login('eve');
    await pia.ask<File>(FILE, { id: await eve.userId() });
    const looks = await shop.rows<{ category: string; operation: string }>(
      'SELECT category, operation FROM look WHERE user_id = ? ORDER BY category',
      [idBytes(await eve.userId())],
    );
    expect(looks.map(({ category, operation }) => `${operation} ${category}`)).toEqual(
      ['ACCOUNT', 'AFTER_SALES', 'CONSENTS', 'INVOICES', 'ORDERS', 'PAYMENTS', 'TEAMS'].map(
        (category) => `buyerFile ${category}`,
      ),
    );
  });

  it('tells nobody’s whole telephone number', async () => {
    const { buyer } = await pia.ask<File>(FILE, { id: await ana.userId() });
    expect(buyer.wholePhone).toBeNull();
  });

  it('of nobody is not found', async () => {
    await expect(pia.ask(FILE, { id: 'user_0192f0a0c0d07a0b8c0d0e0f10111213' })).rejects.toThrow(/buyerId|NOT_FOUND/);
  });

  it('is for customer service only', async () => {
    const id = await ana.userId();
    for (const other of [ana, await shop.operator('fay', 'FINANCE', 'CATALOG', 'ADMIN')])
      await expect(other.ask(FILE, { id })).rejects.toThrow(/FORBIDDEN/);
  });
});
