import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { anOrder, closeEverything, control, paidOrder, pay, shop, startShopEmulator } from './wechat.js';

let wechat: RunningEmulator;
beforeAll(async () => {
  wechat = await startShopEmulator();
});
afterAll(closeEverything);
afterEach(() => setClock(null));

const prepay = (order: object) => pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', order);
const query = (no: string) => pay(wechat.url, 'GET', `/v3/pay/transactions/out-trade-no/${no}?mchid=${shop.mchId}`);
const close = (no: string) =>
  pay(wechat.url, 'POST', `/v3/pay/transactions/out-trade-no/${no}/close`, { mchid: shop.mchId });
const payPrepaid = (prepayId: unknown, more: object = {}) =>
  control(wechat.url, 'POST', '/payments', { prepay_id: prepayId, ...more });
const setClock = (now: string | null) => control(wechat.url, 'POST', '/clock', { now });

describe('a prepay', () => {
  it('gives the same id again to the same parameters, whatever their order', async () => {
    const order = anOrder();
    const first = await prepay(order);
    const again = await prepay(Object.fromEntries(Object.entries(order).reverse()));
    expect(first).toMatchObject({ status: 200, body: { prepay_id: expect.any(String) } });
    expect(again.body).toEqual(first.body);
  });

  it('gives a new id after two hours', async () => {
    const order = anOrder();
    await setClock('2026-03-01T10:00:00+08:00');
    const first = await prepay(order);
    await setClock('2026-03-01T12:00:00+08:00');
    const second = await prepay(order);
    expect(second.body['prepay_id']).not.toBe(first.body['prepay_id']);
    await expect(payPrepaid(first.body['prepay_id'])).resolves.toMatchObject({
      status: 409,
      body: { code: 'PREPAY_EXPIRED' },
    });
    await expect(payPrepaid(second.body['prepay_id'])).resolves.toMatchObject({ status: 200 });
  });

  it('is possible for seven days when the order names no end', async () => {
    const order = anOrder();
    await setClock('2026-03-01T10:00:00+08:00');
    await prepay(order);
    await setClock('2026-03-08T09:59:59+08:00');
    const { body } = await prepay(order);
    await setClock('2026-03-08T10:00:00+08:00');
    await expect(prepay(order)).resolves.toMatchObject({ status: 400, body: { code: 'ORDER_CLOSED' } });
    expect((await payPrepaid(body['prepay_id'])).body['code']).toBe('PREPAY_EXPIRED');
  });

  it('refuses other parameters under the same number', async () => {
    const order = anOrder();
    await prepay(order);
    const changed = await prepay({ ...order, amount: { total: 1, currency: 'CNY' } });
    expect(changed).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('refuses a trade that is paid, and one that is closed', async () => {
    const { order: paid } = await paidOrder(wechat.url);
    expect((await prepay(paid)).body['code']).toBe('ORDERPAID');

    const closed = anOrder();
    await prepay(closed);
    await close(closed.out_trade_no);
    expect((await prepay(closed)).body['code']).toBe('ORDER_CLOSED');
  });

  it.each<[field: string, what: string, change: object]>([
    ['/description', 'too long', { description: '橘'.repeat(128) }],
    ['/out_trade_no', 'too short', { out_trade_no: 'short' }],
    ['/out_trade_no', 'not of its alphabet', { out_trade_no: 'with spaces' }],
    ['/notify_url', 'carrying a query', { notify_url: 'https://shop.example/notify?order=1' }],
    ['/notify_url', 'no address', { notify_url: 'shop.example' }],
    ['/amount/total', 'nothing', { amount: { total: 0, currency: 'CNY' } }],
    ['/amount/total', 'broken', { amount: { total: 1.5, currency: 'CNY' } }],
    ['/amount/currency', 'foreign', { amount: { total: 1, currency: 'USD' } }],
    ['/payer/openid', 'missing', { payer: {} }],
    ['/payer', 'no object', { payer: 'ana' }],
    ['/attach', 'too long', { attach: 'a'.repeat(129) }],
    ['/time_expire', 'past', { time_expire: '2020-01-01T00:00:00+08:00' }],
    ['/time_expire', 'no instant', { time_expire: 'tomorrow' }],
    ['/limit_pay', 'unknown', { limit_pay: ['no_gold'] }],
  ])('names the field %s when it is %s', async (field, _what, change) => {
    const answer = await prepay(anOrder(change));
    expect(answer).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR', detail: { field, location: 'body' } } });
  });

  it('refuses another mini-program and another merchant', async () => {
    expect((await prepay(anOrder({ appid: 'wx-other' }))).body['code']).toBe('APPID_MCHID_NOT_MATCH');
    expect((await prepay(anOrder({ mchid: '1' }))).body['code']).toBe('MCH_NOT_EXISTS');
  });
});

describe('a query', () => {
  it('tells an unpaid trade without a transaction, and a paid one with it', async () => {
    const order = anOrder({ attach: 'team_1' });
    const { body } = await prepay(order);
    const unpaid = await query(order.out_trade_no);
    expect(unpaid.body).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 2_990 }, attach: 'team_1' });
    expect(unpaid.body).not.toHaveProperty('transaction_id');

    const paid = await payPrepaid(body['prepay_id'], { success_time: '2026-03-01T02:00:00Z' });
    const told = await query(order.out_trade_no);
    expect(told.body).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: paid.body['transaction_id'],
      success_time: '2026-03-01T10:00:00+08:00',
      payer: { openid: 'o-ana' },
      amount: { total: 2_990, payer_total: 2_990, currency: 'CNY', payer_currency: 'CNY' },
    });
    const byId = `/v3/pay/transactions/id/${String(paid.body['transaction_id'])}?mchid=${shop.mchId}`;
    expect((await pay(wechat.url, 'GET', byId)).body).toEqual(told.body);
  });

  it('does not know a trade that was never made, and insists on the merchant', async () => {
    await expect(query('order_unknown')).resolves.toMatchObject({ status: 404, body: { code: 'ORDER_NOT_EXIST' } });
    const without = await pay(wechat.url, 'GET', '/v3/pay/transactions/out-trade-no/order_unknown');
    expect(without).toMatchObject({ status: 400, body: { detail: { field: '/mchid', location: 'query' } } });
  });
});

describe('a close', () => {
  it('ends an unpaid trade, and may be repeated', async () => {
    const order = anOrder();
    const { body } = await prepay(order);
    await expect(close(order.out_trade_no)).resolves.toMatchObject({ status: 204 });
    await expect(close(order.out_trade_no)).resolves.toMatchObject({ status: 204 });
    expect((await query(order.out_trade_no)).body['trade_state']).toBe('CLOSED');
    expect((await payPrepaid(body['prepay_id'])).body['code']).toBe('ORDER_CLOSED');
  });

  it('refuses a trade that is paid or unknown', async () => {
    const { order } = await paidOrder(wechat.url);
    await expect(close(order.out_trade_no)).resolves.toMatchObject({ status: 400, body: { code: 'ORDERPAID' } });
    await expect(close('order_unknown')).resolves.toMatchObject({ status: 404, body: { code: 'ORDER_NOT_EXIST' } });
  });
});

describe('a payment from the phone', () => {
  it('is taken once', async () => {
    const { prepayId } = await paidOrder(wechat.url);
    await expect(payPrepaid(prepayId)).resolves.toMatchObject({ status: 409, body: { code: 'ORDERPAID' } });
  });

  it('is taken from the payer whom the trade names, and from no other', async () => {
    const ana = await control(wechat.url, 'POST', '/login-codes', { person: 'ana' });
    const { body } = await prepay(anOrder({ payer: { openid: ana.body['openid'] } }));
    const wrong = await payPrepaid(body['prepay_id'], { person: 'bo' });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'WRONG_PAYER' } });
    await expect(payPrepaid(body['prepay_id'], { person: 'ana' })).resolves.toMatchObject({ status: 200 });
  });

  it('comes too late once time_expire has passed, unless the channel is late itself', async () => {
    await setClock('2026-03-01T10:00:00+08:00');
    const order = anOrder({ time_expire: '2026-03-01T10:15:00+08:00' });
    const { body } = await prepay(order);
    await setClock('2026-03-01T10:15:00+08:00');
    expect((await payPrepaid(body['prepay_id'])).body['code']).toBe('PREPAY_EXPIRED');
    await expect(payPrepaid(body['prepay_id'], { ignore_expiry: true })).resolves.toMatchObject({
      status: 200,
      body: { success_time: '2026-03-01T10:15:00+08:00' },
    });
  });

  it('can be captured by a wrong channel after the close, and then counts as paid', async () => {
    const order = anOrder();
    const { body } = await prepay(order);
    await close(order.out_trade_no);
    await payPrepaid(body['prepay_id'], { ignore_expiry: true });
    expect((await query(order.out_trade_no)).body['trade_state']).toBe('SUCCESS');
  });

  it('can be captured twice by a wrong channel, under two transactions', async () => {
    const { prepayId, transactionId, order } = await paidOrder(wechat.url);
    const again = await payPrepaid(prepayId, { again: true });
    expect(again.body['transaction_id']).not.toBe(transactionId);
    expect((await query(order.out_trade_no)).body['transaction_id']).toBe(transactionId);
  });

  it.each([
    ['prepay_id', {}],
    ['success_time', { prepay_id: 'wx', success_time: 'noon' }],
    ['notify.copies', { prepay_id: 'wx', notify: { copies: 0 } }],
    ['again', { prepay_id: 'wx', again: 'yes' }],
  ])('is refused when its field %s is bad', async (field, body) => {
    const answer = await control(wechat.url, 'POST', '/payments', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', field } });
  });
});
