import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SupplierId } from '#catalog';
import { StatementsService } from '../../src/payouts/statements.service.js';
import { ReceiptsService } from '#fulfilment';
import { bought, giveBack, receive, ship, supplierOf } from '../fulfilment/warehouse.js';
import { agreed } from '../orders/settlement/counting-house.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled, settle } from '../support/sound.js';
import { approve, cancel, enter, propose } from './paying.js';

const PRICE = 10_000;
const OCTOBER = '2026-09-30T16:00:00.000Z';
const NOVEMBER = '2026-10-31T16:00:00.000Z';
const DECEMBER = '2026-11-30T16:00:00.000Z';
const JANUARY = '2026-12-31T16:00:00.000Z';

interface StatementAnswer {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly openingMinor: number;
  readonly settledMinor: number;
  readonly returnedMinor: number;
  readonly paidMinor: number;
  readonly closingMinor: number;
  readonly entries: number;
}
interface EntryAnswer {
  readonly kind: string;
  readonly amountMinor: number;
  readonly orderId: string | null;
  readonly settlement: { readonly keptMinor: number; readonly commissionMinor: number } | null;
}
interface Listed<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const STATEMENT = 'id startsAt endsAt openingMinor settledMinor returnedMinor paidMinor closingMinor entries';
const ENTRY = 'kind amountMinor orderId settlement { keptMinor commissionMinor }';

let shop: Shop;
let [ana, olga, pia, fay]: [Phone, Desk, Desk, Desk] = [] as never;
let sale: OnSale;
let supplierId: SupplierId;
let made = 0;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  ana = await shop.login('ana');
  [olga, pia] = [await shop.operator('olga', 'FINANCE'), await shop.operator('pia', 'FINANCE', 'SUPPORT')];
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  made += 1;
  await shop.setTime(new Date('2026-10-01T00:00:00Z'));
  sale = await anOffer(shop, { priceMinor: PRICE, supplier: `茶庄${made}` });
  supplierId = await supplierOf(shop, sale);
  await agreed(shop, supplierId, 1_000);
  fay = await shop.supplier(`fay${made}`, supplierId);
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});

const at = (instant: string): Promise<void> => shop.setTime(new Date(instant));

/** An order that is settled at the time. */
async function settledAt(instant: string): Promise<string> {
  const orderId = await bought(shop, ana, sale.skuId);
  await ship(pia, orderId);
  await receive(ana, orderId);
  await at(instant);
  await shop.get(ReceiptsService).completeOverdue();
  return orderId;
}

async function paid(amountMinor: number): Promise<void> {
  const { id } = await propose(olga, supplierId, amountMinor);
  await approve(pia, id);
  await enter(olga, id);
}

async function statementsOf(by: Client): Promise<StatementAnswer[]> {
  const { edges } = await by.ask<Listed<StatementAnswer>>(`{ ownStatements { edges { node { ${STATEMENT} } } } }`);
  return edges.map(({ node }) => node);
}

async function close(): Promise<StatementAnswer[]> {
  await Promise.all([1, 2, 3].map(() => shop.get(StatementsService).closeDue()));
  return statementsOf(fay);
}

describe('the statements of a supplier', () => {
  it('follow each other month by month and sum what was settled, returned and paid', async () => {
    const orderId = await settledAt('2026-10-20T00:00:00Z');
    await settledAt('2026-10-31T15:59:59Z');
    await settledAt('2026-11-10T00:00:00Z');
    await giveBack(olga, orderId, 1_000);
    await paid(5_000);
    await at('2026-12-31T16:00:00Z');
    const [december, november, october, ...others] = await close();
    expect(others).toEqual([]);
    expect(october).toMatchObject({
      ...{ startsAt: OCTOBER, endsAt: NOVEMBER, openingMinor: 0, settledMinor: 18_000 },
      ...{ returnedMinor: 0, paidMinor: 0, closingMinor: 18_000, entries: 2 },
    });
    expect(november).toMatchObject({
      ...{ startsAt: NOVEMBER, endsAt: DECEMBER, openingMinor: 18_000, settledMinor: 9_000 },
      ...{ returnedMinor: 900, paidMinor: 5_000, closingMinor: 21_100, entries: 3 },
    });
    expect(december).toMatchObject({ endsAt: JANUARY, openingMinor: 21_100, closingMinor: 21_100, entries: 0 });
    expect(await close()).toHaveLength(3);
  });

  it('are not closed before the month is over, and show what was cancelled as not paid', async () => {
    await settledAt('2026-10-20T00:00:00Z');
    await cancel(olga, (await propose(olga, supplierId, 1)).id);
    await at('2026-10-31T15:59:59Z');
    expect(await close()).toEqual([]);
    await at('2026-10-31T16:00:00Z');
    expect(await close()).toMatchObject([{ settledMinor: 9_000, paidMinor: 0, closingMinor: 9_000, entries: 3 }]);
  });

  it('close with a debt if more went back than was owed, and open the next with it', async () => {
    const orderId = await settledAt('2026-10-20T00:00:00Z');
    await paid(9_000);
    await at('2026-11-02T00:00:00Z');
    await giveBack(olga, orderId, PRICE);
    await at('2026-12-01T00:00:00Z');
    expect(await close()).toMatchObject([
      { openingMinor: 0, returnedMinor: 9_000, closingMinor: -9_000 },
      { settledMinor: 9_000, paidMinor: 9_000, closingMinor: 0 },
    ]);
    expect((await propose(olga, supplierId, 1)).__typename).toBe('SupplierOwes');
  });

  it('have entries that say which order brought what, page by page, and nobody else’s', async () => {
    const orders = [await settledAt('2026-10-20T00:00:00Z'), await settledAt('2026-10-31T00:00:00Z')];
    await at('2026-11-15T00:00:00Z');
    await giveBack(olga, orders[0]!, 500);
    await settle(shop);
    const [october] = await close();
    const LIST = `query ($first: Int!, $after: String, $of: ID) { ownEntries(first: $first, after: $after, statementId: $of) {
      edges { cursor node { ${ENTRY} } } pageInfo { hasNextPage endCursor } } }`;
    const all = await fay.ask<Listed<EntryAnswer>>(LIST, { first: 10 });
    expect(all.edges.map(({ node }) => [node.kind, node.amountMinor, node.orderId])).toEqual([
      ['RETURNED', -450, orders[0]],
      ['SETTLED', 9_000, orders[1]],
      ['SETTLED', 9_000, orders[0]],
    ]);
    expect(all.edges[1]!.node.settlement).toEqual({ keptMinor: PRICE, commissionMinor: 1_000 });
    const first = await fay.ask<Listed<EntryAnswer>>(LIST, { first: 1, of: october!.id });
    expect(first.edges[0]!.node.orderId).toBe(orders[1]);
    const second = await fay.ask<Listed<EntryAnswer>>(LIST, {
      first: 5,
      after: first.pageInfo.endCursor,
      of: october!.id,
    });
    expect(second.edges.map(({ node }) => node.orderId)).toEqual([orders[0]]);
    const strange = await shop.supplier('gus', await supplierOf(shop, await anOffer(shop, { supplier: '别家' })));
    await expect(strange.ask(LIST, { first: 1, of: october!.id })).rejects.toThrow('NOT_FOUND');
    expect((await strange.ask<Listed<EntryAnswer>>(LIST, { first: 10 })).edges).toEqual([]);
  });
});

it('what suppliers have earned in a quarter is reported with what it was earned from', async () => {
  const orderId = await settledAt('2026-10-20T00:00:00Z');
  await settledAt('2026-12-31T15:00:00Z');
  await giveBack(olga, orderId, 1_000);
  await settledAt('2027-01-15T00:00:00Z');
  const incomes = async (year: number, quarter: number): Promise<object[]> => {
    const { edges } = await olga.ask<Listed<{ supplier: { name: string } }>>(
      `query ($year: Int!, $quarter: Int!) { supplierIncomes(year: $year, quarter: $quarter, first: 100) { edges { node {
         supplier { name } orders grossMinor commissionMinor returnedMinor incomeMinor currency } } } }`,
      { year, quarter },
    );
    return edges.map(({ node }) => node).filter(({ supplier }) => supplier.name === `茶庄${made}`);
  };
  const common = { supplier: { name: `茶庄${made}` }, currency: 'CNY' };
  expect(await incomes(2026, 4)).toEqual([
    { ...common, orders: 2, grossMinor: 20_000, commissionMinor: 2_000, returnedMinor: 900, incomeMinor: 17_100 },
  ]);
  expect(await incomes(2027, 1)).toMatchObject([{ orders: 1, incomeMinor: 9_000 }]);
  expect(await incomes(2026, 3)).toEqual([]);
});
