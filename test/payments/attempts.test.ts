import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Id, idBytes } from '#common';
import { Jobs } from '#jobs';
import { anOffer } from '../support/builders.js';
import type { CheckoutAnswer, Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled, settle, until } from '../support/sound.js';

let shop: Shop;
let ana: Phone;
let skuId: string;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  ana = await shop.login('ana');
  ({ skuId } = await anOffer(shop, { size: 2, stock: 1_000 }));
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await delivered();
  await expectSettled(shop);
});

interface Attempt {
  readonly attempt: number;
  readonly status: string;
  readonly out_trade_no: string;
  readonly prepay_id: string | null;
}

/** Every number under which a checkout was to be paid, in order. */
async function attempts(checkoutId: string): Promise<Attempt[]> {
  return shop.rows<Attempt>(
    'SELECT attempt, status, out_trade_no, prepay_id FROM payment WHERE checkout_id = ? ORDER BY attempt',
    [idBytes(checkoutId as Id<'checkout'>)],
  );
}

const delivered = async (): Promise<void> => {
  await until(async () => (await shop.books()).undelivered_notifications === 0, 'every notification is delivered');
  await settle(shop);
};

/** Ends a trade at WeChat although nobody here has asked for it. */
const closeBehindOurBack = async ({ out_trade_no }: Attempt): Promise<void> => {
  const response = await fetch(`${shop.emulator.url}/emulator/trades/${out_trade_no}/close`, { method: 'POST' });
  expect(response.status).toBe(204);
};

const statusOf = async (checkout: CheckoutAnswer): Promise<{ checkout: string; payment: string; order: string }> => {
  const answer = await ana.ask<{ status: string; payment: { status: string }; orders: { status: string }[] }>(
    'query ($id: ID!) { checkout(id: $id) { status payment { status } orders { status } } }',
    { id: checkout.id },
  );
  return { checkout: answer.status, payment: answer.payment.status, order: answer.orders[0]!.status };
};

describe('a number that the channel takes no money for any more', () => {
  it.each(['ORDER_CLOSED', 'OUT_TRADE_NO_USED', 'INVALID_REQUEST'])(
    'is replaced while the goods stay held, when the channel says %s',
    async (code) => {
      const checkout = await ana.buy(skuId);
      await shop.fault('prepay', 'timeout_after'); // WeChat knows the number, we do not know that it does.
      await expect(ana.startPayment(checkout.id)).rejects.toThrow(/CHANNEL_UNAVAILABLE/);
      await shop.fault('prepay', 'refuse', 1, code);
      await ana.pay(checkout.id);
      await delivered();
      expect((await attempts(checkout.id)).map(({ status }) => status)).toEqual(['CLOSED', 'SUCCEEDED']);
      expect(await statusOf(checkout)).toEqual({ checkout: 'PAID', payment: 'SUCCEEDED', order: 'TO_FULFIL' });
    },
  );

  it('is not replaced when the channel refuses what it has never heard of: the request itself is wrong', async () => {
    const checkout = await ana.buy(skuId);
    await shop.fault('prepay', 'refuse', 1, 'INVALID_REQUEST');
    await expect(ana.startPayment(checkout.id)).rejects.toThrow(/CHANNEL_UNAVAILABLE/);
    await ana.pay(checkout.id);
    await delivered();
    expect((await attempts(checkout.id)).map(({ status }) => status)).toEqual(['SUCCEEDED']);
  });

  it('stays the last one after five', async () => {
    const checkout = await ana.buy(skuId);
    await ana.startPayment(checkout.id);
    for (let round = 1; round < 5; round += 1) {
      await closeBehindOurBack((await attempts(checkout.id)).at(-1)!);
      await ana.startPayment(checkout.id);
    }
    await closeBehindOurBack((await attempts(checkout.id)).at(-1)!);
    await expect(ana.startPayment(checkout.id)).rejects.toThrow(/CHANNEL_UNAVAILABLE/);
    await ana.cancel(checkout.id);
    await settle(shop);
    expect((await statusOf(checkout)).checkout).toBe('RELEASED');
  });
});

describe('a closed attempt that is paid all the same', () => {
  /** A checkout whose first number was closed at the channel and replaced; gives the handles of both. */
  const replaced = async (): Promise<{ checkout: CheckoutAnswer; first: string; second: string }> => {
    const checkout = await ana.buy(skuId);
    await ana.startPayment(checkout.id);
    const [before] = await attempts(checkout.id);
    await closeBehindOurBack(before!);
    await ana.startPayment(checkout.id);
    const [, after] = await attempts(checkout.id);
    return { checkout, first: before!.prepay_id!, second: after!.prepay_id! };
  };

  it('pays the checkout, and the attempt that took its place is closed at the channel', async () => {
    const { checkout, first, second } = await replaced();
    await ana.payPrepaid(first, { ignore_expiry: true });
    await delivered();
    expect((await attempts(checkout.id)).map(({ status }) => status)).toEqual(['SUCCEEDED', 'CLOSED']);
    expect((await statusOf(checkout)).order).toBe('TO_FULFIL');
    await expect(ana.payPrepaid(second)).rejects.toThrow(/ORDER_CLOSED/);
  });

  it('goes back when the attempt that took its place was paid first', async () => {
    const { checkout, first, second } = await replaced();
    await ana.payPrepaid(second);
    await delivered();
    await ana.payPrepaid(first, { ignore_expiry: true });
    await delivered();
    expect((await statusOf(checkout)).order).toBe('TO_FULFIL');
    const refunds = await shop.rows(
      `SELECT reason, refund.status FROM refund JOIN capture ON capture.id = capture_id
       JOIN payment ON payment.id = payment_id WHERE prepay_id = ?`,
      [first],
    );
    expect(refunds).toEqual([{ reason: 'DUPLICATE', status: 'SUCCEEDED' }]);
  });

  it('is one capture and one refund, however both are paid at once and told fifty times', async () => {
    const { checkout, first, second } = await replaced();
    await Promise.all([
      ana.payPrepaid(first, { ignore_expiry: true, notify: { copies: 25 } }),
      ana.payPrepaid(second, { ignore_expiry: true, notify: { copies: 25 } }),
    ]);
    await delivered();
    expect((await attempts(checkout.id)).map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const captures = await shop.rows<{ purpose: string }>(
      'SELECT purpose FROM capture JOIN payment ON payment.id = payment_id WHERE prepay_id IN (?, ?) ORDER BY purpose',
      [first, second],
    );
    expect(captures.map(({ purpose }) => purpose)).toEqual(['CHECKOUT', 'DUPLICATE']);
  });
});

describe('a wrong amount that the channel insists on', () => {
  it('goes back whole, and the buyer can pay the right one under a new number', async () => {
    const checkout = await ana.buy(skuId);
    await ana.startPayment(checkout.id);
    const [prepayId] = await shop.prepaid([checkout.id]);
    await ana.payPrepaid(prepayId!, { amount_total: 9_999 });
    await delivered();
    expect((await attempts(checkout.id)).map(({ status }) => status)).toEqual(['CLOSED', 'INIT']);
    await ana.pay(checkout.id);
    await delivered();
    expect(await statusOf(checkout)).toEqual({ checkout: 'PAID', payment: 'SUCCEEDED', order: 'TO_FULFIL' });
    const refunds = await shop.rows("SELECT status FROM refund WHERE reason = 'MISMATCHED'");
    expect(refunds).toEqual([{ status: 'SUCCEEDED' }]);
  });

  it('does not end the time to pay for a buyer who taps again before the shop has heard of it', async () => {
    const checkout = await ana.buy(skuId);
    await ana.startPayment(checkout.id);
    const [prepayId] = await shop.prepaid([checkout.id]);
    await ana.payPrepaid(prepayId!, { amount_total: 9_999, notify: { lose: true } });
    await ana.pay(checkout.id);
    await delivered();
    expect((await attempts(checkout.id)).map(({ status }) => status)).toEqual(['CLOSED', 'SUCCEEDED']);
    expect(await statusOf(checkout)).toEqual({ checkout: 'PAID', payment: 'SUCCEEDED', order: 'TO_FULFIL' });
  });
});

describe('a payment that is closed while it is being started', () => {
  it('cannot be paid: the channel is told once more, after it has answered', async () => {
    const checkout = await ana.buy(skuId);
    await shop.emulate('/emulator/faults', { operation: 'prepay', kind: 'delay', delay_ms: 400 });
    const starting = ana.startPayment(checkout.id);
    await until(
      async () => (await shop.rows("SELECT 1 FROM payment WHERE status = 'PENDING'")).length === 1,
      'it is started',
    );
    await ana.cancel(checkout.id);
    expect((await starting).__typename).toBe('PayWindowOver');
    await settle(shop);
    expect((await statusOf(checkout)).checkout).toBe('RELEASED');
  });
});

describe('an unpaid checkout', () => {
  it('is found again among one’s own, and resumed with the same payment', async () => {
    const checkout = await ana.buy(skuId);
    const sheet = await ana.startPayment(checkout.id);
    const { edges } = await ana.ask<{ edges: { node: { id: string } }[] }>(
      '{ checkouts(status: HELD, first: 5) { edges { node { id } } } }',
    );
    expect(edges.map(({ node }) => node.id)).toEqual([checkout.id]);
    expect((await ana.startPayment(checkout.id)).package).toBe(sheet.package);
    await ana.pay(checkout.id);
    await delivered();
    const left = await ana.ask<{ edges: unknown[] }>('{ checkouts(status: HELD) { edges { node { id } } } }');
    expect(left.edges).toEqual([]);
  });

  it('that the channel has the money for already is told so, when the buyer starts again', async () => {
    const checkout = await ana.buy(skuId);
    await ana.pay(checkout.id, { notify: { lose: true } });
    expect((await ana.startPayment(checkout.id)).__typename).toBe('CheckoutAlreadyPaid');
    expect((await statusOf(checkout)).order).toBe('TO_FULFIL');
  });

  it('is released once, even if the database makes the transaction run again', async () => {
    const checkout = await ana.buy(skuId);
    await ana.startPayment(checkout.id);
    jest.spyOn(shop.get(Jobs), 'publish').mockRejectedValueOnce(Object.assign(new Error('deadlock'), { errno: 1213 }));
    await ana.cancel(checkout.id);
    await settle(shop);
    expect(await statusOf(checkout)).toEqual({ checkout: 'RELEASED', payment: 'CLOSED', order: 'CANCELLED' });
  });

  it('is closed at the channel before anything is released', async () => {
    const checkout = await ana.buy(skuId);
    await ana.startPayment(checkout.id);
    await shop.fault('close', 'error_500');
    await expect(ana.cancel(checkout.id)).rejects.toThrow(/CHANNEL_UNAVAILABLE/);
    await settle(shop);
    expect(await statusOf(checkout)).toEqual({ checkout: 'HELD', payment: 'PENDING', order: 'UNPAID' });
    await ana.cancel(checkout.id);
    await settle(shop);
    expect((await statusOf(checkout)).checkout).toBe('RELEASED');
  });
});
