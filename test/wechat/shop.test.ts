import { afterEach, describe, expect, it } from '@jest/globals';
import type { EmulatorOptions } from '../../src/emulator/index.js';
import { PayClient } from '#wechat';
import { anOffer } from '../support/builders.js';
import type { Phone } from '../support/phone.js';
import { Shop, type ShopOptions } from '../support/shop.js';
import { settle, until } from '../support/sound.js';

const CERTIFIED = {
  WECHAT_PAY_KEY_MODE: 'certificate',
  WECHAT_PAY_PUBLIC_KEY_ID: '',
  WECHAT_PAY_PUBLIC_KEY_FILE: '',
} as const;

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function open(payKeyMode: EmulatorOptions['payKeyMode'], environment: ShopOptions['environment'] = {}) {
  const opened = await Shop.open({ environment, wechat: { payKeyMode } });
  shop = opened;
  const { skuId } = await anOffer(opened, { size: 2, ttlSeconds: 3_600 });
  const phone = await opened.login('ana');
  return { shop: opened, skuId, phone };
}

const delivered = (of: Shop) =>
  until(async () => (await of.books()).undelivered_notifications === 0, 'every notification is delivered');

/** Buys and pays; the shop learns of it from the notification alone. */
async function paidCheckout(of: Shop, phone: Phone, skuId: string): Promise<string> {
  const { id } = await phone.buy(skuId);
  await phone.pay(id);
  await delivered(of);
  await settle(of);
  const [payment] = await of.rows<{ status: string; out_trade_no: string }>(
    'SELECT payment.status, out_trade_no FROM payment ORDER BY id DESC LIMIT 1',
  );
  expect(payment).toMatchObject({ status: 'SUCCEEDED' });
  return payment!.out_trade_no;
}

describe('a shop and WeChat', () => {
  it.each<[mode: string, payKeyMode: EmulatorOptions['payKeyMode'], environment: ShopOptions['environment']]>([
    ['by public key', 'public-key', {}],
    ['by certificates, without a public key', 'certificate', CERTIFIED],
    ['by both, before the shop moves to the public key', 'both', { WECHAT_PAY_KEY_MODE: 'certificate' }],
  ])('understand each other %s', async (_mode, payKeyMode, environment) => {
    const { shop, skuId, phone } = await open(payKeyMode, environment);
    const outTradeNo = await paidCheckout(shop, phone, skuId);
    await paidCheckout(shop, phone, skuId);

    const channel = shop.get(PayClient);
    const trade = await channel.query(outTradeNo);
    expect(trade).toMatchObject({ state: 'SUCCESS' });
    await shop.fault('refund', 'abnormal');
    const refund = await channel.refund({
      outRefundNo: 'refund_abnormal',
      transactionId: trade!.transactionId!,
      reason: '退款',
      refundMinor: 1,
      totalMinor: trade!.amountMinor!,
      currency: 'CNY',
      notifyPath: '/nowhere',
    });
    const status = async () => (await channel.queryRefund('refund_abnormal'))?.status;
    await until(async () => (await status()) === 'ABNORMAL', 'the abnormal end');
    const card = { type: 'USER_BANK_CARD', bankType: 'ICBC_DEBIT', bankAccount: '6222020200001234567' } as const;
    const remedied = channel.applyAbnormalRefund(refund.refundId, 'refund_abnormal', { ...card, realName: '王小明' });
    await expect(remedied).resolves.toMatchObject({ status: 'PROCESSING' });
    await until(async () => (await status()) === 'SUCCESS', 'the remedy');

    const { out_trade_no: unpaid } = await prepaid(shop, phone, skuId);
    await expect(channel.close(unpaid)).resolves.toBe('CLOSED');
  });

  it('go on when the certificates are changed behind the shop', async () => {
    const { shop, skuId, phone } = await open('certificate', CERTIFIED);
    await paidCheckout(shop, phone, skuId);
    await shop.emulate('/emulator/certificates/rotate', {});
    await paidCheckout(shop, phone, skuId);
  });

  it('end with the same books though a third of what they say to each other goes wrong', async () => {
    const { shop, skuId, phone } = await open('both', {
      WECHAT_PAY_KEY_MODE: 'certificate',
      WECHAT_TIMEOUT_MILLISECONDS: '300',
    });
    const operations = ['prepay', 'query', 'certificates', 'pay_notify'];
    await shop.emulate('/emulator/misbehaviour', { seed: 20_261_121, rate: 0.33, operations });
    for (let turn = 0; turn < 12; turn += 1) {
      const { id } = await phone.buy(skuId);
      await until(() => couldPay(phone, id), 'the phone gets through');
    }
    await delivered(shop);
    await settle(shop);
    const payments = await shop.rows<{ status: string; count: string }>(
      'SELECT status, COUNT(*) AS count FROM payment GROUP BY status',
    );
    expect(payments).toEqual([{ status: 'SUCCEEDED', count: expect.anything() }]);
    expect(await shop.books()).toMatchObject({ captures: 12, accepted_probes: 0 });
  }, 60_000);

  it('do not fall for a forged notification, of which the genuine one is delivered later', async () => {
    const { shop, skuId, phone } = await open('public-key');
    for (const kind of ['probe', 'old_signature', 'bad_signature']) {
      await shop.fault('pay_notify', kind);
      await paidCheckout(shop, phone, skuId);
    }
    expect(await shop.books()).toMatchObject({ captures: 3, accepted_probes: 0 });
  });
});

/** Whether the phone got through to WeChat; a person taps again if not. */
async function couldPay(phone: Phone, checkoutId: string): Promise<boolean> {
  try {
    await phone.pay(checkoutId);
    return true;
  } catch (error) {
    if (String(error).includes('CHANNEL_UNAVAILABLE')) return false;
    throw error;
  }
}

async function prepaid(of: Shop, phone: Phone, skuId: string): Promise<{ out_trade_no: string }> {
  const { id } = await phone.buy(skuId);
  await phone.startPayment(id);
  const [payment] = await of.rows<{ out_trade_no: string }>(
    'SELECT out_trade_no FROM payment ORDER BY id DESC LIMIT 1',
  );
  return payment!;
}
