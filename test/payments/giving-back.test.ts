import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#common';
import { Jobs } from '#jobs';
import { RefundDriver } from '#payments';
import { FormingService } from '#teams';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectEqualBooks, expectSettled, settle, until } from '../support/sound.js';

const PRICE = 10_000;

let shop: Shop;
let ana: Phone;
let operator: Desk;
let skuId: string;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  [ana, operator] = await Promise.all([shop.login('ana'), shop.operator('olive')]);
  ({ skuId } = await anOffer(shop, { size: 2, priceMinor: PRICE, stock: 1_000 }));
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await done();
  await expectSettled(shop);
  await expectEqualBooks(shop);
});

interface RefundAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly refundableMinor?: number;
}

interface Case {
  readonly problem: string;
  readonly orderId: string | null;
  readonly refund: { readonly id: string; readonly status: string; readonly amountMinor: number };
}

async function bought(): Promise<string> {
  const checkout = await ana.buy(skuId);
  await ana.pay(checkout.id, { notify: { lose: true } });
  await ana.confirmPayment(checkout.id);
  await settle(shop);
  return checkout.orders[0]!.id;
}

function giveBack(orderId: string, amountMinor: number, idempotencyKey: string = randomUUID()): Promise<RefundAnswer> {
  return operator.ask(
    `mutation ($input: OrderRefundInput!) { orderRefund(input: $input) {
       __typename ... on Refund { id status } ... on RefundTooLarge { refundableMinor } ... on Refusal { message } } }`,
    { input: { orderId, amountMinor, note: '一盒蓝莓压坏了', idempotencyKey } },
  );
}

async function queue(): Promise<Case[]> {
  const { edges } = await operator.ask<{ edges: { node: Case }[] }>(
    '{ refundQueue(first: 100) { edges { node { problem orderId refund { id status amountMinor } } } } }',
  );
  return edges.map(({ node }) => node);
}

async function retry(refundId: string): Promise<RefundAnswer> {
  return operator.ask(
    'mutation ($input: RefundRetryInput!) { refundRetry(input: $input) { __typename ... on Refund { id status } ... on Refusal { message } } }',
    { input: { refundId, reason: '买家已换绑银行卡' } },
  );
}

const CARD = { bankType: 'ICBC_DEBIT', bankAccount: '6222021234567890123', realName: '安娜' };
const TO_CARD = `mutation ($input: RefundToCardInput!) {
  refundToCard(input: $input) { __typename ... on Refund { id status } ... on Refusal { message } } }`;

function toCard(refundId: string): Promise<RefundAnswer> {
  return operator.ask(TO_CARD, { input: { refundId, reason: '原账户已注销', ...CARD } });
}

/** Every column of the database in which a text stands. */
async function tablesWith(text: string): Promise<string[]> {
  const columns = await shop.rows<{ name: string }>(
    `SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND data_type REGEXP 'char|text|binary|blob|json'`,
  );
  const found = await Promise.all(
    columns.map(async ({ name }) => {
      const [table = '', column = ''] = name.split('.');
      const rows = await shop.rows(`SELECT 1 FROM \`${table}\` WHERE INSTR(\`${column}\`, ?) > 0 LIMIT 1`, [text]);
      return rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

/** Works everything off as if the minutes between two tries had passed. */
async function done(): Promise<void> {
  await until(async () => {
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NULL");
    await shop.rows('UPDATE capture SET refund_submitted_at = NULL');
    await shop.drain();
    const open = await shop.rows(
      `SELECT 1 FROM refund WHERE status IN ('CREATED', 'SUBMITTED')
       UNION ALL SELECT 1 FROM job WHERE status = 'READY' AND repeat_seconds IS NULL`,
    );
    return open.length === 0 && (await shop.books()).undelivered_notifications === 0;
  }, 'every refund has come to its end');
}

async function order(id: string): Promise<{ status: string; refundedMinor: number; refunds: string[] }> {
  const { edges } = await ana.ask<{
    edges: {
      node: { id: string; status: string; refundedMinor: number; refunds: { status: string; note: string }[] };
    }[];
  }>('{ orders(first: 100) { edges { node { id status refundedMinor refunds { status note } } } } }');
  const { node } = edges.find((edge) => edge.node.id === id)!;
  return { status: node.status, refundedMinor: node.refundedMinor, refunds: node.refunds.map(({ status }) => status) };
}

/** As if the channel had had its three days. */
const threeDaysLater = (): Promise<unknown> => shop.rows('UPDATE refund SET manual_after = NOW(3)');

describe('giving back a part', () => {
  it('leaves the order where it is, until nothing is left of what was paid', async () => {
    const orderId = await bought();
    await giveBack(orderId, 2_500);
    await done();
    expect(await order(orderId)).toEqual({ status: 'TO_FULFIL', refundedMinor: 2_500, refunds: ['SUCCEEDED'] });
    await giveBack(orderId, 7_500);
    await done();
    expect(await order(orderId)).toEqual({
      status: 'REFUNDED',
      refundedMinor: PRICE,
      refunds: ['SUCCEEDED', 'SUCCEEDED'],
    });
  });

  it('never exceeds what is left, promised refunds included, and says how much that is', async () => {
    const orderId = await bought();
    await giveBack(orderId, 6_000);
    expect(await giveBack(orderId, 4_001)).toMatchObject({ __typename: 'RefundTooLarge', refundableMinor: 4_000 });
  });

  it('gives ten operators who ask at once no more than the order has', async () => {
    const orderId = await bought();
    const answers = await Promise.all(Array.from({ length: 10 }, () => giveBack(orderId, 3_000)));
    expect(answers.map(({ __typename }) => __typename).filter((name) => name === 'Refund')).toHaveLength(3);
    await done();
    expect(await order(orderId)).toMatchObject({ status: 'TO_FULFIL', refundedMinor: 9_000 });
  });

  it('happens once for one key, however often it is sent, and is refused under it for another amount', async () => {
    const orderId = await bought();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => giveBack(orderId, 1_000, key)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await expect(giveBack(orderId, 1_001, key)).rejects.toThrow(/CONFLICT/);
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 1_000 });
  });

  it('is refused for what is not paid, and for what a team still decides about', async () => {
    const unpaid = await ana.buy(skuId);
    expect((await giveBack(unpaid.orders[0]!.id, 1)).__typename).toBe('OrderNotRefundable');
    await ana.cancel(unpaid.id);
    const { offer } = await anOffer(shop, { size: 2, ttlSeconds: 3_600 });
    const seat = await ana.open(offer.id);
    await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(seat.order.checkout.id);
    await settle(shop);
    expect((await giveBack(seat.order.id, 1)).__typename).toBe('OrderNotRefundable');
  });

  it('is not for buyers', async () => {
    const orderId = await bought();
    const { errors } = await ana.send(
      'mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }',
      { input: { orderId, amountMinor: 1, note: 'for me', idempotencyKey: randomUUID() } },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await order(orderId)).toMatchObject({ refunds: [] });
  });

  it('leaves room for refunds that must happen: the channel takes fifty, people get forty', async () => {
    const orderId = await bought();
    for (let round = 0; round < 40; round += 1) expect((await giveBack(orderId, 1)).__typename).toBe('Refund');
    expect((await giveBack(orderId, 1)).__typename).toBe('TooManyRefunds');
    await done();
    expect(await order(orderId)).toMatchObject({ status: 'TO_FULFIL', refundedMinor: 40 });
  });
});

describe('a refund that the channel does not get done', () => {
  it('goes on under a new number when the channel closes it, and the order is refunded once', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'closed', 2);
    await giveBack(orderId, PRICE);
    await done();
    expect(await order(orderId)).toEqual({
      status: 'REFUNDED',
      refundedMinor: PRICE,
      refunds: ['CLOSED', 'CLOSED', 'SUCCEEDED'],
    });
    expect(await queue()).toEqual([]);
  });

  it('waits in the operators’ queue when the buyer’s account cannot take it, and leaves it when the channel pays after all', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'abnormal');
    const { id } = await giveBack(orderId, 4_000);
    await done();
    expect(await queue()).toEqual([
      { orderId, problem: expect.stringMatching(/account/), refund: { id, status: 'ABNORMAL', amountMinor: 4_000 } },
    ]);
    expect(await order(orderId)).toMatchObject({ refundedMinor: 0, refunds: ['ABNORMAL'] });

    await endAtChannel(id, 'SUCCESS');
    await done();
    expect(await queue()).toEqual([]);
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
  });

  it('goes to a bank card of the buyer when the account cannot take it, once, and the card is kept nowhere', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'abnormal');
    const { id } = await giveBack(orderId, 4_000);
    await done();
    await shop.fault('remedy_refund', 'timeout_after'); // WeChat has done it, and nobody knows.
    await expect(toCard(id)).rejects.toThrow(/CHANNEL_UNAVAILABLE/);
    expect((await toCard(id)).__typename).toBe('RefundNotWaiting');
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
    expect(await queue()).toEqual([]);
    expect(await tablesWith(CARD.bankAccount)).toEqual([]);
  });

  it.each([
    ['bankType', { bankType: 'a bank' }],
    ['bankAccount', { bankAccount: '6222 0212' }],
    ['realName', { realName: '' }],
    ['reason', { reason: ' ' }],
  ])('is not sent to a card when the %s is wrong, and the field is named', async (field, wrong) => {
    const { errors } = await operator.send(TO_CARD, {
      input: { refundId: newId('refund'), reason: '原账户已注销', ...CARD, ...wrong },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: `input.${field}` }] });
  });

  it('goes on under a new number when the channel closes what it could not pay', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'abnormal');
    const { id } = await giveBack(orderId, 4_000);
    await done();
    await endAtChannel(id, 'CLOSED');
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['CLOSED', 'SUCCEEDED'] });
  });

  it('waits in the queue after three days in which the channel could not be reached, and is tried again when an operator says so', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'timeout_before', 100);
    const { id } = await giveBack(orderId, 4_000);
    await shop.drain();
    await shop.fault('query_refund', 'error_500', 100);
    await threeDaysLater();
    await done();
    expect(await queue()).toEqual([
      { orderId, problem: expect.stringMatching(/SYSTEMERROR/), refund: { id, status: 'MANUAL', amountMinor: 4_000 } },
    ]);
    expect(await shop.rows("SELECT 1 FROM job WHERE status = 'DEAD'")).toEqual([]);

    await forgetFaults();
    expect(await retry(id)).toMatchObject({ __typename: 'Refund', status: 'SUBMITTED' });
    expect((await retry(id)).__typename).toBe('RefundNotWaiting');
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
  });

  it('is sent again within seconds, and counts as no failure, when the channel is asked too fast', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'refuse', 2, 'FREQUENCY_LIMITED');
    await giveBack(orderId, 4_000);
    await shop.drain();
    const [job] = await shop.rows<{ attempt: number; seconds: number }>(
      "SELECT attempt, TIMESTAMPDIFF(SECOND, NOW(3), run_at) AS seconds FROM job WHERE status = 'READY' AND repeat_seconds IS NULL",
    );
    expect(job?.attempt).toBe(0);
    expect(Number(job?.seconds)).toBeLessThanOrEqual(10);
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NULL");
    await shop.drain(); // Not a minute later: nothing was sent for this payment.
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
  });

  it('waits in the queue when the channel has accepted it and not paid it for three days', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'stuck');
    const { id } = await giveBack(orderId, 4_000);
    await shop.drain();
    await threeDaysLater();
    await done();
    expect((await queue()).map(({ refund }) => refund)).toEqual([{ id, status: 'MANUAL', amountMinor: 4_000 }]);

    // Its notification is lost, so only asking finds out.
    await shop.fault('refund_notify', 'lose', 100);
    await endAtChannel(id, 'SUCCESS');
    await shop.get(RefundDriver).queryOwed();
    await settle(shop);
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
    await forgetFaults();
  });

  it('leaves the queue once, even if the database makes the transaction run again', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'refuse', 1, 'USER_ACCOUNT_ABNORMAL');
    const { id } = await giveBack(orderId, 4_000);
    await shop.drain();
    deadlockOnce();
    expect(await retry(id)).toMatchObject({ __typename: 'Refund', status: 'SUBMITTED' });
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
  });

  it('goes to the queue at once when no repetition can help', async () => {
    const orderId = await bought();
    await shop.fault('refund', 'refuse', 1, 'USER_ACCOUNT_ABNORMAL');
    const { id } = await giveBack(orderId, 4_000);
    await shop.drain();
    expect((await queue()).map(({ refund }) => refund.id)).toEqual([id]);
    await retry(id);
    await done();
    expect(await order(orderId)).toMatchObject({ refundedMinor: 4_000, refunds: ['SUCCEEDED'] });
  });

  it('of a failed team waits in the queue too, and the team’s order stays owed', async () => {
    const { offer } = await anOffer(shop, { size: 2, ttlSeconds: 3_600 });
    const seat = await ana.open(offer.id);
    await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(seat.order.checkout.id);
    await settle(shop);
    await shop.fault('refund', 'abnormal', 100); // Teams of other tests end now as well.
    await shop.setTime(new Date(Date.now() + 30 * 86_400_000));
    await shop.get(FormingService).expire();
    await done();
    await forgetFaults();
    const cases = await queue();
    expect(cases.map(({ orderId }) => orderId)).toContain(seat.order.id);
    await expectSettled(shop);
    for (const { refund } of cases) await endAtChannel(refund.id, 'SUCCESS');
    await done();
    expect(await order(seat.order.id)).toMatchObject({ status: 'REFUNDED', refunds: ['SUCCEEDED'] });
  });

  it('is seen and tried by operators alone', async () => {
    const { errors } = await ana.send('{ refundQueue { edges { node { problem } } } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

/** The database picks us as the victim of a deadlock, the next time that a job is written. */
function deadlockOnce(): void {
  jest.spyOn(shop.get(Jobs), 'enqueue').mockRejectedValueOnce(Object.assign(new Error('deadlock'), { errno: 1213 }));
}

const forgetFaults = (): Promise<unknown> => fetch(`${shop.emulator.url}/emulator/faults`, { method: 'DELETE' });

/** The channel makes up its mind about one of our refunds. */
async function endAtChannel(refundId: string, status: 'SUCCESS' | 'CLOSED'): Promise<void> {
  await shop.emulate(`/emulator/refunds/${refundId.replace('refund_', '')}/end`, { status });
}
