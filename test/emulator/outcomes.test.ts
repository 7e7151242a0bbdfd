import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Rsa } from 'wechatpay-axios-plugin';
import type { RunningEmulator } from '../../src/emulator/index.js';
import {
  anOrder,
  closeEverything,
  control,
  Inbox,
  merchantKeys,
  paidOrder,
  pay,
  shop,
  startShopEmulator,
  until,
  wechatKeys,
} from './wechat.js';

const REFUNDS = '/v3/refund/domestic/refunds';

let wechat: RunningEmulator;
let inbox: Inbox;
beforeAll(async () => {
  wechat = await startShopEmulator();
  inbox = new Inbox();
  await inbox.listen();
});
afterAll(closeEverything);
afterEach(async () => {
  inbox.notices.length = 0;
  await control(wechat.url, 'DELETE', '/faults');
});

const arm = (operation: string, kind: string, more: object = {}) =>
  control(wechat.url, 'POST', '/faults', { operation, kind, ...more });
const end = (no: string, status: string) => control(wechat.url, 'POST', `/refunds/${no}/end`, { status });
const statusOf = async (no: string) => (await pay(wechat.url, 'GET', `${REFUNDS}/${no}`)).body['status'];
const books = async () => (await control(wechat.url, 'GET', '/books')).body as Record<string, number>;

let numbers = 0;

/** Asks for a refund of a new payment, which is notified to the inbox. */
async function askedRefund(amountMinor = 2_990) {
  const { transactionId, order } = await paidOrder(wechat.url);
  const ask = (refundMinor = amountMinor) => {
    numbers += 1;
    const no = `refund_${numbers}`;
    const amount = { refund: refundMinor, total: 2_990, currency: 'CNY' };
    const body = { transaction_id: transactionId, out_refund_no: no, notify_url: inbox.url, amount };
    return pay(wechat.url, 'POST', REFUNDS, body).then((answer) => ({ no, answer }));
  };
  return { order, ask, ...(await ask()) };
}

describe('a refund that does not succeed', () => {
  it.each([
    ['closed', 'CLOSED'],
    ['abnormal', 'ABNORMAL'],
  ])('is accepted and then ends %s, which the notification and the query tell', async (kind, status) => {
    await arm('refund', kind);
    const before = await books();
    const { no, answer } = await askedRefund();
    expect(answer).toMatchObject({ status: 200, body: { status: 'PROCESSING' } });

    const [notice] = await inbox.waitFor(1);
    const event = `REFUND.${status}`;
    expect(notice).toMatchObject({ event, isSigned: true, content: { out_refund_no: no, refund_status: status } });
    expect(notice!.content).not.toHaveProperty('success_time');
    expect(await statusOf(no)).toBe(status);

    const counted = `${kind}_refunds`;
    const after = await books();
    expect(after).toMatchObject({ [counted]: before[counted]! + 1, refunds: before['refunds'], processing_refunds: 0 });
    expect(after['refunded_minor']).toBe(before['refunded_minor']);
    const listed = (await control(wechat.url, 'GET', '/books/refunds')).body as unknown as Record<string, unknown>[];
    expect(listed.find(({ out_refund_no }) => out_refund_no === no)).toMatchObject({ status, amount_minor: 2_990 });
  });

  it('leaves its money to a successor when it was closed, and keeps it when it is abnormal', async () => {
    await arm('refund', 'closed');
    const closed = await askedRefund();
    await inbox.waitFor(1);
    await expect(closed.ask()).resolves.toMatchObject({ answer: { status: 200 } });

    await arm('refund', 'abnormal');
    const abnormal = await askedRefund();
    await inbox.waitFor(3);
    await expect(abnormal.ask()).resolves.toMatchObject({ answer: { body: { code: 'INVALID_REQUEST' } } });
  });

  it('stays under way when it is stuck, until the channel ends it', async () => {
    await arm('refund', 'stuck');
    const { no } = await askedRefund();
    const other = await askedRefund();
    await inbox.waitFor(1);
    expect(inbox.notices).toMatchObject([{ content: { out_refund_no: other.no } }]);
    expect(await statusOf(no)).toBe('PROCESSING');

    await expect(end(no, 'SUCCESS')).resolves.toMatchObject({ status: 200, body: { status: 'SUCCESS' } });
    const [, told] = await inbox.waitFor(2);
    expect(told).toMatchObject({ event: 'REFUND.SUCCESS', content: { out_refund_no: no, refund_status: 'SUCCESS' } });
    expect(await statusOf(no)).toBe('SUCCESS');
  });
});

describe('a channel that changes its mind about a refund', () => {
  it.each<[from: string, to: string]>([
    ['stuck', 'SUCCESS'],
    ['stuck', 'CLOSED'],
    ['stuck', 'ABNORMAL'],
    ['abnormal', 'SUCCESS'],
    ['abnormal', 'CLOSED'],
  ])('ends one that is %s as %s, and tells it', async (from, to) => {
    await arm('refund', from);
    const { no } = await askedRefund();
    if (from === 'abnormal') await until(async () => (await statusOf(no)) === 'ABNORMAL', 'the end');
    await expect(end(no, to)).resolves.toMatchObject({ status: 200, body: { out_refund_no: no, status: to } });
    await until(() => inbox.notices.some(({ event }) => event === `REFUND.${to}`), `REFUND.${to}`);
    expect(await statusOf(no)).toBe(to);
  });

  it.each<[from: string, to: string]>([
    ['SUCCESS', 'CLOSED'],
    ['CLOSED', 'SUCCESS'],
    ['CLOSED', 'CLOSED'],
    ['ABNORMAL', 'ABNORMAL'],
  ])('cannot turn %s into %s', async (from, to) => {
    await arm('refund', 'stuck');
    const { no } = await askedRefund();
    await end(no, from);
    await expect(end(no, to)).resolves.toMatchObject({ status: 409, body: { code: 'REFUND_ENDED' } });
    expect(await statusOf(no)).toBe(from);
  });

  it('knows the refund and the status, or says which it does not', async () => {
    await expect(end('refund_unknown', 'SUCCESS')).resolves.toMatchObject({
      status: 404,
      body: { code: 'REFUND_NOT_FOUND' },
    });
    await expect(end('refund_unknown', 'LOST')).resolves.toMatchObject({ status: 400, body: { field: 'status' } });
  });
});

describe('a channel that closes a trade by itself', () => {
  const closeUnasked = (no: string) => control(wechat.url, 'POST', `/trades/${no}/close`);

  it('leaves it closed to the query, and unpayable', async () => {
    const order = anOrder();
    const { body } = await pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', order);
    await expect(closeUnasked(order.out_trade_no)).resolves.toMatchObject({ status: 204 });
    const path = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}?mchid=${shop.mchId}`;
    await expect(pay(wechat.url, 'GET', path)).resolves.toMatchObject({ body: { trade_state: 'CLOSED' } });
    const paid = await control(wechat.url, 'POST', '/payments', { prepay_id: body['prepay_id'] });
    expect(paid).toMatchObject({ status: 409, body: { code: 'ORDER_CLOSED' } });
  });

  it('cannot close one that is paid or that it never had', async () => {
    const { order } = await paidOrder(wechat.url);
    await expect(closeUnasked(order.out_trade_no)).resolves.toMatchObject({ status: 409, body: { code: 'ORDERPAID' } });
    await expect(closeUnasked('order_unknown')).resolves.toMatchObject({
      status: 404,
      body: { code: 'TRADE_NOT_FOUND' },
    });
  });
});

describe('the remedy of an abnormal refund', () => {
  const sealed = (text: string, key = wechatKeys.publicKey) => Rsa.encrypt(text, key);
  const serial = { headers: { 'wechatpay-serial': shop.payPublicKeyId } };
  const remedy = (refundId: unknown, body: object, tampering: object = serial) =>
    pay(wechat.url, 'POST', `${REFUNDS}/${String(refundId)}/apply-abnormal-refund`, body, tampering);
  const toUser = (no: string) => ({
    out_refund_no: no,
    type: 'USER_BANK_CARD',
    bank_type: 'ICBC_DEBIT',
    bank_account: sealed('6222020200001234567'),
    real_name: sealed('王小明'),
  });

  async function abnormalRefund() {
    await arm('refund', 'abnormal');
    const { no, answer } = await askedRefund();
    await until(async () => (await statusOf(no)) === 'ABNORMAL', 'the abnormal end');
    return { no, refundId: answer.body['refund_id'] };
  }

  it.each([
    ["the user's card", toUser, '支付用户银行卡'],
    ["the merchant's", (no: string) => ({ out_refund_no: no, type: 'MERCHANT_BANK_CARD' }), '商户结算银行账户'],
  ])('sends the money to %s, and tells it', async (_whose, bodyFor, account) => {
    const { no, refundId } = await abnormalRefund();
    const accepted = await remedy(refundId, bodyFor(no));
    expect(accepted).toMatchObject({ status: 200, body: { refund_id: refundId, status: 'PROCESSING' } });
    await until(() => inbox.notices.some(({ event }) => event === 'REFUND.SUCCESS'), 'the success');
    const { body } = await pay(wechat.url, 'GET', `${REFUNDS}/${no}`);
    expect(body).toMatchObject({ status: 'SUCCESS', channel: 'OTHER_BANKCARD', user_received_account: account });
  });

  it('is for abnormal refunds only, and once', async () => {
    const { no, refundId } = await abnormalRefund();
    await remedy(refundId, toUser(no));
    await expect(remedy(refundId, toUser(no))).resolves.toMatchObject({ body: { code: 'INVALID_REQUEST' } });
    await expect(remedy('50300', toUser(no))).resolves.toMatchObject({ body: { code: 'INVALID_REQUEST' } });
    await expect(remedy(refundId, toUser('refund_unknown'))).resolves.toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_EXISTS' },
    });
  });

  it.each<[field: string, change: object]>([
    ['/type', { type: 'CASH' }],
    ['/bank_type', { bank_type: undefined }],
    ['/bank_account', { bank_account: '6222020200001234567' }],
    ['/bank_account', { bank_account: sealed('six') }],
    ['/real_name', { real_name: sealed('王小明', merchantKeys.publicKey) }],
    ['/real_name', { real_name: undefined }],
  ])('names the field %s when it is bad', async (field, change) => {
    const { no, refundId } = await abnormalRefund();
    const answer = await remedy(refundId, { ...toUser(no), ...change });
    expect(answer).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR', detail: { field, location: 'body' } } });
    expect(await statusOf(no)).toBe('ABNORMAL');
  });

  it('must say which key its encrypted fields are for', async () => {
    const { no, refundId } = await abnormalRefund();
    const detail = { field: 'Wechatpay-Serial', location: 'header' };
    await expect(remedy(refundId, toUser(no), {})).resolves.toMatchObject({ body: { code: 'PARAM_ERROR', detail } });
  });
});

describe('a refusal', () => {
  const prepay = (order: object) => pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', order);
  const byNumber = '/v3/pay/transactions/out-trade-no/order_unknown';
  const requests: Record<string, () => ReturnType<typeof pay>> = {
    prepay: () => prepay(anOrder()),
    query: () => pay(wechat.url, 'GET', `${byNumber}?mchid=${shop.mchId}`),
    close: () => pay(wechat.url, 'POST', `${byNumber}/close`, { mchid: shop.mchId }),
    refund: async () => (await askedRefund()).answer,
    query_refund: () => pay(wechat.url, 'GET', `${REFUNDS}/refund_unknown`),
    remedy_refund: () => pay(wechat.url, 'POST', `${REFUNDS}/1/apply-abnormal-refund`, {}),
  };

  // prettier-ignore
  it.each([
    ['prepay', 'PARAM_ERROR', 400], ['prepay', 'INVALID_REQUEST', 400], ['prepay', 'APPID_MCHID_NOT_MATCH', 400],
    ['prepay', 'MCH_NOT_EXISTS', 400], ['prepay', 'ORDERPAID', 400], ['prepay', 'ORDER_CLOSED', 400],
    ['prepay', 'SIGN_ERROR', 401], ['prepay', 'NO_AUTH', 403], ['prepay', 'OUT_TRADE_NO_USED', 403],
    ['prepay', 'RULE_LIMIT', 403], ['prepay', 'TRADE_ERROR', 403], ['prepay', 'ACCOUNT_ERROR', 403],
    ['prepay', 'OPENID_MISMATCH', 500], ['prepay', 'INVALID_TRANSACTIONID', 500], ['prepay', 'NEVER_SEEN_BEFORE', 403],
    ['query', 'ORDER_NOT_EXIST', 404], ['query', 'RATELIMIT_EXCEEDED', 429], ['query', 'BANK_ERROR', 500],
    ['close', 'ORDERPAID', 400], ['close', 'SYSTEM_ERROR', 500], ['refund', 'NOT_ENOUGH', 403],
    ['refund', 'USER_ACCOUNT_ABNORMAL', 403], ['refund', 'REQUEST_BLOCKED', 403], ['refund', 'MCH_NOT_EXISTS', 404],
    ['refund', 'FREQUENCY_LIMITED', 429], ['query_refund', 'RESOURCE_NOT_EXISTS', 404],
    ['remedy_refund', 'NO_AUTH', 403],
  ])('of %s with %s is an HTTP %i', async (operation, code, status) => {
    await arm(operation, 'refuse', { code });
    await expect(requests[operation]!()).resolves.toMatchObject({ status, body: { code }, isSigned: true });
  });

  it('does nothing, and is over after as many times as it was armed for', async () => {
    await expect(arm('refund', 'refuse', { code: 'NOT_ENOUGH', times: 2 })).resolves.toMatchObject({
      body: { kind: 'refuse', code: 'NOT_ENOUGH', times: 2 },
    });
    const { no, answer, ask } = await askedRefund();
    expect(answer.body['code']).toBe('NOT_ENOUGH');
    await expect(pay(wechat.url, 'GET', `${REFUNDS}/${no}`)).resolves.toMatchObject({ status: 404 });
    expect((await ask()).answer.body['code']).toBe('NOT_ENOUGH');
    await expect(ask()).resolves.toMatchObject({ answer: { status: 200 } });
  });

  it.each([
    ['code', { operation: 'prepay', kind: 'refuse', code: 'NOT_ENOUGH' }],
    ['code', { operation: 'query', kind: 'refuse', code: 'OUT_OF_CHEESE' }],
    ['code', { operation: 'refund', kind: 'refuse' }],
    ['kind', { operation: 'login', kind: 'refuse', code: 'NO_AUTH' }],
    ['kind', { operation: 'prepay', kind: 'closed' }],
  ])('cannot be armed when its field %s is bad', async (field, body) => {
    await expect(control(wechat.url, 'POST', '/faults', body)).resolves.toMatchObject({ status: 400, body: { field } });
  });
});
