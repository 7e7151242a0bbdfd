import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkActsService, type BulkAct, type BulkActId, BulkWorks } from '#audit';
import { idBytes, newId, Refused, RequestError } from '#common';
import { StaffAccountsService, type Staff, type StaffId } from '#identity';
import { CheckoutsService, Order, type OrderId, OrdersService } from '#orders';
import { Payment } from '#payments';
import { BulkActsWorker } from '../../src/audit/bulk/bulk-acts.worker.js';
import { BulkRefunds } from '../../src/orders/refunding/bulk-refunds.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import { BY_TEST, Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const HOUR = 3_600_000;
const PRICE = 10_000;

let shop: Shop;
let acts: BulkActsService;
let sale: OnSale;
let olga: StaffId;
let pia: StaffId;
let quinn: StaffId;
let startedAt: Date;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  startedAt = new Date();
  acts = shop.get(BulkActsService);
  sale = await anOffer(shop, { priceMinor: PRICE, stock: 1_000 });
  [olga, pia, quinn] = [(await operator('olga')).id, (await operator('pia')).id, (await operator('quinn')).id];
});
afterAll(async () => {
  await shop.close();
});

/** Somebody who sees to money. */
async function operator(loginName: string): Promise<Staff> {
  const { staff } = await shop
    .get(StaffAccountsService)
    .add({ loginName, displayName: loginName }, ['FINANCE'], BY_TEST);
  return staff;
}

/** Orders that could be given back; the channel reports their payments without having been asked. */
async function orders(count: number, isPaid = true): Promise<OrderId[]> {
  const [buyer] = await shop.people(1);
  const ids: OrderId[] = [];
  for (let made = 0; made < count; made += 1) {
    const lines = [{ skuId: sale.skuId, quantity: 1 }];
    const placing = { lines, delivery: aDelivery(), idempotencyKey: randomUUID() };
    const { id: checkoutId } = await shop.get(CheckoutsService).place(buyer!, placing);
    const db = shop.source.manager;
    const { outTradeNo, amountMinor, currency } = await db.findOneByOrFail(Payment, { checkoutId });
    const report = {
      outTradeNo,
      amountMinor,
      currency,
      transactionId: randomUUID(),
      succeededAt: startedAt.toISOString(),
    };
    if (isPaid) await shop.get(OrdersService).capture(report);
    ids.push((await db.findOneByOrFail(Order, { checkoutId })).id);
  }
  return ids;
}

const propose = (orderIds: OrderId[], by = olga, idempotencyKey: string = randomUUID()): Promise<BulkAct> =>
  shop.get(BulkRefunds).propose(by, { orderIds, note: '供应商停产', idempotencyKey });
const approve = (bulkActId: BulkActId, by = pia, idempotencyKey: string = randomUUID()): Promise<BulkAct> =>
  acts.approve(by, { bulkActId, reason: '已核实', idempotencyKey });
const end = (bulkActId: BulkActId): { bulkActId: BulkActId; reason: string } => ({ bulkActId, reason: '不再需要' });
const stored = async (id: BulkActId): Promise<BulkAct> => {
  const { edges } = await list();
  return edges.find(({ node }) => node.id === id)!.node;
};
const list = (): Promise<{ edges: { node: BulkAct }[] }> =>
  reader.ask(
    '{ bulkActs(first: 100) { edges { node { id status itemsTotal itemsTried amountMinor proposedById decidedById failures { subject problem } } } } }',
  );
let reader: Desk;
beforeAll(async () => {
  reader = await shop.operator('reader');
});

/** The type of what an attempt comes to. */
async function answerOf(attempt: Promise<BulkAct>): Promise<string> {
  try {
    return (await attempt).status;
  } catch (error) {
    if (error instanceof Refused) return error.refusal.constructor.name;
    if (error instanceof RequestError) return error.code;
    throw error;
  }
}
const refundsOf = (id: BulkActId): Promise<unknown[]> =>
  shop.rows(`SELECT subject_id FROM audit_entry WHERE kind = 'orders.orderRefunded' AND request = ? ORDER BY id`, [
    JSON.stringify({ bulkAct: id }),
  ]);

describe('a bulk act on money', () => {
  it('is done only after another operator has approved it, and then for each order once', async () => {
    const [paid, unpaid] = [await orders(23), await orders(1, false)];
    const act = await propose([...paid, ...unpaid]);
    expect(act).toMatchObject({ status: 'PROPOSED', itemsTotal: 24, amountMinor: 24 * PRICE, proposedById: olga });
    await shop.drain();
    expect([await refundsOf(act.id), (await stored(act.id)).status]).toEqual([[], 'PROPOSED']);

    expect(await approve(act.id)).toMatchObject({ status: 'APPROVED', decidedById: pia });
    await shop.drain();
    expect(await stored(act.id)).toMatchObject({
      ...{ status: 'DONE', itemsTotal: 24, itemsTried: 24 },
      failures: [{ subject: unpaid[0], problem: 'OrderNotRefundable' }],
    });
    expect(await refundsOf(act.id)).toHaveLength(23);
    const [totals] = await shop.rows<{ refunds: string; orders: string; minor: string }>(
      `SELECT COUNT(*) AS refunds, COUNT(DISTINCT order_id) AS orders, SUM(amount_minor) AS minor FROM refund
       WHERE reason = 'OPERATOR' AND requested_by_id = (SELECT proposed_by_id FROM bulk_act ORDER BY id DESC LIMIT 1)`,
    );
    expect(totals).toEqual({ refunds: '23', orders: '23', minor: String(23 * PRICE) });
    await expectSound(shop);
  });

  it('gives back what is left of an order, and names one of which nothing is', async () => {
    const [part, whole] = (await orders(2)) as [OrderId, OrderId];
    const first = await propose([whole]);
    await approve(first.id);
    await shop.drain();
    const second = await propose([part, whole]);
    expect(second.amountMinor).toBe(PRICE);
    await approve(second.id);
    await shop.drain();
    expect((await stored(second.id)) as object).toMatchObject({
      failures: [{ subject: whole, problem: 'OrderNotRefundable' }],
    });
    expect(await refundsOf(second.id)).toHaveLength(1);
  });

  it('is not approved or rejected by who proposed it, and not taken back by anybody else', async () => {
    const { id } = await propose(await orders(1));
    expect(await answerOf(approve(id, olga))).toBe('OwnProposal');
    expect(await answerOf(acts.reject(olga, end(id)))).toBe('OwnProposal');
    expect(await answerOf(acts.withdraw(pia, end(id)))).toBe('NotProposer');
    expect((await stored(id)).status).toBe('PROPOSED');
  });

  it('is not approved by who proposed it from another browser either', async () => {
    const one = await shop.operator('twin', 'FINANCE');
    const two = new Desk(shop.url, one.loginName);
    await two.login(one.nextRecoveryCode());
    const { id } = await one.ask<{ id: string }>(
      'mutation ($input: OrdersRefundInput!) { ordersRefund(input: $input) { id } }',
      {
        input: { orderIds: await orders(1), note: '质量问题', idempotencyKey: randomUUID() },
      },
    );
    const input = { bulkActId: id, reason: '看起来没问题', idempotencyKey: randomUUID() };
    const answer = await two.ask<{ __typename: string }>(
      'mutation ($input: BulkActApproveInput!) { bulkActApprove(input: $input) { __typename } }',
      { input },
    );
    expect(answer.__typename).toBe('OwnProposal');
  });

  it('is over when it was rejected, taken back, or nobody approved it within 24 hours', async () => {
    const [rejected, withdrawn, expired] = await Promise.all([1, 2, 3].map(async () => propose(await orders(1))));
    expect(await answerOf(acts.reject(pia, end(rejected!.id)))).toBe('REJECTED');
    expect(await answerOf(acts.withdraw(olga, end(withdrawn!.id)))).toBe('WITHDRAWN');
    await shop.setTime(new Date(expired!.proposedAt.getTime() + 24 * HOUR - 1));
    await shop.get(BulkActsWorker).expire();
    expect((await stored(expired!.id)).status).toBe('PROPOSED');
    await shop.setTime(new Date(expired!.proposedAt.getTime() + 24 * HOUR));
    expect(await answerOf(approve(expired!.id))).toBe('BulkActDecided');
    await shop.get(BulkActsWorker).expire();
    expect((await stored(expired!.id)).status).toBe('EXPIRED');
    await shop.setTime(startedAt);
    for (const { id } of [rejected!, withdrawn!, expired!]) {
      expect(await answerOf(approve(id))).toBe('BulkActDecided');
      expect(await answerOf(acts.withdraw(olga, end(id)))).toBe('BulkActDecided');
      expect(await refundsOf(id)).toEqual([]);
    }
  });

  it('is proposed once and approved once under one key, however often it is sent', async () => {
    const orderIds = await orders(1);
    const [one, two] = await Promise.all([
      propose(orderIds, olga, 'same-key-1'),
      propose(orderIds, olga, 'same-key-1'),
    ]);
    expect(two.id).toBe(one.id);
    await Promise.all([approve(one.id, pia, 'same-key-2'), approve(one.id, pia, 'same-key-2')]);
    await shop.drain();
    expect(await approve(one.id, pia, 'same-key-2')).toMatchObject({ status: 'DONE' });
    expect(await refundsOf(one.id)).toHaveLength(1);
  });

  it('of an order that does not exist is not proposed, and neither is one that does not', async () => {
    const [known] = await orders(1);
    const attempt = propose([known!, newId('order')]);
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND', mistakes: [{ path: 'input.orderIds.1' }] });
    expect(await answerOf(approve(newId('bulk')))).toBe('NOT_FOUND');
  });
});

describe('of those who decide at the same time', () => {
  it('one of two approves, and the other hears that it is decided', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await propose(await orders(1));
      const answers = await Promise.all([answerOf(approve(id, pia)), answerOf(approve(id, quinn))]);
      expect(answers.toSorted()).toEqual(['APPROVED', 'BulkActDecided']);
      await shop.drain();
      expect(await refundsOf(id)).toHaveLength(1);
    }
  });

  it('either the approver or who takes it back is first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await propose(await orders(1));
      const answers = await Promise.all([answerOf(approve(id)), answerOf(acts.withdraw(olga, end(id)))]);
      expect([
        ['APPROVED', 'BulkActDecided'],
        ['BulkActDecided', 'WITHDRAWN'],
      ]).toContainEqual(answers);
      await shop.drain();
      expect(await refundsOf(id)).toHaveLength(answers[0] === 'APPROVED' ? 1 : 0);
    }
  });

  it('an operator who is disabled or loses the role meanwhile approves before that or not at all', async () => {
    const accounts = shop.get(StaffAccountsService);
    for (let round = 0; round < 6; round += 1) {
      const { id: rita, loginName } = await operator(`rita-${round}`);
      const { id } = await propose(await orders(1));
      const why = { by: 'command:test', reason: '离职' } as const;
      const shut =
        round % 2 === 0
          ? accounts.setStatus(loginName, 'DISABLED', why)
          : accounts.setRoles(loginName, ['SUPPORT'], why);
      const [answer] = await Promise.all([answerOf(approve(id, rita)), shut]);
      expect(['APPROVED', 'FORBIDDEN']).toContain(answer);
      expect((await stored(id)).status).toBe(answer === 'APPROVED' ? 'APPROVED' : 'PROPOSED');
      expect(await answerOf(approve(id, rita))).toBe('FORBIDDEN');
    }
  });
});

describe('a worker that dies', () => {
  it('in the middle of a chunk is taken over, and no order is given back twice', async () => {
    const act = await propose(await orders(25));
    await approve(act.id);
    const work = shop.get(BulkWorks).of(act.kind);
    await work.chunk(act, JSON.parse(act.input) as object, 0, 13); // And then nothing.
    await shop.drain();
    expect(await stored(act.id)).toMatchObject({ status: 'DONE', itemsTried: 25, failures: [] });
    const rows = await shop.rows<{ times: string }>(
      `SELECT COUNT(*) AS times FROM refund WHERE order_id IN (?) GROUP BY order_id`,
      [(JSON.parse(act.input) as { orderIds: OrderId[] }).orderIds.map((id) => idBytes(id))],
    );
    expect(rows.map(({ times }) => times)).toEqual(Array.from({ length: 25 }, () => '1'));
  });

  it('whose lease another one has taken notes nothing', async () => {
    const act = await propose(await orders(1));
    await approve(act.id);
    const taken = (): Promise<never> => Promise.reject(new Error('the lease was lost'));
    const lost = { jobId: 0, lease: 0, close: taken, renew: taken };
    await expect(shop.get(BulkActsWorker).workOff({ bulkActId: act.id }, lost)).rejects.toThrow('the lease was lost');
    expect(await stored(act.id)).toMatchObject({ status: 'APPROVED', itemsTried: 0 });
    await shop.drain();
    expect(await stored(act.id)).toMatchObject({ status: 'DONE', itemsTried: 1 });
    expect(
      (
        await shop.rows('SELECT 1 FROM refund WHERE order_id = ?', [
          idBytes((JSON.parse(act.input) as { orderIds: [OrderId] }).orderIds[0]),
        ])
      ).length,
    ).toBe(1);
  });
});

it('nothing of all this broke what must hold', async () => {
  await expectSound(shop);
});
