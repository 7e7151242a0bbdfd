import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { anOrder, closeEverything, control, Inbox, paidOrder, pay, shop, startShopEmulator } from './wechat.js';

let wechat: RunningEmulator;
beforeAll(async () => {
  wechat = await startShopEmulator();
});
afterAll(closeEverything);
afterEach(() => control(wechat.url, 'DELETE', '/misbehaviour'));

const misbehave = (plan: object) => control(wechat.url, 'POST', '/misbehaviour', plan);
const prepay = async () => (await pay(wechat.url, 'POST', '/v3/pay/transactions/jsapi', anOrder())).status;
const query = (no = 'order_unknown') =>
  pay(wechat.url, 'GET', `/v3/pay/transactions/out-trade-no/${no}?mchid=${shop.mchId}`);

async function prepays(count: number, between: () => Promise<unknown> = () => Promise.resolve()): Promise<number[]> {
  const statuses: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    statuses.push(await prepay());
    await between();
  }
  return statuses;
}

const ERRORS = { rate: 0.5, kinds: ['error_500', 'error_429'] };

describe('misbehaviour by rate', () => {
  it('strikes the same requests in the same way for the same seed, whatever comes in between', async () => {
    await misbehave({ seed: 7, ...ERRORS });
    const first = await prepays(24);
    await misbehave({ seed: 7, ...ERRORS });
    const again = await prepays(24, query);
    await misbehave({ seed: 8, ...ERRORS });
    const other = await prepays(24);

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 429, 500]));
  });

  it('counts what it has struck, and an armed fault does not move it', async () => {
    await misbehave({ seed: 7, ...ERRORS, operations: ['prepay'] });
    const calm = await prepays(12);
    await misbehave({ seed: 7, ...ERRORS, operations: ['prepay'] });
    await control(wechat.url, 'POST', '/faults', { operation: 'prepay', kind: 'refuse', code: 'NO_AUTH' });
    const armed = await prepays(12);
    await query();

    expect(armed).toEqual([403, ...calm.slice(1)]);
    const struck = calm.filter((status) => status !== 200).length;
    await expect(control(wechat.url, 'GET', '/misbehaviour')).resolves.toMatchObject({
      body: { struck: { prepay: struck } },
    });
  });

  it('strikes nothing at a rate of 0 and everything at 1, and ends when it is taken away', async () => {
    await misbehave({ seed: 1, rate: 0, kinds: ['error_500'] });
    expect(await prepays(3)).toEqual([200, 200, 200]);
    await misbehave({ seed: 1, rate: 1, kinds: ['error_500'] });
    expect(await prepays(3)).toEqual([500, 500, 500]);
    await control(wechat.url, 'DELETE', '/misbehaviour');
    expect(await prepays(3)).toEqual([200, 200, 200]);
    await expect(control(wechat.url, 'GET', '/misbehaviour')).resolves.toMatchObject({ body: { rate: 0, struck: {} } });
  });

  it('leaves the books whole unless it is told otherwise', async () => {
    const { body } = await misbehave({ seed: 1, rate: 0 });
    expect(body['operations']).toContain('refund_notify');
    for (const kind of ['hang', 'reorder', 'probe', 'old_signature']) expect(body['kinds']).toContain(kind);
    for (const kind of ['closed', 'abnormal', 'stuck', 'refuse', 'wrong_amount'])
      expect(body['kinds']).not.toContain(kind);
  });

  it('refuses with codes that the operation can give', async () => {
    await misbehave({ seed: 3, rate: 1, operations: ['query'], kinds: ['refuse'] });
    const codes = await Promise.all(Array.from({ length: 12 }, async () => (await query()).body['code']));
    expect(new Set(codes).size).toBeGreaterThan(1);
    for (const code of codes) {
      const armed = await control(wechat.url, 'POST', '/faults', { operation: 'query', kind: 'refuse', code });
      expect(armed.status).toBe(200);
    }
    await control(wechat.url, 'DELETE', '/faults');
  });

  it('strikes deliveries too', async () => {
    const inbox = new Inbox();
    await inbox.listen();
    await misbehave({ seed: 1, rate: 1, operations: ['pay_notify'], kinds: ['repeat'] });
    await paidOrder(wechat.url, { notify_url: inbox.url });
    const [first, second] = await inbox.waitFor(2);
    expect(second!.id).toBe(first!.id);
    await inbox.close();
  });

  it('can be on from the start', async () => {
    const troubled = await startShopEmulator({ faultRate: 0.25, faultSeed: 42 });
    await expect(control(troubled.url, 'GET', '/misbehaviour')).resolves.toMatchObject({
      body: { rate: 0.25, seed: 42 },
    });
  });

  it.each([
    ['seed', { rate: 0.5 }],
    ['rate', { seed: 1, rate: 1.5 }],
    ['rate', { seed: 1, rate: '0.5' }],
    ['operations', { seed: 1, rate: 0.5, operations: ['transfer'] }],
    ['operations', { seed: 1, rate: 0.5, operations: [] }],
    ['kinds', { seed: 1, rate: 0.5, kinds: ['explode'] }],
    ['kinds', { seed: 1, rate: 0.5, operations: ['login'], kinds: ['closed'] }],
  ])('is refused when its field %s is bad', async (field, plan) => {
    await expect(misbehave(plan)).resolves.toMatchObject({ status: 400, body: { field } });
  });
});
