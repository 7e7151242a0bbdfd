import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { newId } from '#common';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled, settle } from '../support/sound.js';
import {
  balanceOf,
  bills,
  findings,
  giveBack,
  openShop,
  reconcile,
  sell,
  setChinaTime,
  theirStates,
} from './bookkeeper.js';

const REASON = '已与微信支付客服核对';

let shop: Shop;
let ana: Phone;
let olive: Desk;
let skuId: string;
let date = new Date('2026-11-10T00:00:00Z');

beforeAll(async () => {
  shop = await openShop();
  await setChinaTime(shop, '2026-11-10 12:00:00');
  [ana, olive] = await Promise.all([shop.login('ana'), shop.operator('olive')]);
  ({ skuId } = await anOffer(shop, { size: 2, priceMinor: 10_000, stock: 1_000 }));
});
afterAll(async () => {
  await shop.close();
});
/** Whatever was found is seen to, so that the next day begins with equal books. */
afterEach(async () => {
  for (const id of await openIds()) await resolve(id);
  await expectSettled(shop);
  expect((await bills(shop)).filter(({ status }) => status !== 'CLOSED')).toEqual([]);
  await shop.rows('DELETE FROM finding');
  date = new Date(date.getTime() + 86_400_000);
  await setChinaTime(shop, `${date.toISOString().slice(0, 10)} 12:00:00`);
});

async function openIds(): Promise<string[]> {
  const { edges } = await olive.ask<{ edges: { node: { id: string } }[] }>(
    '{ findings(first: 100) { edges { node { id } } } }',
  );
  return edges.map(({ node }) => node.id);
}

function resolve(findingId: string): Promise<{ __typename: string; status?: string; reason?: string }> {
  return olive.ask(
    `mutation ($input: FindingResolveInput!) { findingResolve(input: $input) {
       __typename ... on Finding { status reason resolvedById } ... on FindingNotOpen { finding { status } } } }`,
    { input: { findingId, reason: REASON } },
  );
}

/** The next morning, at ten. */
async function nextMorning(): Promise<void> {
  const next = new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10);
  await setChinaTime(shop, `${next} 10:00:00`);
}

describe('a bill that differs', () => {
  it.each<[fault: string, kind: string, advice: string]>([
    ['row_missing', 'MISSING', 'CLAIM'],
    ['row_extra', 'EXTRA', 'FIND_OWNER'],
    ['amount_changed', 'AMOUNT', 'COMPARE'],
    ['state_changed', 'STATE', 'COMPARE'],
    ['fee_changed', 'FEE', 'CHECK_RATE'],
  ])('in a payment by %s has exactly that finding, once', async (fault, kind, advice) => {
    await sell(shop, ana, skuId);
    await sell(shop, ana, skuId);
    await nextMorning();
    await shop.fault('tradebill', fault);
    await reconcile(shop);
    await reconcile(shop);
    expect(await findings(shop)).toEqual([{ type: 'TRADE', kind, subject: 'TRADE', status: 'OPEN', advice }]);
    expect((await bills(shop)).filter(({ status }) => status !== 'CLOSED')).toMatchObject([
      { type: 'TRADE', status: 'OPEN' },
    ]);
  });

  it.each<[fault: string, kind: string, advice: string]>([
    ['row_missing', 'MISSING', 'CLAIM'],
    ['row_extra', 'EXTRA', 'FIND_OWNER'],
    ['amount_changed', 'AMOUNT', 'COMPARE'],
    ['state_changed', 'STATE', 'COMPARE'],
    ['fee_changed', 'FEE', 'CHECK_RATE'],
  ])('in a refund by %s has exactly that finding', async (fault, kind, advice) => {
    const orderId = await sell(shop, ana, skuId);
    await nextMorning();
    await reconcile(shop);
    date = new Date(date.getTime() + 86_400_000);
    await giveBack(olive, orderId, 2_500);
    await settle(shop);
    await nextMorning();
    await shop.fault('tradebill', fault);
    await reconcile(shop);
    expect(await findings(shop)).toEqual([{ type: 'TRADE', kind, subject: 'REFUND', status: 'OPEN', advice }]);
  });

  it.each<[fault: string, kind: string, subject: string]>([
    ['row_missing', 'MISSING', 'FLOW_TRADE'],
    ['row_extra', 'EXTRA', 'FLOW_OTHER'],
    ['amount_changed', 'AMOUNT', 'FLOW_TRADE'],
  ])('in what moved, by %s, has that finding', async (fault, kind, subject) => {
    await sell(shop, ana, skuId);
    await nextMorning();
    await shop.fault('fundflowbill', fault);
    await reconcile(shop);
    expect(await findings(shop)).toContainEqual({
      ...{ type: 'FUND_FLOW', kind, subject, status: 'OPEN', advice: 'CHECK_ACCOUNT' },
    });
  });

  it('tells of what it lacks how that stands at the channel', async () => {
    const orderId = await sell(shop, ana, skuId);
    await nextMorning();
    await shop.fault('tradebill', 'row_missing');
    await reconcile(shop);
    date = new Date(date.getTime() + 86_400_000);
    await giveBack(olive, orderId, 2_500);
    await settle(shop);
    await nextMorning();
    await shop.fault('tradebill', 'row_missing');
    await reconcile(shop);
    expect(await findings(shop)).toMatchObject([{ subject: 'TRADE' }, { subject: 'REFUND' }]);
    expect(await theirStates(shop)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  it('has its findings dissolved when it is fetched anew and agrees', async () => {
    await sell(shop, ana, skuId);
    await nextMorning();
    await shop.fault('tradebill', 'row_missing');
    await reconcile(shop);
    const [{ id }] = await dayIds('OPEN');
    expect(await fetchAnew(id)).toMatchObject({ __typename: 'BillDay', status: 'WAITING' });
    await reconcile(shop);
    expect(await findings(shop)).toMatchObject([{ kind: 'MISSING', status: 'DISSOLVED' }]);
    expect(await fetchAnew(id)).toMatchObject({ __typename: 'BillDayClosed', billDay: { status: 'CLOSED' } });
  });
});

describe('money of which the shop has not heard', () => {
  it('is asked for and booked, and the finding goes by itself', async () => {
    const checkout = await ana.buy(skuId);
    await ana.pay(checkout.id, { notify: { lose: true } });
    await nextMorning();
    await reconcile(shop);
    expect(await findings(shop)).toEqual([
      { type: 'TRADE', kind: 'EXTRA', subject: 'TRADE', status: 'OPEN', advice: 'CHANNEL_ASKED' },
    ]);
    await reconcile(shop);
    expect(await findings(shop)).toMatchObject([{ status: 'DISSOLVED' }]);
    const { orders } = await ana.ask<{ orders: { status: string }[] }>(
      'query ($id: ID!) { checkout(id: $id) { orders { status } } }',
      { id: checkout.id },
    );
    expect(orders[0]!.status).toBe('TO_FULFIL');
  });

  it('may be the second time that somebody was charged: it goes back', async () => {
    const checkout = await ana.buy(skuId);
    await ana.pay(checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(checkout.id);
    await settle(shop);
    const [prepayId] = await shop.prepaid([checkout.id]);
    await ana.payPrepaid(prepayId!, { again: true, notify: { lose: true } });
    await nextMorning();
    await reconcile(shop);
    await deliver(shop);
    await reconcile(shop);
    expect(await findings(shop)).toMatchObject([{ kind: 'EXTRA', status: 'DISSOLVED' }]);
    expect(await shop.rows('SELECT status FROM refund WHERE reason = ?', ['DUPLICATE'])).toEqual([
      { status: 'SUCCEEDED' },
    ]);
    date = new Date(date.getTime() + 86_400_000);
    await nextMorning();
    await reconcile(shop);
  });
});

interface DayAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
}

async function dayIds(status: string): Promise<[{ id: string }, ...{ id: string }[]]> {
  const { edges } = await olive.ask<{ edges: { node: { id: string } }[] }>(
    'query ($status: BillDayStatus) { billDays(status: $status, first: 5) { edges { node { id type day linesTotal inMinor outMinor feeMinor } } } }',
    { status },
  );
  return edges.map(({ node }) => node) as [{ id: string }];
}

function fetchAnew(billDayId: string): Promise<DayAnswer> {
  return olive.ask(
    `mutation ($input: BillDayFetchAnewInput!) { billDayFetchAnew(input: $input) {
       __typename ... on BillDay { id status } ... on BillDayClosed { billDay { status } message } } }`,
    { input: { billDayId, reason: REASON } },
  );
}

describe('FINANCE', () => {
  it('resolves a finding once, with a reason, and the bill is closed with its fees', async () => {
    await sell(shop, ana, skuId);
    const before = await balanceOf(shop, 'platform:fees');
    await nextMorning();
    await shop.fault('tradebill', 'amount_changed');
    await reconcile(shop);
    expect(await balanceOf(shop, 'platform:fees')).toBe(before);
    const [id] = await openIds();
    expect(await resolve(id!)).toMatchObject({ __typename: 'Finding', status: 'RESOLVED', reason: REASON });
    expect(await resolve(id!)).toMatchObject({ __typename: 'FindingNotOpen', finding: { status: 'RESOLVED' } });
    await reconcile(shop);
    expect(await balanceOf(shop, 'platform:fees')).toBe(before - 60);
  });

  it('reads findings by state and kind, with what to do in the language of the request', async () => {
    await sell(shop, ana, skuId);
    await nextMorning();
    await shop.fault('tradebill', 'fee_changed');
    await reconcile(shop);
    const ofKind = (kind: string) =>
      olive.ask<{ edges: { node: object }[] }>(
        `query ($kind: FindingKind) { findings(kind: $kind, first: 10) { edges { node {
           kind subject oursMinor theirsMinor ourNumber channelNumber whatToDo advice } } } }`,
        { kind },
      );
    expect((await ofKind('MISSING')).edges).toEqual([]);
    expect((await ofKind('FEE')).edges).toEqual([
      { node: expect.objectContaining({ kind: 'FEE', advice: 'CHECK_RATE', whatToDo: expect.stringMatching(/费率/) }) },
    ]);
  });

  it('pages through bills from the newest on, and none is left out or told twice', async () => {
    const page = (after: string | null) =>
      olive.ask<{
        edges: { node: { day: string; type: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      }>(
        'query ($after: String) { billDays(first: 3, after: $after) { edges { node { day type } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    await nextMorning();
    await reconcile(shop);
    const seen: string[] = [];
    let { edges, pageInfo } = await page(null);
    for (;;) {
      seen.push(...edges.map(({ node }) => `${node.day} ${node.type}`));
      if (!pageInfo.hasNextPage) break;
      ({ edges, pageInfo } = await page(pageInfo.endCursor));
    }
    expect(seen).toEqual(
      (await bills(shop))
        .map(({ day, type }) => `${day} ${type}`)
        .toReversed()
        .toSorted()
        .toReversed(),
    );
  });

  it('resolves a finding once, though two do it at the same time', async () => {
    await sell(shop, ana, skuId);
    await nextMorning();
    await shop.fault('tradebill', 'amount_changed');
    await reconcile(shop);
    const [id] = await openIds();
    const answers = await Promise.all([resolve(id!), resolve(id!)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['Finding', 'FindingNotOpen']);
  });

  it('is told that there is no such finding or bill', async () => {
    await expect(resolve(newId('finding'))).rejects.toMatchObject({ message: expect.stringMatching(/NOT_FOUND|没有/) });
    await expect(fetchAnew(newId('bill_day'))).rejects.toMatchObject({
      message: expect.stringMatching(/NOT_FOUND|没有/),
    });
  });
});

describe('a refund that was paid by a bank transfer', () => {
  const settledOutside = (refundId: string, change: object = {}): Promise<{ __typename: string; status?: string }> =>
    olive.ask(
      `mutation ($input: RefundSettledOutsideInput!) { refundSettledOutside(input: $input) {
         __typename ... on Refund { id status outsideReference succeededAt } ... on RefundNotWaiting { message } } }`,
      { input: { refundId, reference: 'ICBC20261120-7', reason: REASON, idempotencyKey: randomUUID(), ...change } },
    );

  async function waiting(...fault: [kind: string, times?: number, code?: string]): Promise<string> {
    const orderId = await sell(shop, ana, skuId);
    await shop.fault('refund', ...fault);
    const id = await giveBack(olive, orderId, 2_500);
    await settle(shop);
    return id;
  }

  async function endAtChannel(id: string, status: string): Promise<void> {
    await shop.emulate(`/emulator/refunds/${id.slice('refund_'.length)}/end`, { status });
    await deliver(shop);
  }

  it.each<[state: string, fault: [kind: string, times?: number, code?: string]]>([
    ['MANUAL', ['refuse', 1, 'USER_ACCOUNT_ABNORMAL']],
    ['ABNORMAL', ['abnormal']],
  ])('leaves the bank’s account and not the channel’s: %s', async (_state, fault) => {
    const id = await waiting(...fault);
    const before = await balanceOf(shop, 'bank:payouts');
    const input = { idempotencyKey: randomUUID() };
    const paid = { __typename: 'Refund', status: 'SUCCEEDED', outsideReference: 'ICBC20261120-7' };
    expect(await settledOutside(id, input)).toMatchObject(paid);
    expect(await settledOutside(id, input)).toMatchObject(paid);
    expect(await settledOutside(id)).toMatchObject({ __typename: 'RefundNotWaiting' });
    expect(await balanceOf(shop, 'bank:payouts')).toBe(before + 2_500);
    await settle(shop);
    await nextMorning();
    await reconcile(shop);
    expect(await findings(shop)).toEqual([]);
  });

  it('is not booked while the channel still works at it', async () => {
    const orderId = await sell(shop, ana, skuId);
    await shop.fault('refund', 'stuck');
    const id = await giveBack(olive, orderId, 2_500);
    await shop.drain();
    await shop.rows('UPDATE refund SET manual_after = NOW(3) WHERE status = ?', ['SUBMITTED']);
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND name = 'payments.driveRefund'");
    await settle(shop);
    expect(await settledOutside(id)).toMatchObject({ __typename: 'RefundNotWaiting' });
    await endAtChannel(id, 'SUCCESS');
    await nextMorning();
    await reconcile(shop);
    expect(await findings(shop)).toEqual([]);
  });

  it('is a finding if the channel has paid it too', async () => {
    const id = await waiting('abnormal');
    expect(await settledOutside(id)).toMatchObject({ status: 'SUCCEEDED' });
    await endAtChannel(id, 'SUCCESS');
    await nextMorning();
    await reconcile(shop);
    expect(await findings(shop)).toEqual([
      { type: 'TRADE', kind: 'STATE', subject: 'REFUND', status: 'OPEN', advice: 'COMPARE' },
    ]);
  });

  it('is not paid in the future', async () => {
    const id = await waiting('abnormal');
    await expect(settledOutside(id, { paidAt: '2030-01-01T00:00:00Z' })).rejects.toThrow();
    expect(await settledOutside(id)).toMatchObject({ status: 'SUCCEEDED' });
    await nextMorning();
    await reconcile(shop);
  });
});
