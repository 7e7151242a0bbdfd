import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { idFromBytes, Metrics, newId } from '#common';
import { ShippingClient } from '#wechat';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { CheckoutAnswer, Phone } from '../support/phone.js';
import { erase } from '../privacy/erasing.js';
import { Shop } from '../support/shop.js';
import { deliver as workOff, expectSettled, settle } from '../support/sound.js';
import {
  bought,
  correct,
  deliver,
  giveBack,
  orderOf,
  paid,
  ship,
  toldOf,
  transactionOf,
  uploadOf,
} from './warehouse.js';

let shop: Shop;
let ana: Phone;
let olga: Desk;
let sale: OnSale;
let other: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { supplier: '果园', stock: 1_000 });
  other = await anOffer(shop, { supplier: '渔场', stock: 1_000 });
  [ana, olga] = [await shop.login('ana'), await shop.operator('olga')];
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await workOff(shop);
  await expectSettled(shop);
});

/** One checkout of two suppliers, paid at once. */
async function ofTwo(): Promise<[string, string]> {
  const lines = [sale, other].map(({ skuId }) => ({ skuId, quantity: 1 }));
  const checkout = await ana.ask<CheckoutAnswer>(
    'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { id orders { id } } } }',
    { input: { lines, delivery: aDelivery(), idempotencyKey: randomUUID() } },
  );
  await paid(shop, ana, checkout.id);
  return [checkout.orders[0]!.id, checkout.orders[1]!.id];
}

interface StuckAnswer {
  readonly id: string;
  readonly problem: string;
  readonly transactionId: string;
  readonly orderIds: readonly string[];
}

async function stuck(): Promise<StuckAnswer[]> {
  const { edges } = await olga.ask<{ edges: { node: StuckAnswer }[] }>(
    '{ shippingUploads(first: 100) { edges { node { id problem transactionId orderIds } } } }',
  );
  return edges.map(({ node }) => node);
}

function retry(uploadId: string): Promise<{ __typename: string; status?: string; upload?: { status: string } }> {
  return olga.ask(
    `mutation ($input: ShippingUploadRetryInput!) { shippingUploadRetry(input: $input) {
       __typename ... on ShippingUpload { status } ... on ShippingUploadNotStuck { message upload { status } } } }`,
    { input: { uploadId, reason: '已更正' } },
  );
}

const refused = (errcode: string, times = 1): Promise<void> => shop.fault('upload_shipping', 'refuse', times, errcode);

describe('WeChat is told', () => {
  it('of one parcel for all that was paid, with what is in it, and the shipping is finished', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const { trackingNumber } = await ship(olga, orderId);
    await settle(shop);
    expect(await toldOf(shop, orderId)).toMatchObject({
      ...{ delivery_mode: 1, is_all_delivered: true, uploads: 1, finish_shipping_count: 1 },
      shipping_list: [{ tracking_no: trackingNumber, express_company: 'YTO', item_desc: '测试商品1×2' }],
    });
    expect(await uploadOf(shop, orderId)).toMatchObject({
      ...{ status: 'UPLOADED', mode: 'UNIFIED', parcels_uploaded: 1, finish_shipping_count: 1, problem: null },
    });
  });

  it('of several parcels one after the other, and at last that it is all', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 3);
    const { lines } = await orderOf(ana, orderId);
    const one = { lines: [{ lineId: lines[0]!.id, quantity: 1 }] };
    await ship(olga, orderId, one);
    await settle(shop);
    expect(await toldOf(shop, orderId)).toMatchObject({ delivery_mode: 2, is_all_delivered: false, uploads: 1 });
    await ship(olga, orderId, one);
    await settle(shop);
    await ship(olga, orderId);
    await settle(shop);
    const told = await toldOf(shop, orderId);
    expect(told).toMatchObject({ delivery_mode: 2, is_all_delivered: true, uploads: 3, finish_shipping_count: 1 });
    expect(told!.shipping_list).toHaveLength(3);
  });

  it('of what two suppliers ship of one payment', async () => {
    const [hers, his] = await ofTwo();
    await ship(olga, hers);
    await settle(shop);
    expect(await toldOf(shop, hers)).toMatchObject({ delivery_mode: 2, is_all_delivered: false });
    await ship(olga, his);
    await settle(shop);
    expect(await toldOf(shop, his)).toMatchObject({ is_all_delivered: true, finish_shipping_count: 1 });
  });

  it('that it is all when the rest was given back instead', async () => {
    const [hers, his] = await ofTwo();
    await ship(olga, hers);
    await settle(shop);
    await giveBack(olga, his, 10_000);
    await workOff(shop);
    expect(await toldOf(shop, hers)).toMatchObject({
      ...{ delivery_mode: 2, is_all_delivered: true, finish_shipping_count: 1 },
      shipping_list: [{}],
    });
  });

  it('the receiver’s number with SF, masked, and with no other carrier', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await ship(olga, orderId, { carrier: 'SF', trackingNumber: 'SF1000000000001' });
    await settle(shop);
    expect((await toldOf(shop, orderId))!.shipping_list).toMatchObject([
      { contact: { receiver_contact: '020-****7888' } },
    ]);
    const another = await bought(shop, ana, sale.skuId);
    await ship(olga, another);
    await settle(shop);
    expect((await toldOf(shop, another))!.shipping_list[0]).not.toHaveProperty('contact');
  });

  it('nothing of what cost nothing', async () => {
    const free = await anOffer(shop, { priceMinor: 0, stock: 5 });
    const checkout = await ana.buy(free.skuId);
    const orderId = checkout.orders[0]!.id;
    const { id } = await ship(olga, orderId);
    await deliver(olga, id);
    for (let time = 0; time < 3; time += 1) expect(await correct(olga, id)).toMatchObject({ __typename: 'Parcel' });
    await settle(shop);
    expect([await uploadOf(shop, orderId), (await orderOf(ana, orderId)).status]).toEqual([undefined, 'SHIPPED']);
  });

  it('a corrected number once more', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { id } = await ship(olga, orderId);
    await settle(shop);
    const { trackingNumber } = await correct(olga, id);
    await settle(shop);
    expect(await toldOf(shop, orderId)).toMatchObject({
      ...{ uploads: 2, finish_shipping_count: 2 },
      shipping_list: [{ tracking_no: trackingNumber }],
    });
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED', finish_shipping_count: 2 });
  });

  it('that changes while WeChat is told of it is told again', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const { lines } = await orderOf(ana, orderId);
    const client = shop.get(ShippingClient);
    const send = client.upload.bind(client);
    let isFirst = true;
    jest.spyOn(client, 'upload').mockImplementation(async (shipping) => {
      await send(shipping);
      if (isFirst) await ship(olga, orderId);
      isFirst = false;
    });
    await ship(olga, orderId, { lines: [{ lineId: lines[0]!.id, quantity: 1 }] });
    await settle(shop);
    jest.restoreAllMocks();
    expect((await toldOf(shop, orderId))!.shipping_list).toHaveLength(2);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED', parcels_uploaded: 2 });
  });

  it('nothing more once all of it was given back', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const { lines } = await orderOf(ana, orderId);
    await ship(olga, orderId, { lines: [{ lineId: lines[0]!.id, quantity: 1 }] });
    await settle(shop);
    await giveBack(olga, orderId, 20_000);
    await workOff(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({
      ...{ status: 'CLOSED', problem: 'all of the payment was given back', parcels_uploaded: 1 },
    });
    expect(await stuck()).toEqual([]);
  });

  it('once, though the answer was lost', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await shop.fault('upload_shipping', 'timeout_after');
    await ship(olga, orderId);
    await workOff(shop);
    expect(await toldOf(shop, orderId)).toMatchObject({ uploads: 1, finish_shipping_count: 1 });
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED', finish_shipping_count: 1, failures: 0 });
  });

  it('with a new token if the old one is worth nothing any more', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { WECHAT_APP_ID: appid, WECHAT_APP_SECRET: secret } = shop.environment;
    await fetch(`${shop.emulator.url}/cgi-bin/stable_token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'client_credential', appid, secret, force_refresh: true }),
    });
    await ship(olga, orderId);
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED', failures: 0 });
  });
});

describe('what WeChat does not take', () => {
  it.each(['10060001', '10060012', '10060019', '268485216', '45009'])(
    'because of %s is told again later',
    async (errcode) => {
      const orderId = await bought(shop, ana, sale.skuId);
      await refused(errcode, 3);
      await ship(olga, orderId);
      await shop.drain();
      expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'PENDING', failures: 1 });
      const [job] = await shop.rows<{ attempt: number; seconds: string }>(
        "SELECT attempt, TIMESTAMPDIFF(SECOND, NOW(3), run_at) AS seconds FROM job WHERE name = 'fulfilment.uploadShipping' AND status = 'READY'",
      );
      expect(Number(job!.seconds)).toBeGreaterThan(5);
      await workOff(shop);
      expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED', failures: 0, problem: null });
    },
  );

  it('because nothing has changed is known already', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await refused('10060023');
    await ship(olga, orderId);
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED' });
  });

  it.each([
    ['10060002', 0],
    ['10060003', 2],
  ])('because of %s is over, and its parcels stay as they are', async (errcode, finished) => {
    const orderId = await bought(shop, ana, sale.skuId);
    await refused(errcode);
    const { id } = await ship(olga, orderId);
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'CLOSED', finish_shipping_count: finished });
    expect(await correct(olga, id)).toMatchObject({ __typename: 'CorrectionUsedUp' });
    expect(await stuck()).toEqual([]);
  });

  it('because of what it says waits for an operator, who tries it again', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await refused('10060014');
    await ship(olga, orderId);
    await settle(shop);
    const [one] = await stuck();
    expect(one).toMatchObject({
      ...{ orderIds: [orderId], transactionId: await transactionOf(shop, orderId) },
      problem: expect.stringContaining('10060014'),
    });
    expect(await shop.get(Metrics).text()).toContain('haotuan_shipping_uploads_stuck 1');
    expect(await retry(one!.id)).toEqual({ __typename: 'ShippingUpload', status: 'PENDING' });
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED' });
    expect(await retry(one!.id)).toMatchObject({
      __typename: 'ShippingUploadNotStuck',
      upload: { status: 'UPLOADED' },
    });
    await expect(retry(newId('upload'))).rejects.toThrow('NOT_FOUND');
    const entries = await shop.rows("SELECT reason FROM audit_entry WHERE kind = 'fulfilment.shippingUploadRetried'");
    expect(entries).toEqual([{ reason: '已更正' }]);
  });

  it('goes on by itself once the parcel is corrected', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await refused('10060014');
    const { id } = await ship(olga, orderId);
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'STUCK' });
    await correct(olga, id);
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'UPLOADED', finish_shipping_count: 1 });
  });

  it('half a day long waits for an operator as well', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await refused('10060001', 18);
    await ship(olga, orderId);
    await workOff(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({ status: 'STUCK', failures: 18 });
    const [one] = await stuck();
    await retry(one!.id);
  });

  it('is given up once the buyer has erased the account', async () => {
    const cy = await shop.login('cy');
    const orderId = await bought(shop, cy, sale.skuId);
    await refused('10060014');
    await ship(olga, orderId);
    await settle(shop);
    await complete(shop, await cy.userId());
    expect(await erase(cy)).toMatchObject({ __typename: 'AccountErased' });
    await settle(shop);
    const [one] = await stuck();
    await retry(one!.id);
    await settle(shop);
    expect(await uploadOf(shop, orderId)).toMatchObject({
      status: 'CLOSED',
      problem: 'the buyer has erased the account',
    });
  });
});

describe('the buyer is reminded to confirm the receipt', () => {
  it('once everything of the payment was handed over, and once only', async () => {
    const [hers, his] = await ofTwo();
    const first = await ship(olga, hers);
    await deliver(olga, first.id);
    await settle(shop);
    const second = await ship(olga, his);
    await settle(shop);
    expect((await toldOf(shop, hers))!.is_reminded).toBe(false);
    await deliver(olga, second.id);
    await deliver(olga, second.id);
    await settle(shop);
    expect((await toldOf(shop, hers))!.is_reminded).toBe(true);
    const jobs = await shop.rows("SELECT status FROM job WHERE name = 'fulfilment.remindReceipt'");
    expect(jobs).toEqual([{ status: 'DONE' }]);
  });

  it.each([
    ['is refused', 'refuse', '10060014'],
    ['was answered, but the answer was lost', 'timeout_after', undefined],
  ])('and it is no matter if that %s', async (_what, kind, code) => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { id } = await ship(olga, orderId);
    await shop.fault('remind_receipt', kind, 1, code);
    await deliver(olga, id);
    await workOff(shop);
    const dead = await shop.rows("SELECT 1 FROM job WHERE status = 'DEAD'");
    expect(dead).toEqual([]);
  });
});

describe('the metrics', () => {
  it('count for each supplier what is to be shipped and what is late', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const [row] = await shop.rows<{ supplier_id: Buffer }>("SELECT supplier_id FROM orders WHERE status = 'TO_FULFIL'");
    const label = `{supplier="${idFromBytes('supplier', row!.supplier_id)}"}`;
    const before = await shop.get(Metrics).text();
    expect(before).toContain(`haotuan_orders_to_ship${label} 1`);
    expect(before).toContain(`haotuan_orders_overdue${label} 0`);
    await shop.setTime(new Date(Date.now() + 49 * 3_600_000));
    expect(await shop.get(Metrics).text()).toContain(`haotuan_orders_overdue${label} 1`);
    await ship(olga, orderId);
  });
});
