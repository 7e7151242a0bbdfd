import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { closeEverything, control, Inbox, paidOrder, pause, startShopEmulator, until } from './wechat.js';

// 15 s of WeChat's plan are 30 ms here.
const RETRY_SCALE = 0.002;

let wechat: RunningEmulator;
let inbox: Inbox;
beforeAll(async () => {
  wechat = await startShopEmulator({ retryScale: RETRY_SCALE });
});
afterAll(closeEverything);
beforeEach(async () => {
  inbox = new Inbox();
  await inbox.listen();
});
afterEach(() => inbox.close());

const undelivered = async () => (await control(wechat.url, 'GET', '/books')).body['undelivered_notifications'];
const pays = (notify: object = {}) => paidOrder(wechat.url, { notify_url: inbox.url }, { notify });

describe('a payment notification', () => {
  it('tells what the query tells, signed and sealed', async () => {
    const { order, transactionId } = await pays();
    const [notice] = await inbox.waitFor(1);
    expect(notice).toMatchObject({
      event: 'TRANSACTION.SUCCESS',
      isSigned: true,
      content: {
        out_trade_no: order.out_trade_no,
        transaction_id: transactionId,
        trade_state: 'SUCCESS',
        amount: { total: 2_990, payer_total: 2_990, currency: 'CNY', payer_currency: 'CNY' },
      },
    });
  });

  it('is repeated under the same id until the shop answers 2xx', async () => {
    inbox.status = 500;
    await pays();
    await inbox.waitFor(2);
    expect(await undelivered()).toBe(1);

    inbox.status = 204;
    await until(async () => (await undelivered()) === 0, 'the delivery');
    const arrived = inbox.notices.length;
    await pause(150);
    expect(inbox.notices).toHaveLength(arrived);
    expect(new Set(inbox.notices.map(({ id }) => id)).size).toBe(1);
    expect(inbox.notices[1]!.arrivedAtMs - inbox.notices[0]!.arrivedAtMs).toBeGreaterThanOrEqual(
      15_000 * RETRY_SCALE - 1,
    );
  });

  it('is given up after fifteen retries', async () => {
    const hasty = await startShopEmulator({ retryScale: 0 });
    inbox.status = 500;
    await paidOrder(hasty.url, { notify_url: inbox.url });
    const isGivenUp = async () => (await control(hasty.url, 'GET', '/books')).body['undelivered_notifications'] === 0;
    await until(isGivenUp, 'the end of the plan');
    expect(inbox.notices).toHaveLength(16);
  });

  it('must be answered within five seconds', async () => {
    inbox.answersAfterMs = 10_000;
    await pays();
    await inbox.waitFor(1);
    inbox.answersAfterMs = 0;
    const [first, second] = await inbox.waitFor(2, 15_000);
    expect(second!.id).toBe(first!.id);
    expect(second!.arrivedAtMs - first!.arrivedAtMs).toBeGreaterThanOrEqual(4_900);
    await until(async () => (await undelivered()) === 0, 'the delivery');
  }, 20_000);

  it('arrives several times at once when asked to', async () => {
    await pays({ copies: 3 });
    const notices = await inbox.waitFor(3);
    expect(new Set(notices.map(({ id }) => id)).size).toBe(1);
  });

  it('arrives late when asked to', async () => {
    const startedAtMs = Date.now();
    await pays({ delay_ms: 80 });
    const [notice] = await inbox.waitFor(1);
    expect(notice!.arrivedAtMs - startedAtMs).toBeGreaterThanOrEqual(79);
  });

  it('never arrives when it is to be lost', async () => {
    await pays({ lose: true });
    await pause(100);
    expect(inbox.notices).toHaveLength(0);
    expect(await undelivered()).toBe(0);
  });
});
