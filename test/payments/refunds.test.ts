import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { idBytes, newId, Transactor } from '#common';
import { type OrderId, RefundingService } from '#orders';
import { Capture, Refund, RefundsService } from '#payments';
import { PayClient } from '#wechat';
import { anOffer } from '../support/builders.js';
import { untilRefundIsWanted } from '../support/locks.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';

const PRICE = 10_000;

let shop: Shop;
let ana: Phone;

/** The channel accepts refunds and takes an hour to pay them. */
beforeAll(async () => {
  shop = await Shop.open({ refundSeconds: 3_600 });
  ana = await shop.login('ana');
});
afterAll(async () => {
  await shop.close();
});

async function bought(): Promise<OrderId> {
  const { skuId } = await anOffer(shop, { priceMinor: PRICE });
  const checkout = await ana.buy(skuId);
  await ana.pay(checkout.id, { notify: { lose: true } });
  await ana.confirmPayment(checkout.id);
  await shop.drain();
  return checkout.orders[0]!.id as OrderId;
}

async function accepted(orderId: OrderId, amountMinor: number): Promise<Refund> {
  const input = { orderId, amountMinor, note: '一盒蓝莓压坏了', idempotencyKey: randomUUID() };
  const { id } = await shop.get(RefundingService).refundPart(newId('staff'), input);
  await shop.drain();
  return shop.source.manager.findOneByOrFail(Refund, { id });
}

const captureOf = ({ captureId }: Pick<Refund, 'captureId'>): Promise<Capture> =>
  shop.source.manager.findOneByOrFail(Capture, { id: captureId });

describe('a refund', () => {
  it('of which two hear at once is booked by one of them, and the other is content', async () => {
    const refund = await accepted(await bought(), 4_000);
    expect(refund.status).toBe('SUBMITTED');
    const { outRefundNo, amountMinor } = refund;
    const holder = shop.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT id FROM refund WHERE id = ? FOR UPDATE', [idBytes(refund.id)]);

    const report = { outRefundNo, amountMinor, channelRefundId: '50300', status: 'SUCCEEDED' } as const;
    const hearing = Promise.allSettled([1, 2].map(() => shop.get(RefundsService).settle(report)));
    await untilRefundIsWanted(shop, 2);
    await holder.commitTransaction();
    await holder.release();

    expect((await hearing).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect((await captureOf(refund)).refundedMinor).toBe(4_000);
  });

  it('that is tried again is asked for under the same number', async () => {
    const asked = jest.spyOn(shop.get(PayClient), 'refund');
    await shop.fault('refund', 'error_500');
    const { outRefundNo } = await accepted(await bought(), 4_000);
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND name = 'payments.driveRefund'");
    await shop.rows('UPDATE capture SET refund_submitted_at = NULL');
    await shop.drain();

    expect(asked.mock.calls.map(([request]) => request.outRefundNo)).toEqual([outRefundNo, outRefundNo]);
    asked.mockRestore();
  });

  it('is never promised for more than the channel took, whoever asks', async () => {
    const orderId = await bought();
    const capture = await captureOf(await accepted(orderId, 6_000));
    const more = { capture, orderId, reason: 'OPERATOR', account: `order:${orderId}` } as const;
    const promise = (amountMinor: number): Promise<Refund> =>
      shop.get(Transactor).run((db) => shop.get(RefundsService).create(db, { ...more, amountMinor }));
    await expect(promise(4_001)).rejects.toThrow('has less than 4001 left to refund');
    expect(await promise(4_000)).toMatchObject({ status: 'CREATED', amountMinor: 4_000 });
  });

  it('cannot be promised for more in the database either, even if the code that promises is wrong', async () => {
    const { captureId } = await accepted(await bought(), 1);
    const promise = 'UPDATE capture SET refunding_minor = amount_minor + 1 WHERE id = ?';
    await expect(shop.rows(promise, [idBytes(captureId)])).rejects.toThrow('capture_not_over_refunded');
  });
});
