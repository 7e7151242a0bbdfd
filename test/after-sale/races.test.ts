import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SelectQueryBuilder } from 'typeorm';
import { AfterSaleClockService } from '#after-sale';
import { ReceiptsService } from '#fulfilment';
import { Order, type OrderId } from '#orders';
import { bought, giveBack, orderOf, receive, ship, supplierOf } from '../fulfilment/warehouse.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import { apply, because, caseOf, lineRow, received, RETURN, sent, step } from './counter.js';

const HOUR = 3_600_000;
const ROUNDS = 4;

let shop: Shop;
let ana: Phone;
let olga: Desk;
let fay: Desk;
let sale: OnSale;
let now: number;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { supplier: '果园', stock: 1_000, priceMinor: 1_000 });
  [ana, olga] = [await shop.login('ana'), await shop.operator('olga')];
  fay = await shop.supplier('fay', await supplierOf(shop, sale));
  now = Date.now();
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

async function aPaid(quantity: number): Promise<{ orderId: string; lineId: string }> {
  const orderId = await bought(shop, ana, sale.skuId, quantity);
  return { orderId, lineId: (await orderOf(ana, orderId)).lines[0]!.id };
}

/** Both at once, now the one first and then the other. */
async function atOnce<A, B>(round: number, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  if (round % 2 === 0) return Promise.all([first(), second()]);
  const [b, a] = await Promise.all([second(), first()]);
  return [a, b];
}

async function pass(milliseconds: number): Promise<void> {
  now += milliseconds;
  await shop.setTime(new Date(now));
}

describe('of two at once', () => {
  it('who ask for the last unit, one gets it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { orderId, lineId } = await aPaid(1);
      await ship(fay, orderId);
      const one = [{ lineId, quantity: 1 }];
      const answers = await Promise.all([1, 2, 3].map(() => apply(ana, orderId, one, RETURN)));
      const names = answers.map(({ __typename }) => __typename).toSorted();
      expect(names).toEqual(['AfterSale', 'MoreThanClaimable', 'MoreThanClaimable']);
      expect((await lineRow(shop, lineId)).claimed_quantity).toBe(1);
      for (const { id } of answers.filter(({ id }) => id)) await step(ana, 'afterSaleCancel', id);
    }
  });

  it('who ship and ask for what is not shipped, one does', async () => {
    for (let round = 0; round < 2 * ROUNDS; round += 1) {
      const { orderId, lineId } = await aPaid(2);
      const [parcel, asked] = await atOnce(
        round,
        () => ship(fay, orderId),
        () => apply(ana, orderId, [{ lineId, quantity: 2 }]),
      );
      const isShipped = parcel.__typename === 'Parcel';
      expect([parcel.__typename, asked.__typename]).toEqual(
        isShipped ? ['Parcel', 'ReasonUnfit'] : ['UnitsWithheld', 'AfterSale'],
      );
      if (!isShipped) await step(ana, 'afterSaleCancel', asked.id);
    }
  });

  it('who approve and give up, one does, and money goes back just if it was approved', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { orderId, lineId } = await aPaid(1);
      const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }]);
      const [approved, cancelled] = await atOnce(
        round,
        () => step(fay, 'afterSaleApprove', id, because()),
        () => step(ana, 'afterSaleCancel', id),
      );
      const names = [approved.__typename, cancelled.__typename];
      const isApproved = approved.__typename === 'AfterSale';
      expect(names).toEqual(isApproved ? ['AfterSale', 'AfterSaleNotCancellable'] : ['AfterSaleDecided', 'AfterSale']);
      await deliver(shop);
      expect(await orderOf(ana, orderId)).toMatchObject({ refundedMinor: isApproved ? 1_000 : 0 });
      expect((await caseOf(ana, id)).status).toBe(isApproved ? 'DONE' : 'CANCELLED');
    }
  });

  it('the clock and the buyer, one ends a case that was not sent', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { orderId, lineId } = await aPaid(1);
      await ship(fay, orderId);
      const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
      await step(fay, 'afterSaleApprove', id, because());
      await pass(7 * 24 * HOUR);
      const [answer] = await atOnce(
        round,
        () => step(ana, 'afterSaleReturnSend', id, sent()),
        () => shop.get(AfterSaleClockService).endDue(),
      );
      const isSent = answer.__typename === 'AfterSale';
      expect((await caseOf(ana, id)).status).toBe(isSent ? 'RETURNING' : 'CANCELLED');
      if (isSent) await step(fay, 'afterSaleReturnReceive', id, received(false));
    }
  });

  it('the clock twice and the supplier, one receives what came back', async () => {
    const { orderId, lineId } = await aPaid(2);
    await ship(fay, orderId);
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 2 }], RETURN);
    await step(fay, 'afterSaleApprove', id, because());
    await step(ana, 'afterSaleReturnSend', id, sent());
    await pass(7 * 24 * HOUR);
    const clock = shop.get(AfterSaleClockService);
    await Promise.all([
      clock.endDue(),
      step(fay, 'afterSaleReturnReceive', id, received(true)),
      step(olga, 'afterSaleReturnReceive', id, received(true)),
      clock.endDue(),
    ]);
    await deliver(shop);
    expect(await orderOf(ana, orderId)).toMatchObject({ refundedMinor: 2_000 });
    expect((await caseOf(ana, id)).steps.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['APPLIED', 'RETURNED', 'REFUNDING', 'DONE']),
    );
  });

  it('who give back an order and a case of it, both end, and no more goes back than was paid', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { orderId, lineId } = await aPaid(2);
      await ship(fay, orderId);
      const claim = { kind: 'REFUND_ONLY', reason: 'MISSING' };
      const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], claim);
      await atOnce(
        round,
        () => giveBack(olga, orderId, 2_000),
        () => step(fay, 'afterSaleApprove', id, because()),
      );
      await deliver(shop);
      expect(['DONE', 'CANCELLED']).toContain((await caseOf(ana, id)).status);
      const { refundedMinor } = await orderOf(ana, orderId);
      expect([1_000, 2_000]).toContain(refundedMinor);
    }
  });

  it('the clock and the buyer, an order of which something is asked back is not completed by a clock that read it before', async () => {
    const { orderId, lineId } = await aPaid(1);
    await ship(fay, orderId);
    await receive(ana, orderId);
    const { completesAt } = await orderOf(ana, orderId);
    await pass(Date.parse(completesAt!) - 1 - now);
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    // Read as due a moment ago: the list is older than the lock.
    const due = await shop.source.manager.findBy(Order, { id: orderId as OrderId });
    const list = jest.spyOn(SelectQueryBuilder.prototype, 'getMany').mockResolvedValueOnce(due);
    await pass(1);
    await shop.get(ReceiptsService).completeOverdue();
    list.mockRestore();
    expect((await orderOf(ana, orderId)).status).toBe('RECEIVED');
    await step(ana, 'afterSaleCancel', id);
    await shop.get(ReceiptsService).completeOverdue();
    expect((await orderOf(ana, orderId)).status).toBe('COMPLETED');
  });
});
