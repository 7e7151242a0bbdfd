import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AfterSaleClockService } from '#after-sale';
import { type Id, idBytes } from '#common';
import { ReceiptsService } from '#fulfilment';
import {
  bought,
  giveBack,
  type OrderAnswer,
  orderOf,
  receive,
  ship,
  supplierOf,
  toShip,
} from '../fulfilment/warehouse.js';
import { complete } from '../support/fulfilment.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectEqualBooks, expectSettled } from '../support/sound.js';
import {
  apply,
  because,
  type CaseAnswer,
  caseOf,
  cases,
  decided,
  lineRow,
  photo,
  received,
  RETURN,
  sent,
  step,
} from './counter.js';

const PRICE = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let shop: Shop;
let ana: Phone;
let bo: Phone;
let olga: Desk;
let fay: Desk;
let gus: Desk;
let sale: OnSale;
let now: number;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { supplier: '果园', stock: 1_000, priceMinor: PRICE });
  const other = await anOffer(shop, { supplier: '渔场', stock: 10 });
  [ana, bo, olga] = [await shop.login('ana'), await shop.login('bo'), await shop.operator('olga')];
  fay = await shop.supplier('fay', await supplierOf(shop, sale));
  gus = await shop.supplier('gus', await supplierOf(shop, other));
  now = Date.now();
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});
afterAll(async () => {
  await expectEqualBooks(shop);
  await shop.close();
});

async function pass(milliseconds: number): Promise<void> {
  now += milliseconds;
  await shop.setTime(new Date(now));
  await shop.get(AfterSaleClockService).endDue();
}

async function aPaid(quantity = 2): Promise<{ orderId: string; lineId: string }> {
  const orderId = await bought(shop, ana, sale.skuId, quantity);
  return { orderId, lineId: (await orderOf(ana, orderId)).lines[0]!.id };
}

async function aShipped(quantity = 2): Promise<{ orderId: string; lineId: string }> {
  const order = await aPaid(quantity);
  await ship(fay, order.orderId);
  return order;
}

async function onSale(): Promise<number> {
  const [row] = await shop.rows<{ on_hand: number }>('SELECT on_hand FROM stock WHERE sku_id = ?', [
    idBytes(sale.skuId),
  ]);
  return row!.on_hand;
}

const order = (orderId: string): Promise<OrderAnswer> => orderOf(ana, orderId);
const ways = ({ steps }: CaseAnswer): string[] => steps.map(({ status, actor }) => `${status} ${actor}`);
const APPLIED = 'APPLIED BUYER';

describe('money alone, before it is shipped', () => {
  it('is asked for, approved by the supplier, and back with the buyer', async () => {
    const before = await onSale();
    const { orderId, lineId } = await aPaid();
    const asked = await apply(ana, orderId, [{ lineId, quantity: 2 }], { note: '拍错了' });
    expect(asked).toMatchObject({
      ...{ __typename: 'AfterSale', status: 'APPLIED', amountMinor: 2 * PRICE, freightMinor: 0, refund: null },
      lines: [{ lineId, quantity: 2, amountMinor: 2 * PRICE }],
      steps: [{ status: 'APPLIED', actor: 'BUYER', actorText: '买家操作。', note: '拍错了' }],
    });
    expect(Date.parse(asked.dueAt!) - now).toBeGreaterThan(47 * HOUR);
    expect(await ship(fay, orderId)).toMatchObject({ __typename: 'UnitsWithheld' });
    expect((await toShip(fay)).map(({ id }) => id)).toContain(orderId);
    expect((await cases(fay)).map(({ id }) => id)).toEqual([asked.id]);
    const approved = await step(fay, 'afterSaleApprove', asked.id, because());
    expect(ways(approved)).toEqual([APPLIED, 'APPROVED SUPPLIER', 'REFUNDING SUPPLIER']);
    expect(approved.refund).toMatchObject({ amountMinor: 2 * PRICE, reason: 'AFTER_SALE', status: 'CREATED' });
    expect(await onSale()).toBe(before);
    await deliver(shop);
    const done = await caseOf(ana, asked.id);
    expect(ways(done)).toEqual([...ways(approved), 'DONE CHANNEL']);
    expect(done).toMatchObject({ status: 'DONE', dueAt: null, refund: { status: 'SUCCEEDED' } });
    expect(done.refund!['channelRefundId']).toMatch(/^\d+$/);
    expect(await order(orderId)).toMatchObject({ status: 'REFUNDED', refundedMinor: 2 * PRICE });
    expect(await onSale()).toBe(before);
  });

  it('is approved by the clock after two days, and what is left of the order is shipped', async () => {
    const { orderId, lineId } = await aPaid(3);
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 2 }]);
    expect((await ship(fay, orderId)).lines).toEqual([{ lineId, quantity: 1 }]);
    expect((await order(orderId)).status).toBe('TO_FULFIL');
    await pass(48 * HOUR - 60_000);
    expect((await caseOf(ana, id)).status).toBe('APPLIED');
    await pass(2 * 60_000);
    expect(ways(await caseOf(ana, id))).toEqual([APPLIED, 'APPROVED CLOCK', 'REFUNDING CLOCK']);
    expect((await order(orderId)).status).toBe('SHIPPED');
    await deliver(shop);
    expect((await caseOf(ana, id)).status).toBe('DONE');
    expect(await order(orderId)).toMatchObject({ status: 'SHIPPED', refundedMinor: 2 * PRICE });
  });

  it('is refused because it is shipped already, and the buyer may have it back for something else', async () => {
    const { orderId, lineId } = await aPaid();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }]);
    const refused = await step(fay, 'afterSaleReject', id, because('已发货'));
    expect(refused).toMatchObject({ status: 'REJECTED', closedAt: null });
    expect(refused.steps.at(-1)).toMatchObject({ actor: 'SUPPLIER', note: '已发货' });
    expect(await ship(fay, orderId)).toMatchObject({ __typename: 'Parcel' });
    expect(await apply(ana, orderId, [{ lineId, quantity: 2 }], RETURN)).toMatchObject({ claimableQuantity: 1 });
    await pass(3 * DAY);
    expect(await caseOf(ana, id)).toMatchObject({ status: 'REJECTED', dueAt: null });
    expect(await apply(ana, orderId, [{ lineId, quantity: 2 }], RETURN)).toMatchObject({ status: 'APPLIED' });
    await pass(49 * HOUR);
    await pass(8 * DAY);
  });

  it('is given up, and what it asked for is shipped', async () => {
    const { orderId, lineId } = await aPaid();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 2 }]);
    expect(await step(ana, 'afterSaleCancel', id)).toMatchObject({ status: 'CANCELLED', dueAt: null });
    expect(await ship(fay, orderId)).toMatchObject({ __typename: 'Parcel' });
    expect(await lineRow(shop, lineId)).toMatchObject({ claimed_quantity: 0, withheld_quantity: 0 });
  });
});

describe('goods that are sent back', () => {
  it('are approved, sent, received as good as new, for sale again, and paid back', async () => {
    const { orderId, lineId } = await aShipped(3);
    const before = await onSale();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 2 }], RETURN);
    expect(ways(await step(fay, 'afterSaleApprove', id, because()))).toEqual([APPLIED, 'APPROVED SUPPLIER']);
    const sending = sent() as { trackingNumber: string };
    const onTheWay = await step(ana, 'afterSaleReturnSend', id, sending);
    expect(onTheWay).toMatchObject({
      status: 'RETURNING',
      carrier: { id: 'YTO' },
      trackingNumber: sending.trackingNumber,
    });
    expect((await cases(fay, 'RETURNING'))[0]).toMatchObject({ id, trackingNumber: sending.trackingNumber });
    const back = await step(fay, 'afterSaleReturnReceive', id, received(true));
    expect(ways(back).slice(2)).toEqual(['RETURNING BUYER', 'RETURNED SUPPLIER', 'REFUNDING SUPPLIER']);
    expect(back).toMatchObject({ isResaleable: true, amountMinor: 2 * PRICE });
    expect(await onSale()).toBe(before + 2);
    await deliver(shop);
    expect((await caseOf(ana, id)).status).toBe('DONE');
    expect(await order(orderId)).toMatchObject({ status: 'SHIPPED', refundedMinor: 2 * PRICE });
  });

  it('are given up by the clock if nobody sends them within seven days', async () => {
    const { orderId, lineId } = await aShipped();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await pass(48 * HOUR);
    expect((await caseOf(ana, id)).status).toBe('APPROVED');
    await pass(7 * DAY);
    expect(ways(await caseOf(ana, id)).at(-1)).toBe('CANCELLED CLOCK');
  });

  it('count as received seven days after they were sent, and are not for sale', async () => {
    const { orderId, lineId } = await aShipped();
    const before = await onSale();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await step(olga, 'afterSaleApprove', id, because());
    await step(ana, 'afterSaleReturnSend', id, sent());
    await pass(7 * DAY);
    const back = await caseOf(ana, id);
    expect(ways(back).slice(-2)).toEqual(['RETURNED CLOCK', 'REFUNDING CLOCK']);
    expect(back.isResaleable).toBe(false);
    expect(await onSale()).toBe(before);
  });

  it('are refused after a look, and the shop gives the buyer right', async () => {
    const { orderId, lineId } = await aShipped();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await step(fay, 'afterSaleApprove', id, because());
    await step(ana, 'afterSaleReturnSend', id, sent());
    const refused = await step(fay, 'afterSaleReject', id, because('商品已使用'));
    expect(ways(refused).slice(-2)).toEqual(['RETURNED SUPPLIER', 'REJECTED SUPPLIER']);
    const appealed = await step(ana, 'afterSaleAppeal', id, { note: '没有用过' });
    expect(appealed).toMatchObject({ status: 'APPEALED', isAppealed: true });
    expect(await step(ana, 'afterSaleCancel', id)).toMatchObject({ __typename: 'AfterSaleNotCancellable' });
    const end = await step(olga, 'afterSaleAppealDecide', id, decided(true));
    expect(ways(end).at(-1)).toBe('REFUNDING OPERATOR');
    await deliver(shop);
    expect((await caseOf(ana, id)).status).toBe('DONE');
  });

  it('are refused before they are sent, and after an appeal that is granted they are', async () => {
    const { orderId, lineId } = await aShipped();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await step(fay, 'afterSaleReject', id, because('不同意'));
    await step(ana, 'afterSaleAppeal', id);
    expect(await step(olga, 'afterSaleAppealDecide', id, decided(true))).toMatchObject({ status: 'APPROVED' });
    await step(ana, 'afterSaleReturnSend', id, sent());
    expect(await step(fay, 'afterSaleReturnReceive', id, received(false))).toMatchObject({ status: 'REFUNDING' });
  });
});

describe('a refusal before it is shipped', () => {
  it('that is taken back when the units are partly shipped and partly asked back again gives the money for all of them', async () => {
    const { orderId, lineId } = await aPaid(3);
    const refused = await apply(ana, orderId, [{ lineId, quantity: 2 }]);
    await step(fay, 'afterSaleReject', refused.id, because('马上发货'));
    const other = await apply(ana, orderId, [{ lineId, quantity: 1 }]);
    await ship(fay, orderId, { lines: [{ lineId, quantity: 1 }] });
    await step(ana, 'afterSaleAppeal', refused.id);
    expect(await step(olga, 'afterSaleAppealDecide', refused.id, decided(true))).toMatchObject({
      ...{ status: 'REFUNDING', amountMinor: 2 * PRICE },
    });
    expect(await lineRow(shop, lineId)).toMatchObject({
      ...{ shipped_quantity: 1, cancelled_quantity: 1, withheld_quantity: 1, refunding_quantity: 2 },
    });
    await step(ana, 'afterSaleCancel', other.id);
    await ship(fay, orderId);
  });
});

describe('what is wrong with goods', () => {
  it('is shown by photos, which stay, and whose other use is refused', async () => {
    const { orderId, lineId } = await aShipped();
    const claim = { reason: 'QUALITY', kind: 'REFUND_ONLY' };
    const one = [{ lineId, quantity: 1 }];
    expect(await apply(ana, orderId, one, claim)).toMatchObject({ __typename: 'EvidenceNeeded' });
    const imageIds = [await photo(shop, ana), await photo(shop, ana)];
    expect(await apply(ana, orderId, one, { ...claim, imageIds: [await photo(shop, bo)] })).toMatchObject({
      __typename: 'ImageNotUsable',
    });
    const asked = await apply(ana, orderId, one, { ...claim, imageIds });
    expect(asked.images.map(({ id }) => id)).toEqual(imageIds);
    expect((await cases(fay))[0]!.images).toHaveLength(2);
    expect(await apply(ana, orderId, one, { ...claim, imageIds })).toMatchObject({ __typename: 'ImageNotUsable' });
    const { errors } = await ana.send('mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { id } }', {
      id: imageIds[0]!,
    });
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
    await step(fay, 'afterSaleApprove', asked.id, because());
    const looks = await shop.rows(
      "SELECT DISTINCT operation FROM look WHERE category = 'AFTER_SALES' AND operation = 'afterSaleCases'",
    );
    expect(looks).toHaveLength(1);
  });

  it('is claimed of fresh goods for money alone', async () => {
    const { orderId, lineId } = await aShipped();
    await shop.rows("UPDATE order_line SET return_rule = 'FRESH' WHERE id = ?", [idBytes(lineId as Id)]);
    const one = [{ lineId, quantity: 1 }];
    const excepted = { __typename: 'ReturnExcepted', lineId, returnRule: 'FRESH' };
    expect(await apply(ana, orderId, one, RETURN)).toMatchObject(excepted);
    const claim = { reason: 'QUALITY', imageIds: [await photo(shop, ana)] };
    expect(await apply(ana, orderId, one, { ...claim, kind: 'RETURN_AND_REFUND' })).toMatchObject(excepted);
    const asked = await apply(ana, orderId, one, { ...claim, kind: 'REFUND_ONLY' });
    expect(asked.status).toBe('APPLIED');
    await step(ana, 'afterSaleCancel', asked.id);
  });
});

describe('an order', () => {
  it('of a team that has not filled is left instead', async () => {
    const seat = await bo.open(sale.offer.id);
    await bo.pay(seat.order.checkout.id, { notify: { lose: true } });
    await bo.confirmPayment(seat.order.checkout.id);
    await deliver(shop);
    const { id: orderId } = seat.order;
    const [line] = (await orderOf(bo, orderId)).lines;
    expect(await apply(bo, orderId, [{ lineId: line!.id, quantity: 1 }])).toMatchObject({
      __typename: 'LeaveTheTeamInstead',
    });
    await bo.ask('mutation ($input: TeamLeaveInput!) { teamLeave(input: $input) { __typename } }', {
      input: { seatId: seat.id, idempotencyKey: 'leave-it-instead' },
    });
  });

  it('is neither received nor completed by the clock while a case is open, and is when it is over', async () => {
    const { orderId, lineId } = await aShipped();
    const first = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await step(fay, 'afterSaleApprove', first.id, because());
    await pass(6 * DAY);
    await step(ana, 'afterSaleReturnSend', first.id, sent());
    await pass(5 * DAY);
    await shop.get(ReceiptsService).receiveOverdue();
    expect((await order(orderId)).status).toBe('SHIPPED');
    await receive(ana, orderId);
    await step(fay, 'afterSaleReturnReceive', first.id, received(false));
    await deliver(shop);
    const second = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await step(fay, 'afterSaleReject', second.id, because('不符合条件'));
    const { completesAt } = await order(orderId);
    await pass(Date.parse(completesAt!) - now - 4 * DAY);
    const third = await caseOf(ana, second.id);
    expect(third.closedAt).not.toBeNull();
    await pass(5 * DAY);
    await shop.get(ReceiptsService).completeOverdue();
    expect((await order(orderId)).status).toBe('COMPLETED');
    expect(await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN)).toMatchObject({
      ...{ __typename: 'AfterSaleWindowOver', endedAt: completesAt },
    });
  });

  it('whose money goes back otherwise ends its open cases', async () => {
    const { orderId, lineId } = await aShipped();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    await giveBack(olga, orderId, 2 * PRICE);
    expect(await step(fay, 'afterSaleApprove', id, because())).toMatchObject({ status: 'APPROVED' });
    await pass(7 * DAY);
    expect((await caseOf(ana, id)).status).toBe('APPROVED');
    await deliver(shop);
    expect(ways(await caseOf(ana, id)).at(-1)).toBe('CANCELLED CHANNEL');
    expect((await order(orderId)).status).toBe('REFUNDED');
  });

  it('of which an operator gave back a part pays for units as long as something is left', async () => {
    const { orderId, lineId } = await aShipped();
    await giveBack(olga, orderId, PRICE + 1);
    const { id, amountMinor } = await apply(ana, orderId, [{ lineId, quantity: 1 }], RETURN);
    expect(amountMinor).toBe(PRICE - 1);
    await giveBack(olga, orderId, 10);
    await step(fay, 'afterSaleApprove', id, because());
    await step(ana, 'afterSaleReturnSend', id, sent());
    const back = await step(fay, 'afterSaleReturnReceive', id, received(false));
    expect(back).toMatchObject({ amountMinor: PRICE - 11, lines: [{ amountMinor: PRICE - 11 }] });
  });
});

describe('a case', () => {
  it('whose refund the channel has closed is done when its successor has arrived', async () => {
    const { orderId, lineId } = await aShipped();
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 1 }], { kind: 'REFUND_ONLY', reason: 'MISSING' });
    await shop.fault('refund', 'closed');
    const promised = await step(olga, 'afterSaleApprove', id, because());
    await deliver(shop);
    const done = await caseOf(ana, id);
    expect(done.status).toBe('DONE');
    expect(done.refund!['status']).toBe('SUCCEEDED');
    expect(done.refund!['outRefundNo']).not.toBe(promised.refund!['outRefundNo']);
  });

  it('is nobody’s but its buyer’s, its supplier’s and the shop’s', async () => {
    const { orderId, lineId } = await aShipped();
    const one = [{ lineId, quantity: 1 }];
    await expect(apply(bo, orderId, one, RETURN)).rejects.toThrow('NOT_FOUND');
    await expect(
      apply(ana, orderId, [{ lineId: orderId.replace('order', 'line'), quantity: 1 }], RETURN),
    ).rejects.toThrow('NOT_FOUND');
    const { id } = await apply(ana, orderId, one, RETURN);
    for (const mutation of ['afterSaleApprove', 'afterSaleReject'])
      await expect(step(gus, mutation, id, because())).rejects.toThrow('NOT_FOUND');
    await expect(step(gus, 'afterSaleReturnReceive', id, received(true))).rejects.toThrow('NOT_FOUND');
    await expect(step(fay, 'afterSaleAppealDecide', id, decided(true))).rejects.toThrow('FORBIDDEN');
    for (const mutation of ['afterSaleCancel', 'afterSaleAppeal'])
      await expect(step(bo, mutation, id)).rejects.toThrow('NOT_FOUND');
    await expect(step(bo, 'afterSaleReturnSend', id, sent())).rejects.toThrow('NOT_FOUND');
    expect(await cases(gus)).toEqual([]);
    await step(ana, 'afterSaleCancel', id);
  });

  it('takes no step from where it cannot', async () => {
    const { orderId, lineId } = await aShipped(4);
    const one = [{ lineId, quantity: 1 }];
    const { id } = await apply(ana, orderId, one, RETURN);
    const wrong = async (by: Phone | Desk, mutation: string, said: object, type: string, stands: string) => {
      expect(await step(by, mutation, id, said)).toMatchObject({ __typename: type, stands });
    };
    await wrong(ana, 'afterSaleReturnSend', sent(), 'AfterSaleNotReturnable', 'APPLIED');
    await wrong(ana, 'afterSaleAppeal', {}, 'AfterSaleNotAppealable', 'APPLIED');
    await wrong(fay, 'afterSaleReturnReceive', received(true), 'AfterSaleNotReturning', 'APPLIED');
    await wrong(olga, 'afterSaleAppealDecide', decided(true), 'AfterSaleNotAppealed', 'APPLIED');
    await step(fay, 'afterSaleApprove', id, because());
    await wrong(fay, 'afterSaleApprove', because(), 'AfterSaleDecided', 'APPROVED');
    await wrong(fay, 'afterSaleReject', because(), 'AfterSaleDecided', 'APPROVED');
    const pigeon = await step(ana, 'afterSaleReturnSend', id, { carrier: 'PIGEON', trackingNumber: '123456' });
    expect(pigeon.__typename).toBe('CarrierUnknown');
    const unfit = await step(ana, 'afterSaleReturnSend', id, { carrier: 'SF', trackingNumber: 'JT0000000000001' });
    expect(unfit.__typename).toBe('TrackingNumberUnfit');
    await step(ana, 'afterSaleReturnSend', id, sent());
    await wrong(ana, 'afterSaleCancel', {}, 'AfterSaleNotCancellable', 'RETURNING');
    await wrong(fay, 'afterSaleApprove', because(), 'AfterSaleDecided', 'RETURNING');
    await step(fay, 'afterSaleReject', id, because());
    await wrong(fay, 'afterSaleReject', because(), 'AfterSaleDecided', 'REJECTED');
    await wrong(ana, 'afterSaleCancel', {}, 'AfterSaleNotCancellable', 'REJECTED');
    await step(ana, 'afterSaleAppeal', id);
    expect(await step(olga, 'afterSaleAppealDecide', id, decided(false))).toMatchObject({
      status: 'REJECTED',
      dueAt: null,
    });
    await wrong(ana, 'afterSaleAppeal', {}, 'AfterSaleNotAppealable', 'REJECTED');
    const late = await apply(ana, orderId, one, RETURN);
    await step(fay, 'afterSaleReject', late.id, because());
    await pass(3 * DAY);
    expect((await step(ana, 'afterSaleAppeal', late.id)).__typename).toBe('AfterSaleNotAppealable');
  });

  it('is the same however often a request is sent', async () => {
    const { orderId, lineId } = await aShipped();
    const key = { idempotencyKey: 'the-same-again' };
    const one = [{ lineId, quantity: 1 }];
    const asked = await apply(ana, orderId, one, { ...RETURN, ...key });
    expect((await apply(ana, orderId, one, { ...RETURN, ...key })).id).toBe(asked.id);
    const approved = await step(fay, 'afterSaleApprove', asked.id, { ...because(), ...key });
    expect(await step(fay, 'afterSaleApprove', asked.id, { ...because(), ...key })).toEqual(approved);
    await step(ana, 'afterSaleCancel', asked.id);
  });
});

describe('the page of an order', () => {
  it('says of each line how many units can be asked back, by what, or why not', async () => {
    const { orderId, lineId } = await aShipped(3);
    const read = async (): Promise<object> => {
      const { edges } = await ana.ask<{ edges: { node: { id: string; lines: object[] } }[] }>(
        `{ orders(first: 100) { edges { node { id afterSales { status }
             lines { claimTerms { claimableQuantity kinds returnRule whyNot { __typename message } } } } } } }`,
      );
      return edges.find(({ node }) => node.id === orderId)!.node;
    };
    const kinds = ['REFUND_ONLY', 'RETURN_AND_REFUND'];
    const terms = { kinds, returnRule: 'SEVEN_DAYS', whyNot: null };
    expect(await read()).toMatchObject({ afterSales: [], lines: [{ claimTerms: { claimableQuantity: 3, ...terms } }] });
    const { id } = await apply(ana, orderId, [{ lineId, quantity: 2 }], RETURN);
    expect(await read()).toMatchObject({
      ...{ afterSales: [{ status: 'APPLIED' }], lines: [{ claimTerms: { claimableQuantity: 1, ...terms } }] },
    });
    await step(ana, 'afterSaleCancel', id);
    await complete(shop, await ana.userId());
    const whyNot = { __typename: 'AfterSaleWindowOver', message: '该订单的售后期已结束。' };
    expect(await read()).toMatchObject({ lines: [{ claimTerms: { claimableQuantity: 0, kinds: [], whyNot } }] });
  });
});
