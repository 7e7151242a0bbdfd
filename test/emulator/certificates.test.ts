import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Decorator, Rsa } from 'wechatpay-axios-plugin';
import type { EmulatorOptions } from '../../src/emulator/index.js';
import {
  anOrder,
  closeEverything,
  control,
  downloadCertificates,
  Inbox,
  knownKeys,
  merchantKeys,
  paidOrder,
  pay,
  shop,
  startShopEmulator,
  until,
} from './wechat.js';

const PREPAY = '/v3/pay/transactions/jsapi';
const CERTIFICATES = '/v3/certificates';
const REFUNDS = '/v3/refund/domestic/refunds';

afterAll(closeEverything);

const certified = (options: Partial<EmulatorOptions> = {}) =>
  startShopEmulator({ payKeyMode: 'certificate', ...options });
const rotate = (base: string, more: object = {}) => control(base, 'POST', '/certificates/rotate', more);
const serialsOf = async (base: string) => (await downloadCertificates(base)).map(({ serialNumber }) => serialNumber);
const naming = (serial: string) => ({ headers: { 'wechatpay-serial': serial } });

describe('a client that was written by others and verifies every reply', () => {
  it.each(['public-key', 'certificate', 'both'] as const)('is served in the mode %s', async (payKeyMode) => {
    const wechat = await startShopEmulator({ payKeyMode });
    const certificates = payKeyMode === 'public-key' ? [] : await downloadCertificates(wechat.url);
    const client = new Decorator({
      mchid: shop.mchId,
      serial: shop.mchSerialNo,
      privateKey: merchantKeys.privateKey,
      certs: Object.fromEntries(
        payKeyMode === 'public-key'
          ? knownKeys
          : certificates.map((certificate) => [certificate.serialNumber, certificate.toString()]),
      ),
      baseURL: wechat.url,
    });
    const order = anOrder();
    const prepaid = await client.request<{ prepay_id: string }>('v3/pay/transactions/jsapi', 'post', order);
    const path = `v3/pay/transactions/out-trade-no/${order.out_trade_no}`;
    const params = { mchid: shop.mchId };
    await expect(client.request(path, 'get', undefined, { params })).resolves.toMatchObject({
      data: { trade_state: 'NOTPAY' },
    });

    const paid = await control(wechat.url, 'POST', '/payments', {
      prepay_id: prepaid.data.prepay_id,
      notify: { lose: true },
    });
    const amount = { refund: 100, total: 2_990, currency: 'CNY' };
    const refund = { transaction_id: paid.body['transaction_id'], out_refund_no: `refund_of_${payKeyMode}`, amount };
    await expect(client.request('v3/refund/domestic/refunds', 'post', refund)).resolves.toMatchObject({
      data: { status: 'PROCESSING' },
    });

    const other = anOrder();
    await client.request('v3/pay/transactions/jsapi', 'post', other);
    const close = `v3/pay/transactions/out-trade-no/${other.out_trade_no}/close`;
    await expect(client.request(close, 'post', params)).resolves.toMatchObject({ status: 204 });
  });
});

describe('the platform certificates', () => {
  it('are listed under seal, by serial number and with their times, and sign the list itself', async () => {
    const wechat = await certified();
    const [certificate] = await downloadCertificates(wechat.url);
    const answer = await pay(wechat.url, 'GET', CERTIFICATES);
    expect(answer).toMatchObject({ status: 200, isSigned: true });
    expect(answer.headers.get('wechatpay-serial')).toBe(certificate!.serialNumber);
    const [entry] = (answer.body as { data: Record<string, string>[] }).data;
    expect(entry).toMatchObject({
      serial_no: expect.stringMatching(/^[0-9A-F]{40}$/),
      encrypt_certificate: { algorithm: 'AEAD_AES_256_GCM', associated_data: 'certificate' },
    });
    expect(Date.parse(entry!['effective_time']!)).toBe(Date.parse(certificate!.validFrom));
    expect(Date.parse(entry!['expire_time']!)).toBe(Date.parse(certificate!.validTo));
  });

  it('are none for a merchant who has the public key', async () => {
    const wechat = await startShopEmulator();
    await expect(pay(wechat.url, 'GET', CERTIFICATES)).resolves.toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_EXISTS' },
      isSigned: true,
    });
    await expect(rotate(wechat.url)).resolves.toMatchObject({ status: 409, body: { code: 'NO_CERTIFICATES' } });
  });

  it('are several at once, of which the newest that may sign does', async () => {
    const wechat = await certified();
    const [first] = await serialsOf(wechat.url);
    const shown = String((await rotate(wechat.url, { signs: false })).body['serial_no']);
    expect(await serialsOf(wechat.url)).toEqual([first, shown]);
    const before = await pay(wechat.url, 'POST', PREPAY, anOrder());
    expect(before.headers.get('wechatpay-serial')).toBe(first);

    const signing = String((await rotate(wechat.url)).body['serial_no']);
    expect(await serialsOf(wechat.url)).toEqual([first, shown, signing]);
    const after = await pay(wechat.url, 'POST', PREPAY, anOrder());
    expect(after).toMatchObject({ status: 200, isSigned: true });
    expect(after.headers.get('wechatpay-serial')).toBe(signing);
  });

  it('are listed no more once they have expired, and cannot be encrypted for', async () => {
    const wechat = await certified();
    const [lasting] = await serialsOf(wechat.url);
    const dying = String((await rotate(wechat.url, { life_seconds: 1, signs: false })).body['serial_no']);
    await until(async () => (await serialsOf(wechat.url)).length === 1, 'the end of a certificate');
    expect(await serialsOf(wechat.url)).toEqual([lasting]);
    await expect(pay(wechat.url, 'POST', PREPAY, anOrder(), naming(dying))).resolves.toMatchObject({
      status: 400,
      body: { code: 'PARAM_ERROR', detail: { field: 'Wechatpay-Serial', location: 'header' } },
    });
  });

  it('are remembered over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    const journalFile = join(folder, 'journal.jsonl');
    const before = await certified({ journalFile });
    await rotate(before.url);
    const serials = await serialsOf(before.url);
    await before.close();

    const after = await certified({ journalFile });
    expect(await serialsOf(after.url)).toEqual(serials);
    expect((await pay(after.url, 'POST', PREPAY, anOrder())).headers.get('wechatpay-serial')).toBe(serials.at(-1));
    await after.close();
    await rm(folder, { recursive: true });
  });

  it('take the place of the public key, which nobody may name then', async () => {
    const wechat = await certified();
    const answer = await pay(wechat.url, 'POST', PREPAY, anOrder(), naming(shop.payPublicKeyId));
    expect(answer).toMatchObject({ status: 400, body: { detail: { field: 'Wechatpay-Serial' } } });
  });

  it('open what is encrypted for them', async () => {
    const wechat = await certified();
    const [certificate] = await downloadCertificates(wechat.url);
    const { transactionId } = await paidOrder(wechat.url);
    await control(wechat.url, 'POST', '/faults', { operation: 'refund', kind: 'abnormal' });
    const amount = { refund: 100, total: 2_990 };
    const refund = { transaction_id: transactionId, out_refund_no: 'abnormal', amount };
    const { body } = await pay(wechat.url, 'POST', REFUNDS, refund);
    const isAbnormal = async () => (await pay(wechat.url, 'GET', `${REFUNDS}/abnormal`)).body['status'] === 'ABNORMAL';
    await until(isAbnormal, 'the abnormal end');

    const remedy = {
      out_refund_no: 'abnormal',
      type: 'USER_BANK_CARD',
      bank_type: 'ICBC_DEBIT',
      bank_account: Rsa.encrypt('6222020200001234567', certificate!.publicKey),
      real_name: Rsa.encrypt('王小明', certificate!.publicKey),
    };
    const path = `${REFUNDS}/${String(body['refund_id'])}/apply-abnormal-refund`;
    await expect(pay(wechat.url, 'POST', path, remedy)).resolves.toMatchObject({ status: 400 });
    await expect(pay(wechat.url, 'POST', path, remedy, naming(certificate!.serialNumber))).resolves.toMatchObject({
      status: 200,
      body: { status: 'PROCESSING' },
    });
  });

  it.each([
    ['life_seconds', { life_seconds: 0 }],
    ['signs', { signs: 'yes' }],
  ])('are not made when the field %s is bad', async (field, body) => {
    const wechat = await certified();
    await expect(rotate(wechat.url, body)).resolves.toMatchObject({ status: 400, body: { field } });
  });
});

describe('a migration from certificates to the public key', () => {
  it('answers under the key that the merchant names, and notifies under either', async () => {
    const wechat = await startShopEmulator({ payKeyMode: 'both' });
    const [serial] = await serialsOf(wechat.url);
    const underCertificate = await pay(wechat.url, 'POST', PREPAY, anOrder());
    expect(underCertificate).toMatchObject({ status: 200, isSigned: true });
    expect(underCertificate.headers.get('wechatpay-serial')).toBe(serial);
    const underKey = await pay(wechat.url, 'POST', PREPAY, anOrder(), naming(shop.payPublicKeyId));
    expect(underKey).toMatchObject({ status: 200, isSigned: true });
    expect(underKey.headers.get('wechatpay-serial')).toBe(shop.payPublicKeyId);

    const inbox = new Inbox();
    await inbox.listen();
    await paidOrder(wechat.url, { notify_url: inbox.url });
    await paidOrder(wechat.url, { notify_url: inbox.url });
    const notices = await inbox.waitFor(2);
    expect(notices).toMatchObject([{ isSigned: true }, { isSigned: true }]);
    expect(new Set(notices.map(({ headers }) => headers['wechatpay-serial']))).toEqual(
      new Set([serial, shop.payPublicKeyId]),
    );
    await inbox.close();
  });
});
