import { describe, expect, it } from '@jest/globals';
import { type Notification, NotificationRejected } from '#wechat';
import {
  ACCEPTED_REFUND,
  NOW_SECONDS,
  notificationOf,
  PAID_TRADE,
  signedHeaders,
  strangerKeys,
  wechatFor,
} from './channel.js';

const { notifications } = wechatFor('http://127.0.0.1:1');
const read = ({ headers, body }: { headers: Record<string, string>; body: Buffer }) =>
  notifications.read(headers, body);

/** Why a notification is rejected. */
async function faultOf(reading: Promise<Notification>): Promise<string> {
  try {
    await reading;
    return 'ACCEPTED';
  } catch (error) {
    expect(error).toBeInstanceOf(NotificationRejected);
    return (error as NotificationRejected).reason;
  }
}

/** The body as the channel would have signed it, had it sent this. */
function tampered(change: (body: Record<string, unknown>) => unknown) {
  const original = notificationOf('transaction', 'TRANSACTION.SUCCESS', PAID_TRADE);
  const body = JSON.stringify(change(JSON.parse(original.body.toString()) as Record<string, unknown>));
  return { headers: signedHeaders(body), body: Buffer.from(body) };
}

const notifiedRefund = {
  ...ACCEPTED_REFUND,
  mchid: '1900000109',
  status: undefined,
  refund_status: 'SUCCESS',
  success_time: '2026-11-20T20:01:00+08:00',
  amount: { total: 1_990, refund: 500, payer_total: 1_990, payer_refund: 500 },
};

describe('reading a notification', () => {
  it('gives a paid trade', async () => {
    expect(await read(notificationOf('transaction', 'TRANSACTION.SUCCESS', PAID_TRADE))).toMatchObject({
      id: 'EV-2018022511223320873',
      createdAt: new Date('2026-11-20T12:00:00Z'),
      kind: 'TRADE',
      eventType: 'TRANSACTION.SUCCESS',
      trade: { outTradeNo: PAID_TRADE.out_trade_no, state: 'SUCCESS', amountMinor: 1_990 },
    });
  });

  it('gives a refund, whose status has another name here and which has no currency', async () => {
    expect(await read(notificationOf('refund', 'REFUND.SUCCESS', notifiedRefund))).toMatchObject({
      kind: 'REFUND',
      refund: { status: 'SUCCESS', refundMinor: 500, totalMinor: 1_990, currency: null },
    });
  });

  it('gives what it does not know as it is', async () => {
    const bill = { out_bill_no: 'w1', state: 'SUCCESS', mch_id: '1900000109' };
    expect(await read(notificationOf('mch_payment', 'MCHTRANSFER.BILL.FINISHED', bill))).toMatchObject({
      kind: 'OTHER',
      eventType: 'MCHTRANSFER.BILL.FINISHED',
      resource: bill,
    });
  });

  it.each([
    ['transaction', { ...PAID_TRADE, mchid: '1900000110' }],
    ['transaction', { ...PAID_TRADE, appid: 'wx0000000000000000' }],
    ['refund', { ...notifiedRefund, mchid: '1900000110' }],
    ['mch_payment', { state: 'SUCCESS', mch_id: '1900000110' }],
  ])('rejects as FOREIGN a %s of another merchant or app', async (type, plain) => {
    expect(await faultOf(read(notificationOf(type, 'X', plain)))).toBe('FOREIGN');
  });

  it('rejects what is old, what a stranger signed, what was changed, and a probe', async () => {
    const signedBy = (signing: object) => notificationOf('transaction', 'TRANSACTION.SUCCESS', PAID_TRADE, signing);
    const good = signedBy({});
    const probe = { ...good.headers, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' };
    expect(await faultOf(read(signedBy({ timestampSeconds: NOW_SECONDS - 301 })))).toBe('STALE');
    expect(await faultOf(read(signedBy({ key: strangerKeys.privateKey })))).toBe('BAD_SIGNATURE');
    expect(await faultOf(read({ ...good, body: Buffer.concat([good.body, Buffer.from(' ')]) }))).toBe('BAD_SIGNATURE');
    expect(await faultOf(read({ ...good, headers: probe }))).toBe('BAD_SIGNATURE');
    expect(await faultOf(read({ ...good, headers: {} }))).toBe('BAD_SIGNATURE');
    expect(await faultOf(read(good))).toBe('ACCEPTED');
  });

  it.each<[string, (body: Record<string, unknown>) => unknown]>([
    ['is no object', () => null],
    ['has no id', (body) => ({ ...body, id: undefined })],
    ['has no time', (body) => ({ ...body, create_time: 'today' })],
    ['has no resource', (body) => ({ ...body, resource: undefined })],
    ['is not AES', (body) => ({ ...body, resource: { ...(body.resource as object), algorithm: 'NONE' } })],
    [
      'does not decrypt',
      (body) => ({ ...body, resource: { ...(body.resource as object), associated_data: 'refund' } }),
    ],
    [
      'has a ciphertext too short',
      (body) => ({ ...body, resource: { ...(body.resource as object), ciphertext: 'AAAA' } }),
    ],
  ])('rejects as MALFORMED a signed notification that %s', async (_name, change) => {
    expect(await faultOf(read(tampered(change)))).toBe('MALFORMED');
  });

  it.each(['null', '[]', '7', '{"mchid"'])('rejects as MALFORMED a resource that is %s', async (plain) => {
    expect(await faultOf(read(notificationOf('transaction', 'TRANSACTION.SUCCESS', plain)))).toBe('MALFORMED');
  });
});
