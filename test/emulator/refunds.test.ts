import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { anOrder, closeEverything, control, Inbox, paidOrder, pay, shop, startShopEmulator, until } from './wechat.js';

const REFUNDS = '/v3/refund/domestic/refunds';

let wechat: RunningEmulator;
let inbox: Inbox;
beforeAll(async () => {
  wechat = await startShopEmulator();
  inbox = new Inbox();
  await inbox.listen();
});
afterAll(closeEverything);

let refunds = 0;

function aRefund(named: object, refund = 1_000, change: object = {}) {
  refunds += 1;
  return { ...named, out_refund_no: `refund_${refunds}`, amount: { refund, total: 2_990, currency: 'CNY' }, ...change };
}

const ask = (refund: object, base = wechat.url) => pay(base, 'POST', REFUNDS, refund);
const refused = (code: string, status = 400) => ({ status, body: { code } });

describe('a refund', () => {
  it('is accepted first, succeeds after the reply and is told to the shop', async () => {
    const { transactionId, order } = await paidOrder(wechat.url);
    const refund = aRefund({ transaction_id: transactionId }, 1_000, { notify_url: inbox.url });
    const accepted = await ask(refund);
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'PROCESSING', out_trade_no: order.out_trade_no, amount: { refund: 1_000, payer_refund: 1_000 } },
    });

    const later = await pay(wechat.url, 'GET', `${REFUNDS}/${refund.out_refund_no}`);
    expect(later.body).toMatchObject({ status: 'SUCCESS', success_time: expect.stringMatching(/\+08:00$/) });

    const [notice] = await inbox.waitFor(1);
    expect(notice).toMatchObject({
      event: 'REFUND.SUCCESS',
      isSigned: true,
      content: {
        refund_id: accepted.body['refund_id'],
        refund_status: 'SUCCESS',
        amount: { refund: 1_000, total: 2_990 },
      },
    });
    const query = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}?mchid=${shop.mchId}`;
    expect((await pay(wechat.url, 'GET', query)).body['trade_state']).toBe('REFUND');
  });

  it('answers a repeated request with where it stands, and refuses another body', async () => {
    const { transactionId } = await paidOrder(wechat.url);
    const refund = aRefund({ transaction_id: transactionId });
    const first = await ask(refund);
    const again = await ask(refund);
    expect(again.body).toMatchObject({ refund_id: first.body['refund_id'], status: 'SUCCESS' });
    await expect(ask({ ...refund, reason: '不想要了' })).resolves.toMatchObject(refused('INVALID_REQUEST'));
  });

  it('never gives back more than was paid, in however many parts', async () => {
    const { order } = await paidOrder(wechat.url);
    const named = { out_trade_no: order.out_trade_no };
    await expect(ask(aRefund(named, 2_000))).resolves.toMatchObject({ status: 200 });
    await expect(ask(aRefund(named, 991))).resolves.toMatchObject(refused('INVALID_REQUEST'));
    await expect(ask(aRefund(named, 990))).resolves.toMatchObject({ status: 200 });
    await expect(ask(aRefund(named, 1))).resolves.toMatchObject(refused('INVALID_REQUEST'));
  });

  it('comes in at most fifty parts', async () => {
    const { transactionId } = await paidOrder(wechat.url);
    for (let part = 0; part < 50; part += 1) {
      await expect(ask(aRefund({ transaction_id: transactionId }, 1))).resolves.toMatchObject({ status: 200 });
    }
    await expect(ask(aRefund({ transaction_id: transactionId }, 1))).resolves.toMatchObject(refused('INVALID_REQUEST'));
  });

  it('knows the payment by one of its numbers, and refuses the unpaid, the unknown and the unnamed', async () => {
    const unpaid = anOrder();
    await pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', unpaid);
    const unknown = refused('RESOURCE_NOT_EXISTS', 404);
    await expect(ask(aRefund({ transaction_id: '42' }))).resolves.toMatchObject(unknown);
    await expect(ask(aRefund({ out_trade_no: 'order_unknown' }))).resolves.toMatchObject(unknown);
    await expect(pay(wechat.url, 'GET', `${REFUNDS}/unknown`)).resolves.toMatchObject(unknown);
    await expect(ask(aRefund({ out_trade_no: unpaid.out_trade_no }))).resolves.toMatchObject(
      refused('INVALID_REQUEST'),
    );
    await expect(ask(aRefund({}))).resolves.toMatchObject(refused('PARAM_ERROR'));
  });

  it.each<[field: string, what: string, change: object]>([
    ['/out_refund_no', 'missing', { out_refund_no: undefined }],
    ['/out_refund_no', 'too long', { out_refund_no: 'r'.repeat(65) }],
    ['/out_refund_no', 'not of its alphabet', { out_refund_no: 'with spaces' }],
    ['/transaction_id', 'no text', { transaction_id: 42 }],
    ['/reason', 'too long', { reason: '退'.repeat(81) }],
    ['/notify_url', 'carrying a query', { notify_url: 'https://shop.example/notify?refund=1' }],
    ['/funds_account', 'unknown', { funds_account: 'UNSETTLED' }],
    ['/amount/refund', 'nothing', { amount: { refund: 0, total: 2_990 } }],
    ['/amount/total', 'missing', { amount: { refund: 1 } }],
    ['/amount/currency', 'foreign', { amount: { refund: 1, total: 2_990, currency: 'USD' } }],
  ])('names the field %s when it is %s', async (field, _what, change) => {
    const answer = await ask(aRefund({ transaction_id: '42' }, 1_000, change));
    expect(answer).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR', detail: { field, location: 'body' } } });
  });

  it('must state what was paid, and may not come after a year', async () => {
    const { transactionId } = await paidOrder(wechat.url, {}, { success_time: '2024-01-01T00:00:00+08:00' });
    const named = { transaction_id: transactionId };
    const amount = { refund: 1, total: 1, currency: 'CNY' };
    await expect(ask(aRefund(named, 1, { amount }))).resolves.toMatchObject(refused('INVALID_REQUEST'));
    await expect(ask(aRefund(named))).resolves.toMatchObject(refused('INVALID_REQUEST'));
  });

  it('follows another refund of the same payment after a minute at the earliest', async () => {
    const strict = await startShopEmulator({ refundGapSeconds: 60 });
    const { transactionId } = await paidOrder(strict.url);
    const first = aRefund({ transaction_id: transactionId });
    await expect(ask(first, strict.url)).resolves.toMatchObject({ status: 200 });
    await expect(ask(first, strict.url)).resolves.toMatchObject({ status: 200 });
    const second = await ask(aRefund({ transaction_id: transactionId }), strict.url);
    expect(second).toMatchObject(refused('FREQUENCY_LIMITED', 429));
  });

  it('is put off when too many are asked for in one second', async () => {
    const strict = await startShopEmulator({ refundsPerSecond: 0 });
    const { transactionId } = await paidOrder(strict.url);
    const putOff = await ask(aRefund({ transaction_id: transactionId }), strict.url);
    expect(putOff).toMatchObject(refused('FREQUENCY_LIMITED', 429));
  });

  it('comes in at most so many a second', async () => {
    const strict = await startShopEmulator({ refundsPerSecond: 1 });
    const { transactionId } = await paidOrder(strict.url);
    const asked = Array.from({ length: 8 }, () => ask(aRefund({ transaction_id: transactionId }, 1), strict.url));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));

    const next = aRefund({ transaction_id: transactionId }, 1);
    await until(async () => (await ask(next, strict.url)).status === 200, 'the next second');
  });

  it('stays under way as long as the channel is slow, and the books say so', async () => {
    const slow = await startShopEmulator({ refundSeconds: 0.1 });
    const { transactionId } = await paidOrder(slow.url);
    await ask(aRefund({ transaction_id: transactionId }), slow.url);
    const books = async () => (await control(slow.url, 'GET', '/books')).body;
    expect(await books()).toMatchObject({ captured_minor: 2_990, refunded_minor: 0, processing_refunds: 1 });
    await until(async () => (await books())['processing_refunds'] === 0, 'the refund');
    expect(await books()).toEqual({
      captures: 1,
      captured_minor: 2_990,
      refunds: 1,
      refunded_minor: 1_000,
      processing_refunds: 0,
      closed_refunds: 0,
      abnormal_refunds: 0,
      undelivered_notifications: 0,
      accepted_probes: 0,
    });
  });
});
