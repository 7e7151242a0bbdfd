import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decorator, Formatter } from 'wechatpay-axios-plugin';
import type { RunningEmulator } from '../../src/emulator/index.js';
import {
  anOrder,
  closeEverything,
  merchantKeys,
  pay,
  read,
  shop,
  startShopEmulator,
  type Tampering,
  wechatKeys,
} from './wechat.js';

const PREPAY = '/v3/pay/transactions/jsapi';

let wechat: RunningEmulator;
beforeAll(async () => {
  wechat = await startShopEmulator();
});
afterAll(closeEverything);

describe('the signatures of WeChat Pay', () => {
  it('serve a client that was written by others and verifies every reply', async () => {
    const client = new Decorator({
      mchid: shop.mchId,
      serial: shop.mchSerialNo,
      privateKey: merchantKeys.privateKey,
      certs: { [shop.payPublicKeyId]: wechatKeys.publicKey },
      baseURL: wechat.url,
    });
    const order = anOrder();
    const prepaid = await client.request<{ prepay_id: string }>('v3/pay/transactions/jsapi', 'post', order);
    expect(prepaid.data.prepay_id).toMatch(/^wx\d{14}\w{20}$/);

    const path = `v3/pay/transactions/out-trade-no/${order.out_trade_no}`;
    await expect(client.request(path, 'get', undefined, { params: { mchid: shop.mchId } })).resolves.toMatchObject({
      data: { trade_state: 'NOTPAY' },
    });
    await expect(client.request(`${path}/close`, 'post', { mchid: shop.mchId })).resolves.toMatchObject({
      status: 204,
    });
  });

  it.each<[what: string, Tampering]>([
    ['is from another merchant', { mchId: '1900000110' }],
    ['names another certificate', { serialNo: 'ABCDEF' }],
    ['is older than five minutes', { timestamp: Formatter.timestamp() - 310 }],
    ['comes from the future', { timestamp: Formatter.timestamp() + 310 }],
    ['was changed on the way', { sentBody: JSON.stringify(anOrder()).replace('2990', '2991') }],
    ['has no Authorization', { headers: { authorization: '' } }],
  ])('are missing when a request %s', async (_what, tampering) => {
    const answer = await pay(wechat.url, 'POST', PREPAY, anOrder(), tampering);
    expect(answer).toMatchObject({ status: 401, body: { code: 'SIGN_ERROR' }, isSigned: true });
  });

  it('are good for one request only', async () => {
    const once = { nonce: Formatter.nonce(), timestamp: Formatter.timestamp() };
    const order = anOrder();
    await expect(pay(wechat.url, 'POST', PREPAY, order, once)).resolves.toMatchObject({ status: 200, isSigned: true });
    await expect(pay(wechat.url, 'POST', PREPAY, order, once)).resolves.toMatchObject({
      status: 401,
      body: { code: 'SIGN_ERROR' },
    });
  });

  it('stand on refusals and on replies without a body', async () => {
    const nowhere = await pay(wechat.url, 'GET', '/v3/nowhere');
    expect(nowhere).toMatchObject({ status: 404, isSigned: true });

    const order = anOrder();
    await pay(wechat.url, 'POST', PREPAY, order);
    const path = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}/close`;
    const closed = await pay(wechat.url, 'POST', path, { mchid: shop.mchId });
    expect(closed).toMatchObject({ status: 204, isSigned: true });
    expect(closed.headers.get('request-id')).toBeTruthy();
  });

  it('are not asked of the control surface', async () => {
    const health = await read(await fetch(`${wechat.url}/emulator/health`));
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('are not given to a caller that expects another public key', async () => {
    const headers = { 'wechatpay-serial': 'PUB_KEY_ID_OTHER' };
    const answer = await pay(wechat.url, 'POST', PREPAY, anOrder(), { headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR', detail: { location: 'header' } } });
  });
});
