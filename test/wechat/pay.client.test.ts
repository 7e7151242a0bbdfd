import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Rsa } from 'wechatpay-axios-plugin';
import { ChannelError } from '#wechat';
import {
  ACCEPTED_REFUND,
  type Answer,
  CHANNEL_KEY_ID,
  channelKeys,
  merchantKeys,
  NOW_SECONDS,
  PAID_TRADE,
  signed,
  signedHeaders,
  startChannel,
  strangerKeys,
  wechatFor,
} from './channel.js';

let channel: Awaited<ReturnType<typeof startChannel>>;
let wechat: ReturnType<typeof wechatFor>;

beforeAll(async () => {
  channel = await startChannel();
  wechat = wechatFor(channel.origin);
});

afterAll(async () => {
  await channel.stop();
  await wechat.transport.onApplicationShutdown();
});

const order = {
  outTradeNo: PAID_TRADE.out_trade_no,
  description: '土鸡蛋 30 枚',
  amountMinor: 1_990,
  currency: 'CNY',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  expiresAt: new Date('2026-11-20T16:15:00.999Z'),
  notifyPath: '/wechat/payments',
};
const refund = {
  outRefundNo: ACCEPTED_REFUND.out_refund_no,
  transactionId: ACCEPTED_REFUND.transaction_id,
  reason: '未成团',
  refundMinor: 500,
  totalMinor: 1_990,
  currency: 'CNY',
  notifyPath: '/wechat/refunds',
};
const query = () => wechat.pay.query(order.outTradeNo);

/** The error of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<ChannelError> {
  const error: unknown = await call.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChannelError);
  return error as ChannelError;
}

describe('a request', () => {
  it('is signed over the very bytes that arrive', async () => {
    channel.answerWith(signed(200, { prepay_id: 'wx201410272009395522657a690389285100' }));
    await expect(wechat.pay.prepay(order)).resolves.toEqual({ prepayId: 'wx201410272009395522657a690389285100' });

    const { method, url, headers, body } = channel.received[0]!;
    const parts = /mchid="(.+)",nonce_str="(.+)",timestamp="(.+)",serial_no="(.+)",signature="(.+)"$/.exec(
      headers.authorization!,
    )!;
    const [, mchid, nonce, timestamp, serial, signature] = parts as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    expect({ mchid, serial }).toEqual({ mchid: '1900000109', serial: '5F1C72E2A8931B72A2E13AF8DEE92471EB397115' });
    expect(timestamp).toBe(String(NOW_SECONDS));
    expect(Rsa.verify(`${method}\n${url}\n${timestamp}\n${nonce}\n${body}\n`, signature, merchantKeys.publicKey)).toBe(
      true,
    );
    expect(headers).toMatchObject({ 'wechatpay-serial': CHANNEL_KEY_ID, accept: 'application/json' });
    expect(headers['user-agent']).toBeTruthy();
  });

  it('says to prepay what the order is, its end in China time and rounded down', async () => {
    channel.answerWith(signed(200, { prepay_id: 'wx1' }));
    await wechat.pay.prepay({ ...order, description: '蛋'.repeat(126) + '🥚🥚' });
    expect(channel.received[0]).toMatchObject({ method: 'POST', url: '/v3/pay/transactions/jsapi' });
    expect(JSON.parse(channel.received[0]!.body)).toEqual({
      appid: 'wx2421b1c4370ec43b',
      mchid: '1900000109',
      description: '蛋'.repeat(126) + '🥚',
      out_trade_no: order.outTradeNo,
      time_expire: '2026-11-21T00:15:00+08:00',
      notify_url: 'https://shop.example.com/wechat/payments',
      amount: { total: 1_990, currency: 'CNY' },
      payer: { openid: order.openid },
    });
  });

  it('says to refund what goes back, the reason cut to 80 bytes without cutting a character', async () => {
    channel.answerWith(signed(200, ACCEPTED_REFUND));
    await wechat.pay.refund({ ...refund, reason: '退'.repeat(40) });
    expect(channel.received[0]).toMatchObject({ method: 'POST', url: '/v3/refund/domestic/refunds' });
    expect(JSON.parse(channel.received[0]!.body)).toEqual({
      transaction_id: refund.transactionId,
      out_refund_no: refund.outRefundNo,
      reason: '退'.repeat(26),
      notify_url: 'https://shop.example.com/wechat/refunds',
      amount: { refund: 500, total: 1_990, currency: 'CNY' },
    });
  });

  it('keeps a path that the base addresses have, and doubles no slash', async () => {
    const behindGateway = wechatFor(`${channel.origin}/gateway/`, { PUBLIC_URL: 'https://shop.example.com/api/' });
    channel.answerWith(signed(200, { prepay_id: 'wx1' }));
    await behindGateway.pay.prepay(order);
    expect(channel.received[0]!.url).toBe('/gateway/v3/pay/transactions/jsapi');
    expect(JSON.parse(channel.received[0]!.body)).toMatchObject({
      notify_url: 'https://shop.example.com/api/wechat/payments',
    });
    await behindGateway.transport.onApplicationShutdown();
  });

  it('goes over the connection of the one before', async () => {
    channel.answerWith(() => signed(200, PAID_TRADE));
    await query();
    const connections = channel.connections();
    for (let turn = 0; turn < 3; turn += 1) await query();
    expect(channel.connections()).toBe(connections);
  });
});

describe('asking about a payment', () => {
  it('gives a paid one with its amount before coupons and its channel time', async () => {
    channel.answerWith(signed(200, PAID_TRADE));
    await expect(query()).resolves.toEqual({
      outTradeNo: PAID_TRADE.out_trade_no,
      transactionId: PAID_TRADE.transaction_id,
      state: 'SUCCESS',
      succeededAt: new Date('2026-11-20T11:59:58Z'),
      amountMinor: 1_990,
      currency: 'CNY',
      payerOpenid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    });
    expect(channel.received[0]!.url).toBe(`/v3/pay/transactions/out-trade-no/${order.outTradeNo}?mchid=1900000109`);
  });

  it('gives an unpaid one, of which the channel tells little', async () => {
    const { appid, mchid, out_trade_no } = PAID_TRADE;
    channel.answerWith(
      signed(200, { appid, mchid, out_trade_no, trade_state: 'NOTPAY', transaction_id: '', success_time: null }),
    );
    await expect(query()).resolves.toEqual({
      outTradeNo: out_trade_no,
      transactionId: null,
      state: 'NOTPAY',
      succeededAt: null,
      amountMinor: null,
      currency: null,
      payerOpenid: null,
    });
  });

  it.each(['ORDER_NOT_EXIST', 'ORDERNOTEXIST'])('gives null when the channel signed %s', async (code) => {
    channel.answerWith(signed(404, { code, message: '订单不存在' }));
    await expect(query()).resolves.toBeNull();
  });

  it('does not take an unsigned 404 for that answer', async () => {
    channel.answerWith({ status: 404, body: '{"code":"ORDER_NOT_EXIST","message":"x"}' });
    await expect(failureOf(query())).resolves.toMatchObject({
      code: 'ORDERNOTEXIST',
      httpStatus: 404,
      outcome: 'UNKNOWN',
    });
  });

  it('does not take a merchant that does not exist for an order that does not', async () => {
    channel.answerWith(signed(404, { code: 'MCH_NOT_EXISTS', message: '商户号不存在' }));
    await expect(failureOf(query())).resolves.toMatchObject({
      code: 'MCHNOTEXISTS',
      outcome: 'REFUSED',
      isRetryable: false,
    });
  });

  it.each([
    ['mchid', { mchid: '1900000110' }],
    ['appid', { appid: 'wx0000000000000000' }],
    ['number', { out_trade_no: 'pay_another' }],
    ['amount', { amount: undefined }],
    ['amount.total', { amount: { total: 19.9 } }],
    ['amount.total', { amount: { total: '1990' } }],
    ['amount.total', { amount: { total: -1 } }],
    ['amount.total', { amount: { total: 2 ** 53 } }],
    ['transaction_id', { transaction_id: undefined }],
    ['transaction_id', { transaction_id: 4_200_002_847 }],
    ['success_time', { success_time: '2026-11-20 19:59:58' }],
    ['success_time', { success_time: '2026-13-20T19:59:58+08:00' }],
    ['trade_state', { trade_state: 'TELEPORTED' }],
    ['payer', { payer: ['oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'] }],
  ])('names %s when a signed reply is wrong there: %j', async (field, change) => {
    channel.answerWith(signed(200, { ...PAID_TRADE, ...change }));
    const error = await failureOf(query());
    expect(error).toMatchObject({
      code: 'BAD_REPLY',
      httpStatus: 200,
      outcome: 'UNKNOWN',
      requestId: '08F78BB1-268578',
    });
    expect(error.message).toContain(field);
    expect(error.message).toContain('Request-ID 08F78BB1-268578');
  });
});

describe('closing a payment', () => {
  it.each<[what: string, answer: Answer, result: string]>([
    ['204', signed(204), 'CLOSED'],
    ['ORDER_CLOSED', signed(400, { code: 'ORDER_CLOSED', message: 'x' }), 'CLOSED'],
    ['ORDERPAID', signed(400, { code: 'ORDERPAID', message: 'x' }), 'PAID'],
    ['ORDER_NOT_EXIST', signed(404, { code: 'ORDER_NOT_EXIST', message: 'x' }), 'UNKNOWN_ORDER'],
  ])('takes a signed %s', async (_what, answer, result) => {
    channel.answerWith(answer);
    await expect(wechat.pay.close(order.outTradeNo)).resolves.toBe(result);
    expect(channel.received[0]).toMatchObject({
      method: 'POST',
      url: `/v3/pay/transactions/out-trade-no/${order.outTradeNo}/close`,
      body: '{"mchid":"1900000109"}',
    });
  });

  it('believes no unsigned 204, because the stock would be given away', async () => {
    channel.answerWith({ status: 204 });
    const error = await failureOf(wechat.pay.close(order.outTradeNo));
    expect(error).toMatchObject({ code: 'BAD_SIGNATURE', httpStatus: 204, outcome: 'UNKNOWN', isRetryable: true });
  });
});

describe('refunding', () => {
  it('gives an accepted refund, which is not yet a paid one', async () => {
    channel.answerWith(signed(200, ACCEPTED_REFUND));
    await expect(wechat.pay.refund(refund)).resolves.toEqual({
      outRefundNo: ACCEPTED_REFUND.out_refund_no,
      refundId: ACCEPTED_REFUND.refund_id,
      transactionId: ACCEPTED_REFUND.transaction_id,
      outTradeNo: ACCEPTED_REFUND.out_trade_no,
      status: 'PROCESSING',
      succeededAt: null,
      refundMinor: 500,
      totalMinor: 1_990,
      currency: 'CNY',
    });
  });

  it('asks by our number, and gives null for one that the channel does not know', async () => {
    channel.answerWith(
      signed(200, { ...ACCEPTED_REFUND, status: 'SUCCESS', success_time: '2026-11-20T20:01:00+08:00' }),
    );
    const found = await wechat.pay.queryRefund(refund.outRefundNo);
    expect(found).toMatchObject({ status: 'SUCCESS', succeededAt: new Date('2026-11-20T12:01:00Z') });
    expect(channel.received[0]!.url).toBe(`/v3/refund/domestic/refunds/${refund.outRefundNo}`);

    channel.answerWith(signed(404, { code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' }));
    await expect(wechat.pay.queryRefund(refund.outRefundNo)).resolves.toBeNull();
  });

  it('encodes a number that is no plain path', async () => {
    channel.answerWith(signed(404, { code: 'RESOURCE_NOT_EXISTS', message: 'x' }));
    await wechat.pay.queryRefund('a|b@c*d');
    expect(channel.received[0]!.url).toBe('/v3/refund/domestic/refunds/a%7Cb%40c*d');
  });
});

describe('remedying an abnormal refund', () => {
  const again = { ...ACCEPTED_REFUND, status: 'PROCESSING' };
  const { refund_id: refundId, out_refund_no: outRefundNo } = ACCEPTED_REFUND;

  it("sends the money to a card of the payer, whose number and name only the channel's key opens", async () => {
    channel.answerWith(signed(200, again));
    const card = { type: 'USER_BANK_CARD', bankType: 'ICBC_DEBIT', bankAccount: '6222020200001234567' } as const;
    await expect(
      wechat.pay.applyAbnormalRefund(refundId, outRefundNo, { ...card, realName: '王小明' }),
    ).resolves.toMatchObject({ outRefundNo, status: 'PROCESSING' });

    const { url, headers, body } = channel.received[0]!;
    expect(url).toBe(`/v3/refund/domestic/refunds/${refundId}/apply-abnormal-refund`);
    expect(headers['wechatpay-serial']).toBe(CHANNEL_KEY_ID);
    const { bank_account, real_name, ...open } = JSON.parse(body) as Record<string, string>;
    expect(open).toEqual({ out_refund_no: outRefundNo, type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT' });
    expect(Rsa.decrypt(bank_account!, channelKeys.privateKey)).toBe('6222020200001234567');
    expect(Rsa.decrypt(real_name!, channelKeys.privateKey)).toBe('王小明');
  });

  it('sends it back to us without telling anything personal', async () => {
    channel.answerWith(signed(200, again));
    await wechat.pay.applyAbnormalRefund(refundId, outRefundNo, { type: 'MERCHANT_BANK_CARD' });
    expect(JSON.parse(channel.received[0]!.body)).toEqual({ out_refund_no: outRefundNo, type: 'MERCHANT_BANK_CARD' });
  });

  it('is refused for a refund that is not abnormal', async () => {
    channel.answerWith(signed(400, { code: 'INVALID_REQUEST', message: '退款单状态不是退款异常' }));
    const remedy = wechat.pay.applyAbnormalRefund(refundId, outRefundNo, { type: 'MERCHANT_BANK_CARD' });
    await expect(failureOf(remedy)).resolves.toMatchObject({ code: 'INVALIDREQUEST', outcome: 'REFUSED' });
  });
});

describe('a failure', () => {
  const refusedAs = (code: string, isRetryable: boolean) => ({ code, outcome: 'REFUSED', isRetryable });
  const unknownAs = (code: string) => ({ code, outcome: 'UNKNOWN', isRetryable: true });
  const page = { status: 502, body: '<html>502 Bad Gateway</html>' };
  const failing = (code: string) => ({ code, message: '说明' });

  it.each<[what: string, answer: Answer, told: object]>([
    ['a refusal', signed(403, failing('NO_AUTH')), refusedAs('NOAUTH', false)],
    ['an old spelling', signed(400, failing('PARAMERROR')), refusedAs('PARAMERROR', false)],
    ['a low balance', signed(403, failing('NOT_ENOUGH')), refusedAs('NOTENOUGH', true)],
    ['a rate limit', signed(429, failing('FREQUENCY_LIMITED')), refusedAs('FREQUENCYLIMITED', true)],
    ['a rate limit with a new name', signed(429, failing('SLOW_DOWN')), refusedAs('SLOWDOWN', true)],
    ['a system error', signed(500, failing('SYSTEM_ERROR')), unknownAs('SYSTEMERROR')],
    ['a code that we do not know', signed(400, failing('BRAND_NEW')), unknownAs('BRANDNEW')],
    ['a payer who is still paying', signed(202, failing('USER_PAYING')), unknownAs('USERPAYING')],
    ['an unsigned refusal', { status: 403, body: JSON.stringify(failing('NO_AUTH')) }, unknownAs('NOAUTH')],
    ['an unsigned 500', { status: 500, body: JSON.stringify(failing('SYSTEM_ERROR')) }, unknownAs('SYSTEMERROR')],
    ["a gateway's page", page, unknownAs('BAD_REPLY')],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, unknownAs('BAD_REPLY')],
    ['an unsigned success', { status: 200, body: JSON.stringify(ACCEPTED_REFUND) }, unknownAs('BAD_SIGNATURE')],
    [
      "a stranger's success",
      signed(200, ACCEPTED_REFUND, { key: strangerKeys.privateKey }),
      unknownAs('BAD_SIGNATURE'),
    ],
    [
      "a stranger's refusal",
      signed(403, failing('NO_AUTH'), { key: strangerKeys.privateKey }),
      unknownAs('BAD_SIGNATURE'),
    ],
    [
      'an old success',
      signed(200, ACCEPTED_REFUND, { timestampSeconds: NOW_SECONDS - 301 }),
      unknownAs('BAD_SIGNATURE'),
    ],
    ['a changed success', { status: 200, headers: signedHeaders('{}'), body: '{} ' }, unknownAs('BAD_SIGNATURE')],
    ['a success that is no JSON', { status: 200, headers: signedHeaders('ok'), body: 'ok' }, unknownAs('BAD_REPLY')],
    ['a connection that is cut', 'CUT', unknownAs('NETWORK')],
  ])('tells %s', async (_what, answer, told) => {
    channel.answerWith(answer);
    expect(await failureOf(wechat.pay.refund(refund))).toMatchObject(told);
    expect(channel.received).toHaveLength(1);
  });

  it('says what was asked, what came and how support can find it', async () => {
    channel.answerWith(signed(403, { code: 'NOT_ENOUGH', message: '基本账户余额不足' }));
    const { message, httpStatus, requestId } = await failureOf(wechat.pay.refund(refund));
    expect(message).toBe(
      'POST /v3/refund/domestic/refunds: NOTENOUGH 基本账户余额不足 (HTTP 403, Request-ID 08F78BB1-268578)',
    );
    expect({ httpStatus, requestId }).toEqual({ httpStatus: 403, requestId: '08F78BB1-268578' });
  });

  it('gives up after the timeout, whether the channel says nothing or stops in the middle', async () => {
    const hasty = wechatFor(channel.origin, { WECHAT_TIMEOUT_MILLISECONDS: 100 });
    const half = { status: 200, headers: { 'content-length': '100' }, body: '{' };
    for (const answer of ['HANG', half] as const) {
      channel.answerWith(answer);
      const startedAt = performance.now();
      const error = await failureOf(hasty.pay.refund(refund));
      expect(error).toMatchObject({ ...unknownAs('TIMEOUT'), httpStatus: null, requestId: null });
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
    await hasty.transport.onApplicationShutdown();
  });

  it('tells a server that is not there', async () => {
    const lost = wechatFor('http://127.0.0.1:1');
    expect(await failureOf(lost.pay.refund(refund))).toMatchObject(unknownAs('NETWORK'));
    await lost.transport.onApplicationShutdown();
  });
});

it('signs for the client a prepay id, the time and a fresh nonce', () => {
  const [first, second] = [wechat.pay.signForClient('wx1'), wechat.pay.signForClient('wx1')];
  expect(first).toMatchObject({ timeStamp: String(NOW_SECONDS), package: 'prepay_id=wx1', signType: 'RSA' });
  expect(first.nonceStr).not.toBe(second.nonceStr);
  const text = `wx2421b1c4370ec43b\n${first.timeStamp}\n${first.nonceStr}\nprepay_id=wx1\n`;
  expect(Rsa.verify(text, first.paySign, merchantKeys.publicKey)).toBe(true);
});
