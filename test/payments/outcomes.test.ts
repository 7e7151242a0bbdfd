import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ChannelService } from '#payments';
import { KINDS, type Operation } from '../../src/emulator/fault.kinds.js';
import { codesOf } from '../../src/emulator/refusals.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { type CheckoutAnswer, type Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectEqualBooks, expectSettled, until } from '../support/sound.js';

const MINUTE = 60_000;

let shop: Shop;
let ana: Phone;
let now: Date;
let sale: OnSale;

/** The channel's clock is the shop's, its patience is short, and it wants no minute between refunds. */
beforeAll(async () => {
  shop = await Shop.open({
    environment: { BUSINESS_CLOCK: 'simulated', WECHAT_TIMEOUT_MILLISECONDS: '300' },
    wechat: { refundGapSeconds: 0 },
  });
  ana = await shop.login('ana');
  now = new Date();
  sale = await anOffer(shop, { size: 2, ttlSeconds: 3_600, unitsPerBuyer: 10_000, stock: 10_000 });
});
afterAll(async () => {
  await shop.close();
});
/** Whatever the channel did: nothing is broken, our books equal its books, and what is still owed stands in the operators' queue. */
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
  await expectEqualBooks(shop);
});

async function later(minutes: number): Promise<void> {
  now = new Date(now.getTime() + minutes * MINUTE);
  await shop.setTime(now);
}

/** Tries until the channel lets it through, as a person does who taps again. */
async function insist(attempt: () => Promise<unknown>): Promise<void> {
  await until(async () => {
    try {
      await attempt();
      return true;
    } catch {
      return false; // What went wrong is told by `until`, should it never go right.
    }
  }, 'the channel lets it through');
}

async function orderOf(checkout: CheckoutAnswer): Promise<string> {
  const id = checkout.orders[0]!.id;
  const answer = await ana.ask<{ orders: { status: string }[] }>(
    'query ($id: ID!) { checkout(id: $id) { orders { id status } } }',
    { id: checkout.id },
  );
  expect(answer.orders).toEqual([expect.objectContaining({ id })]);
  return answer.orders[0]!.status;
}

interface Fault {
  readonly name: string;
  readonly kind: string;
  readonly code?: string;
}

/** Everything that can go wrong with an operation, from the emulator's own list. */
function faultsOf(operation: Operation): Fault[] {
  return KINDS[operation].flatMap((kind): Fault[] =>
    kind === 'refuse' ? codesOf(operation).map((code) => ({ name: code, kind, code })) : [{ name: kind, kind }],
  );
}

describe('starting a payment: the buyer taps again and pays, when the channel answers', () => {
  it.each(faultsOf('prepay'))('$name', async ({ kind, code }) => {
    const checkout = await ana.buy(sale.skuId);
    await shop.fault('prepay', kind, 1, code);
    await insist(() => ana.pay(checkout.id));
    await deliver(shop);
    expect(await orderOf(checkout)).toBe('TO_FULFIL');
  });
});

describe('asking whether the money has come: it is found out in the end, when the channel answers', () => {
  it.each(faultsOf('query'))('$name', async ({ kind, code }) => {
    const checkout = await ana.buy(sale.skuId);
    await ana.pay(checkout.id, { notify: { lose: true } });
    await shop.fault('query', kind, 1, code);
    await insist(async () => {
      expect((await ana.confirmPayment(checkout.id)).status).toBe('PAID');
    });
    await deliver(shop);
    expect(await orderOf(checkout)).toBe('TO_FULFIL');
  });
});

describe('being told of a payment: it is heard once and for all, when the notification comes', () => {
  it.each(faultsOf('pay_notify'))('$name', async ({ kind }) => {
    const checkout = await ana.buy(sale.skuId);
    await shop.fault('pay_notify', kind);
    await ana.pay(checkout.id);
    await deliver(shop);
    expect(await orderOf(checkout)).toBe('TO_FULFIL');
  });
});

describe('giving up: the goods are free in the end, when the channel answers the closing', () => {
  it.each(faultsOf('close'))('$name', async ({ kind, code }) => {
    const checkout = await ana.buy(sale.skuId);
    await ana.startPayment(checkout.id);
    await shop.fault('close', kind, 1, code);
    await ana.cancel(checkout.id).catch(() => undefined); // Some answers of the channel reach the buyer as an error, some do not.
    await later(16);
    await insist(() => shop.get(ChannelService).closeOverdue());
    await deliver(shop);
    expect(await orderOf(checkout)).toBe('CANCELLED');
  });
});

/** Has the channel charge twice, so that it owes a refund. */
async function chargedTwice(): Promise<string> {
  const checkout = await ana.buy(sale.skuId);
  await ana.pay(checkout.id);
  await deliver(shop);
  const [prepayId] = await shop.prepaid([checkout.id]);
  await ana.payPrepaid(prepayId!, { again: true });
  return checkout.id;
}

async function refundsOf(checkoutId: string): Promise<string[]> {
  const refunds = await shop.rows<{ status: string }>(
    `SELECT refund.status FROM refund JOIN capture ON capture.id = refund.capture_id
     JOIN payment ON payment.id = capture.payment_id WHERE prepay_id = ? ORDER BY refund.id`,
    await shop.prepaid([checkoutId]),
  );
  return refunds.map(({ status }) => status);
}

/** What a refund comes to that does not just succeed at once. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  closed: ['CLOSED', 'SUCCEEDED'],
  abnormal: ['ABNORMAL'],
  USER_ACCOUNT_ABNORMAL: ['MANUAL'],
};

describe('giving money back: it arrives, or waits in the operators’ queue, when the channel answers', () => {
  const endless = (kind: string): boolean => kind === 'stuck';

  it.each(faultsOf('refund').filter(({ kind }) => !endless(kind)))('the refund $name', async ({ kind, code }) => {
    await shop.fault('refund', kind, 1, code);
    const checkoutId = await chargedTwice();
    await deliver(shop);
    expect(await refundsOf(checkoutId)).toEqual(ENDINGS[code ?? kind] ?? ['SUCCEEDED']);
  });

  it.each(faultsOf('query_refund'))('the question after it $name', async ({ kind, code }) => {
    // The answer is lost, so that there is something to ask about.
    await shop.fault('refund', 'timeout_after');
    await shop.fault('refund_notify', 'lose', 3);
    await shop.fault('query_refund', kind, 1, code);
    const checkoutId = await chargedTwice();
    await deliver(shop);
    expect(await refundsOf(checkoutId)).toEqual(['SUCCEEDED']);
  });

  it.each(faultsOf('refund_notify'))('the notification $name', async ({ kind }) => {
    await shop.fault('refund_notify', kind);
    const checkoutId = await chargedTwice();
    await deliver(shop);
    expect(await refundsOf(checkoutId)).toEqual(['SUCCEEDED']);
  });
});
