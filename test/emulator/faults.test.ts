import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import {
  anOrder,
  closeEverything,
  control,
  Inbox,
  paidOrder,
  pause,
  pay,
  read,
  shop,
  startShopEmulator,
  until,
} from './wechat.js';

let wechat: RunningEmulator;
let inbox: Inbox;
beforeAll(async () => {
  wechat = await startShopEmulator({ retryScale: 0.002 });
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
const prepay = (order: object) => pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', order);
const query = (no: string) => pay(wechat.url, 'GET', `/v3/pay/transactions/out-trade-no/${no}?mchid=${shop.mchId}`);

async function isArmed(base: string): Promise<boolean> {
  const armed = (await control(base, 'GET', '/faults')).body as unknown as unknown[];
  return armed.length > 0;
}

describe('a fault of a request', () => {
  it('timeout_before does nothing and cuts the connection', async () => {
    await arm('prepay', 'timeout_before', { delay_ms: 30 });
    const order = anOrder();
    await expect(prepay(order)).rejects.toThrow('fetch failed');
    await expect(query(order.out_trade_no)).resolves.toMatchObject({ status: 404 });
  });

  it('timeout_after does it and cuts the connection', async () => {
    await arm('prepay', 'timeout_after');
    const order = anOrder();
    await expect(prepay(order)).rejects.toThrow('fetch failed');
    await expect(query(order.out_trade_no)).resolves.toMatchObject({ status: 200, body: { trade_state: 'NOTPAY' } });
  });

  it.each([
    ['error_500', 500, 'SYSTEM_ERROR'],
    ['error_429', 429, 'FREQUENCY_LIMITED'],
  ])('%s refuses and does nothing', async (kind, status, code) => {
    await arm('prepay', kind);
    const order = anOrder();
    await expect(prepay(order)).resolves.toMatchObject({ status, body: { code }, isSigned: true });
    await expect(query(order.out_trade_no)).resolves.toMatchObject({ status: 404 });
  });

  it('error_500 and error_429 are error codes in the mini-program API', async () => {
    await arm('login', 'error_500');
    await arm('token', 'error_429');
    const login = await read(await fetch(`${wechat.url}/sns/jscode2session`));
    const token = await read(await fetch(`${wechat.url}/cgi-bin/stable_token`, { method: 'POST', body: '{}' }));
    expect([login, token]).toMatchObject([
      { status: 200, body: { errcode: -1 } },
      { status: 200, body: { errcode: 45011 } },
    ]);
  });

  it('bad_signature signs something else', async () => {
    await arm('prepay', 'bad_signature');
    await expect(prepay(anOrder())).resolves.toMatchObject({ status: 200, isSigned: false });
  });

  it('old_signature signs well, ten minutes ago', async () => {
    await arm('prepay', 'old_signature');
    const answer = await prepay(anOrder());
    expect(answer).toMatchObject({ status: 200, isSigned: true });
    expect(Date.now() / 1_000 - Number(answer.headers.get('wechatpay-timestamp'))).toBeGreaterThanOrEqual(600);
  });

  it('hang does nothing and never answers, so the caller gives up', async () => {
    await arm('prepay', 'hang');
    const order = anOrder();
    const giveUp = { signal: AbortSignal.timeout(100) };
    await expect(pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', order, {}, giveUp)).rejects.toThrow('timeout');
    await expect(query(order.out_trade_no)).resolves.toMatchObject({ status: 404 });
  });

  it('hang ends at the latest when the emulator closes', async () => {
    const closing = await startShopEmulator();
    await control(closing.url, 'POST', '/faults', { operation: 'login', kind: 'hang' });
    const login = fetch(`${closing.url}/sns/jscode2session`);
    await until(async () => !(await isArmed(closing.url)), 'the request');
    await Promise.all([expect(login).rejects.toThrow('fetch failed'), closing.close()]);
  });

  it('delay answers late', async () => {
    await arm('close', 'delay', { delay_ms: 60 });
    const startedAtMs = Date.now();
    const path = '/v3/pay/transactions/out-trade-no/order_unknown/close';
    await expect(pay(wechat.url, 'POST', path, { mchid: shop.mchId })).resolves.toMatchObject({ status: 404 });
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(59);
  });

  it('wrong_amount lies about the money, under a good signature', async () => {
    const { order, transactionId } = await paidOrder(wechat.url);
    await arm('query', 'wrong_amount');
    await arm('refund', 'wrong_amount');
    const told = await query(order.out_trade_no);
    expect(told).toMatchObject({ body: { amount: { total: 2_991, payer_total: 2_991 } }, isSigned: true });

    const refund = { transaction_id: transactionId, out_refund_no: 'lied', amount: { refund: 5, total: 2_990 } };
    const refunded = await pay(wechat.url, 'POST', '/v3/refund/domestic/refunds', refund);
    expect(refunded.body).toMatchObject({ amount: { refund: 6 } });
    await expect(query(order.out_trade_no)).resolves.toMatchObject({ body: { amount: { total: 2_990 } } });
  });

  it('strikes as often as it was armed for, in the order of arming', async () => {
    await arm('query', 'error_500', { times: 2 });
    await arm('query', 'error_429');
    const listed = (await control(wechat.url, 'GET', '/faults')).body;
    expect(listed).toMatchObject([{ kind: 'error_500', times: 2, delay_ms: 0 }, { kind: 'error_429' }]);

    const statuses: number[] = [];
    for (let request = 0; request < 4; request += 1) statuses.push((await query('order_unknown')).status);
    expect(statuses).toEqual([500, 500, 429, 404]);
  });

  it('does not strike a request that is not authentic', async () => {
    await arm('prepay', 'error_500');
    await expect(
      pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', anOrder(), { nonce: '' }),
    ).resolves.toMatchObject({
      status: 401,
    });
    await expect(prepay(anOrder())).resolves.toMatchObject({ status: 500 });
  });

  it.each([
    ['operation', { operation: 'transfer', kind: 'delay' }],
    ['kind', { operation: 'login', kind: 'bad_signature' }],
    ['kind', { operation: 'pay_notify', kind: 'error_500' }],
    ['times', { operation: 'query', kind: 'delay', times: 0 }],
    ['delay_ms', { operation: 'query', kind: 'delay', delay_ms: -1 }],
  ])('is refused when its field %s is bad', async (field, body) => {
    const answer = await control(wechat.url, 'POST', '/faults', body);
    expect(answer).toMatchObject({ status: 400, body: { field } });
  });
});

describe('a fault of a notification', () => {
  const pays = () => paidOrder(wechat.url, { notify_url: inbox.url });

  it('lose drops one delivery, and the retry plan goes on', async () => {
    await arm('pay_notify', 'lose');
    await pays();
    await pause(15);
    expect(inbox.notices).toHaveLength(0);
    await inbox.waitFor(1);
  });

  it('repeat sends it twice', async () => {
    await arm('pay_notify', 'repeat');
    await pays();
    const [first, second] = await inbox.waitFor(2);
    expect(second!.id).toBe(first!.id);
  });

  it('delay lets a later one overtake it', async () => {
    await arm('pay_notify', 'delay', { delay_ms: 1_500 });
    const first = await pays();
    const second = await pays();
    const arrived = (await inbox.waitFor(2)).map(({ content }) => content['transaction_id']);
    expect(arrived).toEqual([second.transactionId, first.transactionId]);
  });

  it('bad_signature signs something else', async () => {
    await arm('pay_notify', 'bad_signature');
    await pays();
    expect((await inbox.waitFor(1))[0]).toMatchObject({ isSigned: false });
  });

  it('old_signature signs well, ten minutes ago', async () => {
    await arm('pay_notify', 'old_signature');
    await pays();
    const [notice] = await inbox.waitFor(1);
    expect(notice).toMatchObject({ isSigned: true });
    expect(Date.now() / 1_000 - Number(notice!.headers['wechatpay-timestamp'])).toBeGreaterThanOrEqual(600);
  });

  it('reorder holds it until another one was delivered, of whatever kind', async () => {
    await arm('refund_notify', 'reorder');
    const { transactionId } = await paidOrder(wechat.url);
    const amount = { refund: 100, total: 2_990 };
    const refund = { transaction_id: transactionId, out_refund_no: 'overtaken', notify_url: inbox.url, amount };
    await pay(wechat.url, 'POST', '/v3/refund/domestic/refunds', refund);
    await until(async () => !(await isArmed(wechat.url)), 'the fault to strike');
    expect(inbox.notices).toHaveLength(0);
    await pays();
    const arrived = await inbox.waitFor(2);
    expect(arrived.map(({ event }) => event)).toEqual(['TRANSACTION.SUCCESS', 'REFUND.SUCCESS']);
  });

  it('reorder gives up after five seconds when nothing else is told', async () => {
    await arm('pay_notify', 'reorder');
    const startedAtMs = Date.now();
    await pays();
    const [notice] = await inbox.waitFor(1, 15_000);
    expect(notice!.arrivedAtMs - startedAtMs).toBeGreaterThanOrEqual(4_999);
  }, 20_000);

  it('probe carries a marked signature, and is never taken for delivered', async () => {
    const accepted = async () => (await control(wechat.url, 'GET', '/books')).body['accepted_probes'];
    await arm('pay_notify', 'probe');
    await pays();
    const [probe, genuine] = await inbox.waitFor(2);
    expect(probe!.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
    expect(genuine).toMatchObject({ id: probe!.id, isSigned: true });
    // This inbox takes everything, and is found out.
    expect(await accepted()).toBe(1);
  });

  it('wrong_amount lies about the money, and the books do not', async () => {
    await arm('refund_notify', 'wrong_amount');
    const { transactionId } = await paidOrder(wechat.url);
    const amount = { refund: 100, total: 2_990 };
    const refund = { transaction_id: transactionId, out_refund_no: 'told_wrong', notify_url: inbox.url, amount };
    await pay(wechat.url, 'POST', '/v3/refund/domestic/refunds', refund);
    expect((await inbox.waitFor(1))[0]).toMatchObject({ isSigned: true, content: { amount: { refund: 101 } } });

    const books = (await control(wechat.url, 'GET', '/books/refunds')).body as unknown as Record<string, unknown>[];
    expect(books.find(({ out_refund_no }) => out_refund_no === 'told_wrong')).toMatchObject({ amount_minor: 100 });
  });
});
