import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BulkAct, type BulkActId } from '#audit';
import { Product, SkuBatch } from '#catalog';
import { secondsAfter } from '#common';
import { RecallWork } from '#recalls';
import { bought, giveBack, orderOf, receive } from '../fulfilment/warehouse.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { codeOf, type Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import { newId } from '#common';
import {
  type ActAnswer,
  approve,
  itemsOf,
  NUMBER,
  propose,
  recallOf,
  recallsSeen,
  receiveBatch,
  shipFrom,
} from './recalling.js';

const PRICE = 2_000;

let shop: Shop;
let ana: Phone;
let olga: Desk;
let pia: Desk;
let sale: OnSale;
const openedAt = Date.now();

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  [ana, olga, pia] = [await shop.login('ana'), await shop.operator('olga'), await shop.operator('pia', 'FINANCE')];
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  await shop.setTime(new Date(openedAt));
  sale = await anOffer(shop, { stock: 1_000, priceMinor: PRICE });
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});

/** Units that were bought alone and shipped whole, of a batch if one is named. */
async function sent(batchNumber: string | null, quantity = 1, phone = ana): Promise<string> {
  const orderId = await bought(shop, phone, sale.skuId, quantity);
  expect((await shipFrom(olga, phone, orderId, batchNumber)).__typename).toBe('Parcel');
  return orderId;
}

/** Proposes, approves and works off a recall. */
async function recalled(said: object = {}): Promise<ActAnswer> {
  const act = await propose(olga, sale.skuId, said);
  await approve(pia, act.id);
  await deliver(shop);
  return act;
}

const later = (hours: number): Promise<void> => shop.setTime(secondsAfter(new Date(openedAt), hours * 3_600));
const failuresOf = async (act: ActAnswer): Promise<string[]> =>
  (await recallOf(pia, act.id)).bulkAct.failures.map(({ problem }) => problem);

describe('a batch', () => {
  it('comes in with its number in capital letters, once, and its days as soon as somebody says them', async () => {
    await receiveBatch(olga, sale.skuId, { number: ' l2026-11a ' });
    await later(1);
    const days = { number: NUMBER, producedOn: '2026-10-01', expiresOn: '2027-10-01' };
    expect((await receiveBatch(olga, sale.skuId, days)).__typename).toBe('Sku');
    expect((await receiveBatch(olga, sale.skuId)).__typename).toBe('Sku');
    const batches = await shop.source.manager.findBy(SkuBatch, { skuId: sale.skuId });
    expect(batches).toMatchObject([{ ...days, receivedAt: new Date(openedAt) }]);
  });

  it('cannot have other days than before, and what is refused does not come in', async () => {
    await receiveBatch(olga, sale.skuId, { number: NUMBER, producedOn: '2026-10-01' });
    const other = await receiveBatch(olga, sale.skuId, { number: NUMBER, producedOn: '2026-10-02' });
    expect(other).toMatchObject({ __typename: 'BatchDatesDiffer', batch: { producedOn: '2026-10-01' } });
    const { onHand } = await olga
      .ask<{ onHand: number }>('query ($id: ID!) { product(id: $id) { skus { stock { onHand } } } }', {
        id: sale.productId,
      })
      .then((product) => (product as unknown as { skus: { stock: { onHand: number } }[] }).skus[0]!.stock);
    expect(onHand).toBe(1_100);
  });

  it.each([
    [{ number: ' ' }, 'input.batch.number'],
    [{ number: NUMBER, producedOn: '2026-02-30' }, 'input.batch.producedOn'],
    [{ number: NUMBER, producedOn: '2026-02-03', expiresOn: '2026-02-02' }, 'input.batch.expiresOn'],
  ])('is refused as %j, naming %s', async (batch, path) => {
    const input = { skuId: sale.skuId, units: 1, batch, reason: '到货', idempotencyKey: 'the-key-of-a-batch' };
    const { errors } = await olga.send(
      'mutation ($input: StockReceiveInput!) { stockReceive(input: $input) { __typename } }',
      { input },
    );
    expect(errors?.[0]?.extensions.fields?.map((field) => field.path)).toEqual([path]);
  });

  it('is named of what is in a parcel, and shown with it', async () => {
    await receiveBatch(olga, sale.skuId);
    const orderId = await sent('l2026-11a', 2);
    const { edges } = await ana.ask<{ edges: { node: object }[] }>(
      '{ orders(first: 1) { edges { node { id parcels { lines { quantity batchNumber } } } } } }',
    );
    expect(edges[0]!.node).toEqual({ id: orderId, parcels: [{ lines: [{ quantity: 2, batchNumber: NUMBER }] }] });
  });

  it('that has not come in of this SKU cannot be shipped', async () => {
    const other = await anOffer(shop);
    await receiveBatch(olga, other.skuId);
    const orderId = await bought(shop, ana, sale.skuId);
    expect((await shipFrom(olga, ana, orderId, NUMBER)).__typename).toBe('BatchUnknown');
    expect(await orderOf(ana, orderId)).toMatchObject({ status: 'TO_FULFIL', parcels: [] });
  });
});

describe('a recall', () => {
  it('gives everybody the money back who was sent some of the batch, or may have been, once another operator agrees', async () => {
    const early = await sent(null);
    await later(1);
    await receiveBatch(olga, sale.skuId);
    await receiveBatch(olga, sale.skuId, { number: 'L2026-11B' });
    const [certain, possible] = [await sent(NUMBER, 2), await sent(null, 3)];
    const [other, open] = [await sent('L2026-11B'), await bought(shop, ana, sale.skuId)];

    const act = await propose(olga, sale.skuId);
    expect(act).toMatchObject({ __typename: 'BulkAct', status: 'PROPOSED', itemsTotal: 2, amountMinor: 5 * PRICE });
    await deliver(shop);
    expect(await recallsSeen(ana, certain)).toEqual([]);
    expect((await approve(olga, act.id)).__typename).toBe('OwnProposal');
    expect((await shop.source.manager.findOneByOrFail(Product, { id: sale.productId })).status).toBe('ON_SALE');

    await approve(pia, act.id);
    await deliver(shop);
    const recall = await recallOf(pia, act.id);
    expect(recall).toMatchObject({
      ...{ units: 5, certainUnits: 2, itemsRefunded: 2, itemsFailed: 0, refundedMinor: 5 * PRICE },
      bulkAct: { status: 'DONE', itemsTried: 2, failures: [] },
    });
    const words = { batchNumber: NUMBER, reason: '检出农残超标', advice: '请停止食用并丢弃，货款将原路退回。' };
    const refund = (amountMinor: number): object => ({ status: 'SUCCEEDED', reason: 'RECALL', amountMinor });
    expect(await recallsSeen(ana, certain)).toMatchObject([
      { ...words, quantity: 2, certainQuantity: 2, refund: refund(2 * PRICE) },
    ]);
    expect(await recallsSeen(ana, possible)).toMatchObject([
      { ...words, quantity: 3, certainQuantity: 0, refund: refund(3 * PRICE) },
    ]);
    for (const orderId of [early, other, open]) expect(await recallsSeen(ana, orderId)).toEqual([]);
    expect((await itemsOf(pia, recall.id)).map(({ orderId }) => orderId)).toEqual([certain, possible]);
    expect((await shop.source.manager.findOneByOrFail(Product, { id: sale.productId })).status).toBe('OFF_SALE');
  });

  it('leaves out what is not certain, if so asked, also of the same line', async () => {
    await receiveBatch(olga, sale.skuId);
    const orderId = await bought(shop, ana, sale.skuId, 3);
    await shipFrom(olga, ana, orderId, NUMBER, 1);
    await shipFrom(olga, ana, orderId, null, 2);
    await sent(null);
    const act = await recalled({ onlyCertain: true });
    expect(act).toMatchObject({ itemsTotal: 1, amountMinor: PRICE });
    expect(await orderOf(ana, orderId)).toMatchObject({ refundedMinor: PRICE, status: 'SHIPPED' });
  });

  it('reaches orders that are received or completed', async () => {
    const bo = await shop.login('bo');
    await receiveBatch(olga, sale.skuId);
    const [received, completed] = [await sent(NUMBER), await sent(NUMBER, 1, bo)];
    await receive(ana, received);
    await complete(shop, await bo.userId());
    expect((await orderOf(bo, completed)).status).toBe('COMPLETED');
    expect(await failuresOf(await recalled())).toEqual([]);
    expect((await orderOf(ana, received)).status).toBe('REFUNDED');
    expect((await orderOf(bo, completed)).status).toBe('REFUNDED');
  });

  it('gives back only what has not gone back, and names what cannot be given back', async () => {
    await receiveBatch(olga, sale.skuId);
    const [whole, part, twice] = [await sent(NUMBER), await sent(NUMBER, 2), await sent(NUMBER)];
    await giveBack(olga, whole, PRICE);
    await giveBack(olga, part, 500);
    await deliver(shop);
    const act = await propose(olga, sale.skuId);
    expect(act).toMatchObject({ itemsTotal: 3, amountMinor: 3 * PRICE });
    // Something goes back after it was proposed.
    await giveBack(olga, twice, PRICE);
    await approve(pia, act.id);
    await deliver(shop);
    expect((await failuresOf(act)).toSorted()).toEqual(['NothingLeft', 'NothingLeft']);
    const { id } = await recallOf(pia, act.id);
    const failed = await itemsOf(pia, id, { onlyFailed: true });
    expect(failed.map(({ orderId, refundedMinor }) => [orderId, refundedMinor])).toEqual([
      ...[whole, twice].map((orderId) => [orderId, 0]),
    ]);
    expect(await orderOf(ana, part)).toMatchObject({ status: 'REFUNDED', refundedMinor: 2 * PRICE });
  });

  it('does not take the units of an order back that are still to be shipped', async () => {
    await receiveBatch(olga, sale.skuId);
    const orderId = await bought(shop, ana, sale.skuId, 2);
    await shipFrom(olga, ana, orderId, NUMBER, 1);
    await recalled();
    expect(await orderOf(ana, orderId)).toMatchObject({ status: 'TO_FULFIL', refundedMinor: PRICE });
    await receiveBatch(olga, sale.skuId, { number: 'L2026-12A' });
    expect((await shipFrom(olga, ana, orderId, 'L2026-12A')).__typename).toBe('Parcel');
  });

  it('of the same batch a second time gives nothing back twice, and reaches what was shipped meanwhile', async () => {
    await receiveBatch(olga, sale.skuId);
    const first = await sent(NUMBER, 1);
    const three = await bought(shop, ana, sale.skuId, 3);
    await shipFrom(olga, ana, three, NUMBER, 1);
    await recalled({ onlyCertain: true });
    await receiveBatch(olga, sale.skuId, { number: 'L2026-12A' });
    for (const number of [NUMBER, 'L2026-12A']) await shipFrom(olga, ana, three, number, 1);
    const again = await recalled({ onlyCertain: true });
    expect(again).toMatchObject({ itemsTotal: 2 });
    expect(await failuresOf(again)).toEqual(['NothingLeft']);
    expect(await recallOf(pia, again.id)).toMatchObject({ itemsRefunded: 1, refundedMinor: PRICE });
    expect((await orderOf(ana, first)).refundedMinor).toBe(PRICE);
    expect((await orderOf(ana, three)).refundedMinor).toBe(2 * PRICE);
  });

  it('that is worked off again from the start changes nothing', async () => {
    await receiveBatch(olga, sale.skuId);
    const [good, bad] = [await sent(NUMBER), await sent(NUMBER)];
    await giveBack(olga, bad, PRICE);
    const act = await recalled();
    const items = async (): Promise<unknown[]> => itemsOf(pia, (await recallOf(pia, act.id)).id);
    const before = await items();
    const row = await shop.source.manager.findOneByOrFail(BulkAct, { id: act.id as BulkActId });
    const work = shop.get(RecallWork);
    const again = await Promise.all([1, 2].map(() => work.chunk(row, JSON.parse(row.input) as never, 0, 20)));
    expect(again).toEqual([1, 2].map(() => [{ subject: bad, problem: 'NothingLeft' }]));
    await deliver(shop);
    expect(await items()).toEqual(before);
    expect((await orderOf(ana, good)).refundedMinor).toBe(PRICE);
  });

  it('says no to a batch that has not come in, and to a SKU that there is not', async () => {
    expect((await propose(olga, sale.skuId)).__typename).toBe('BatchUnknown');
    const input = {
      skuId: newId('sku'),
      batchNumber: NUMBER,
      reason: '检出超标',
      advice: '请丢弃',
      idempotencyKey: 'of-no-sku',
    };
    const answer = await olga.send(
      'mutation ($input: RecallProposeInput!) { recallPropose(input: $input) { __typename } }',
      { input },
    );
    expect(codeOf(answer)).toBe('NOT_FOUND');
    expect(await shop.rows('SELECT 1 FROM recall WHERE batch_number = ?', ['of-no-sku'])).toEqual([]);
  });

  it('says why in as many words as a refund has room for, and in no more', async () => {
    await receiveBatch(olga, sale.skuId);
    const orderId = await sent(NUMBER);
    const input = {
      skuId: sale.skuId,
      batchNumber: NUMBER,
      reason: '超'.repeat(201),
      advice: '请丢弃',
      idempotencyKey: 'too-many-words',
    };
    const { errors } = await olga.send(
      'mutation ($input: RecallProposeInput!) { recallPropose(input: $input) { __typename } }',
      { input },
    );
    expect(errors?.[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['input.reason']);
    const reason = '超'.repeat(200);
    expect(await failuresOf(await recalled({ reason }))).toEqual([]);
    expect(await recallsSeen(ana, orderId)).toMatchObject([{ reason, refund: { amountMinor: PRICE } }]);
  });

  it('that is proposed again under its key is the same one, with one list', async () => {
    await receiveBatch(olga, sale.skuId);
    await sent(NUMBER);
    const key = { idempotencyKey: 'the-key-of-a-recall' };
    const [one, two] = [await propose(olga, sale.skuId, key), await propose(olga, sale.skuId, key)];
    expect(one.id).toBe(two.id);
    const [{ count }] = (await shop.rows<{ count: string }>(
      'SELECT COUNT(*) AS count FROM recall WHERE batch_id = (SELECT id FROM sku_batch ORDER BY id DESC LIMIT 1)',
    )) as [{ count: string }];
    expect(Number(count)).toBe(1);
  });

  it('of nobody takes the goods off sale all the same', async () => {
    await receiveBatch(olga, sale.skuId);
    expect(await recalled()).toMatchObject({ itemsTotal: 0, amountMinor: 0 });
    expect((await shop.source.manager.findOneByOrFail(Product, { id: sale.productId })).status).toBe('OFF_SALE');
  });
});
