import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { type Answer, closeEverything, control, paidOrder, pay, read, shop, startShopEmulator } from './wechat.js';

let wechat: RunningEmulator;
let transactionId: string;
let outTradeNo: string;

beforeAll(async () => {
  wechat = await startShopEmulator();
});
afterAll(closeEverything);
beforeEach(async () => {
  const paid = await paidOrder(wechat.url);
  [transactionId, outTradeNo] = [paid.transactionId, paid.order.out_trade_no];
});

async function token(base: string): Promise<string> {
  const body = { grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret };
  const answer = await read(
    await fetch(`${base}/cgi-bin/stable_token`, { method: 'POST', body: JSON.stringify(body) }),
  );
  return String(answer.body['access_token']);
}

async function ask(path: string, body: object | string, accessToken?: string, base = wechat.url): Promise<Answer> {
  const query = new URLSearchParams({ access_token: accessToken ?? (await token(base)) }).toString();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return read(await fetch(`${base}/wxa/sec/order/${path}?${query}`, { method: 'POST', body: text }));
}

let seconds = 0;

/** An upload that is right, later than those before. */
function anUpload(change: object = {}): Record<string, unknown> {
  seconds += 1;
  return {
    order_key: { order_number_type: 2, transaction_id: transactionId },
    ...{ logistics_type: 1, delivery_mode: 1, payer: { openid: 'o-ana' } },
    upload_time: new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString(),
    shipping_list: [parcel()],
    ...change,
  };
}
const parcel = (change: object = {}): object => ({
  ...{ tracking_no: 'YT1', express_company: 'YTO', item_desc: '苹果×2' },
  ...change,
});
const split = (isAll: boolean, ...parcels: object[]): object => ({
  ...{ delivery_mode: 2, is_all_delivered: isAll, shipping_list: parcels.length > 0 ? parcels : [parcel()] },
});
const upload = async (change: object = {}): Promise<number> =>
  Number((await ask('upload_shipping_info', anUpload(change))).body['errcode']);

interface Order {
  readonly order_state: number;
  readonly shipping: { readonly finish_shipping: boolean; readonly finish_shipping_count: number };
}
const order = async (): Promise<Order> =>
  (await ask('get_order', { transaction_id: transactionId })).body['order'] as Order;

describe('an upload', () => {
  it('of one parcel for all finishes the shipping, and the books show it', async () => {
    expect(await order()).toMatchObject({
      order_state: 1,
      shipping: { finish_shipping: false, finish_shipping_count: 0 },
    });
    expect((await ask('upload_shipping_info', anUpload())).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await order()).toMatchObject({
      order_state: 2,
      shipping: { finish_shipping: true, finish_shipping_count: 1 },
    });
    const { body } = await control(wechat.url, 'GET', '/books/shipments');
    expect((body as unknown as { transaction_id: string }[]).at(-1)).toMatchObject({
      ...{ transaction_id: transactionId, delivery_mode: 1, uploads: 1, is_reminded: false },
      shipping_list: [parcel()],
    });
  });

  it('may name the payment by the merchant’s own number', async () => {
    expect(await upload({ order_key: { order_number_type: 1, mchid: shop.mchId, out_trade_no: outTradeNo } })).toBe(0);
    const { body } = await ask('get_order', { merchant_id: shop.mchId, merchant_trade_no: outTradeNo });
    expect(body['order']).toMatchObject({ transaction_id: transactionId, paid_amount: 2_990 });
  });

  it('of several parcels finishes it when it says that it is all', async () => {
    expect(await upload(split(false))).toBe(0);
    expect(await order()).toMatchObject({ order_state: 1, shipping: { finish_shipping_count: 0 } });
    expect(await upload(split(false, parcel(), parcel({ tracking_no: 'YT2' })))).toBe(0);
    expect(await upload(split(true, parcel(), parcel({ tracking_no: 'YT2' })))).toBe(0);
    expect(await order()).toMatchObject({ order_state: 2, shipping: { finish_shipping_count: 1 } });
  });

  it('is taken once more after that, and not a third time', async () => {
    expect(await upload()).toBe(0);
    expect(await upload({ shipping_list: [parcel({ tracking_no: 'YT3' })] })).toBe(0);
    expect(await order()).toMatchObject({ shipping: { finish_shipping_count: 2 } });
    expect(await upload({ shipping_list: [parcel({ tracking_no: 'YT4' })] })).toBe(10060003);
  });

  it('in another mode counts as the one that is taken once more', async () => {
    expect(await upload(split(false))).toBe(0);
    expect(await upload()).toBe(0);
    expect(await order()).toMatchObject({ shipping: { finish_shipping_count: 2 } });
    expect(await upload({ shipping_list: [parcel({ tracking_no: 'YT5' })] })).toBe(10060003);
  });

  it('that says nothing new is told so, and one that is not later is refused', async () => {
    const first = anUpload();
    await ask('upload_shipping_info', first);
    expect(await upload()).toBe(10060023);
    expect((await ask('upload_shipping_info', first)).body).toMatchObject({ errcode: 268485216 });
    expect(await order()).toMatchObject({ shipping: { finish_shipping_count: 1 } });
  });

  it('is not taken after the buyer has confirmed the receipt, or has all the money back', async () => {
    await upload();
    await control(wechat.url, 'POST', `/shipments/${transactionId}/finish`);
    expect(await order()).toMatchObject({ order_state: 4 });
    expect(await upload({ shipping_list: [parcel({ tracking_no: 'YT6' })] })).toBe(10060002);
    const other = await paidOrder(wechat.url);
    const amount = { refund: 2_990, total: 2_990, currency: 'CNY' };
    const refund = { transaction_id: other.transactionId, out_refund_no: `r-${outTradeNo}`, amount };
    await pay(wechat.url, 'POST', '/v3/refund/domestic/refunds', refund);
    await control(wechat.url, 'POST', `/refunds/r-${outTradeNo}/end`, { status: 'SUCCESS' });
    transactionId = other.transactionId;
    expect(await order()).toMatchObject({ order_state: 5 });
    expect(await upload()).toBe(10060004);
  });

  // prettier-ignore
  it.each<[what: string, change: object, errcode: number]>([
    ['a payment that nobody made',  { order_key: { order_number_type: 2, transaction_id: '4200' } },  10060001],
    ['somebody else as payer',      { payer: { openid: 'o-bo' } },                                    10060031],
    ['no payer',                    { payer: {} },                                                    10060014],
    ['no payment',                  { order_key: undefined },                                         268485194],
    ['a third kind of number',      { order_key: { order_number_type: 3 } },                          268485195],
    ['no number of the payment',    { order_key: { order_number_type: 2 } },                          268485196],
    ['no merchant',                 { order_key: { order_number_type: 1, out_trade_no: 'x' } },       268485197],
    ['no time',                     { upload_time: undefined },                                       268485216],
    ['a time without offset',       { upload_time: '2026-01-01T00:00:00.000' },                       268485216],
    ['a fifth type',                { logistics_type: 5 },                                            10060005],
    ['a third mode',                { delivery_mode: 3 },                                             268485224],
    ['split pick-up',               { logistics_type: 4, delivery_mode: 2, is_all_delivered: true },  10060006],
    ['no word whether it is all',   { delivery_mode: 2 },                                             10060007],
    ['no list',                     { shipping_list: undefined },                                     268485228],
    ['no parcel',                   { shipping_list: [] },                                            268485228],
    ['two parcels for one',         { shipping_list: [parcel(), parcel()] },                          268485228],
    ['sixteen parcels',             split(true, ...Array.from({ length: 16 }, () => parcel())),       10060024],
    ['nothing in it',               { shipping_list: [parcel({ item_desc: '' })] },                   10060008],
    ['too many words',              { shipping_list: [parcel({ item_desc: '果'.repeat(121) })] },      10060009],
    ['no number',                   { shipping_list: [parcel({ tracking_no: undefined })] },          268485226],
    ['no carrier',                  { shipping_list: [parcel({ express_company: '' })] },             268485227],
    ['a carrier without end',       { shipping_list: [parcel({ express_company: 'x'.repeat(129) })] }, 10060025],
    ['a number without end',        { shipping_list: [parcel({ tracking_no: 'x'.repeat(129) })] },    10060026],
    ['SF without a contact',        { shipping_list: [parcel({ express_company: 'SF' })] },           10060014],
    ['a contact in plain',          { shipping_list: [parcel({ contact: { receiver_contact: '13812345678' } })] }, 10060014],
  ])('with %s is refused', async (_what, change, errcode) => {
    expect(await upload(change)).toBe(errcode);
    expect(await order()).toMatchObject({ shipping: { finish_shipping_count: 0 } });
  });

  it.each([
    ['120 words', { item_desc: '果'.repeat(120) }],
    ['a masked contact of SF', { express_company: 'SF', contact: { receiver_contact: '020-****7888' } }],
  ])('with %s is taken', async (_what, change) => {
    expect(await upload({ shipping_list: [parcel(change)] })).toBe(0);
  });

  it.each([
    ['nothing', '', 44002],
    ['no JSON', 'x', 47001],
    ['the token in the body', { access_token: 'x' }, 47001],
  ])('of %s is refused, with HTTP 200 all the same', async (_what, body, errcode) => {
    expect(await ask('upload_shipping_info', body)).toMatchObject({ status: 200, body: { errcode } });
  });

  it.each(['upload_shipping_info', 'get_order', 'notify_confirm_receive'])('%s wants the token', async (path) => {
    expect((await ask(path, {}, 'made-up')).body).toMatchObject({ errcode: 40001 });
  });
});

describe('a reminder', () => {
  const remind = async (change: object = {}): Promise<number> =>
    Number(
      (await ask('notify_confirm_receive', { transaction_id: transactionId, received_time: 1, ...change })).body[
        'errcode'
      ],
    );

  it('is given once, when all is shipped', async () => {
    expect(await remind()).toBe(10060004);
    await upload();
    expect(await remind({ received_time: undefined })).toBe(10060014);
    expect(await remind()).toBe(0);
    expect(await remind()).toBe(10060014);
    expect(await remind({ transaction_id: '4200' })).toBe(10060001);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['error_500', undefined, -1],
    ['error_429', undefined, 45011],
    ['refuse', '10060012', 10060012],
  ])('%s %s changes nothing', async (kind, code, errcode) => {
    await control(wechat.url, 'POST', '/faults', { operation: 'upload_shipping', kind, code });
    expect(await upload()).toBe(errcode);
    expect(await order()).toMatchObject({ order_state: 1 });
    expect(await upload()).toBe(0);
  });

  it('cannot be a code of another interface', async () => {
    const fault = { operation: 'upload_shipping', kind: 'refuse', code: 'NO_AUTH' };
    expect(await control(wechat.url, 'POST', '/faults', fault)).toMatchObject({ status: 400, body: { field: 'code' } });
  });

  it('is that an answer is lost: it was taken all the same', async () => {
    await control(wechat.url, 'POST', '/faults', { operation: 'upload_shipping', kind: 'timeout_after' });
    await expect(upload()).rejects.toThrow('fetch failed');
    expect(await order()).toMatchObject({ order_state: 2 });
  });
});

it('an emulator that is started anew remembers what was shipped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'haotuan-shipping-'));
  const journalFile = join(folder, 'journal.jsonl');
  const first = await startShopEmulator({ journalFile });
  ({ transactionId } = await paidOrder(first.url));
  await ask('upload_shipping_info', anUpload(), undefined, first.url);
  await first.close();
  const second = await startShopEmulator({ journalFile });
  const { body } = await ask('get_order', { transaction_id: transactionId }, undefined, second.url);
  expect(body['order']).toMatchObject({ order_state: 2, shipping: { finish_shipping_count: 1 } });
  await second.close();
  await rm(folder, { recursive: true });
});
