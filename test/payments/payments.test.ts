import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelService } from '#payments';
import { FormingService } from '#teams';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Phone, SeatAnswer } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectEqualBooks, expectSettled, settle, until } from '../support/sound.js';

const MINUTE = 60_000;

let shop: Shop;
let ana: Phone;
let bo: Phone;
let cy: Phone;
let now: Date;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo, cy] = await Promise.all([shop.login('ana'), shop.login('bo'), shop.login('cy')]);
  now = new Date();
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  sale = await anOffer(shop, { size: 2, ttlSeconds: 3_600 });
});
/** Whatever a test did: in the end everything is sound, and our books equal WeChat's. */
afterEach(async () => {
  await expectSettled(shop);
  await expectEqualBooks(shop);
});

const later = async (minutes: number): Promise<void> => {
  now = new Date(now.getTime() + minutes * MINUTE);
  await shop.setTime(now);
};

/** What the clock does every few seconds. */
const tick = async (): Promise<void> => {
  await shop.get(ChannelService).closeOverdue();
  await settle(shop);
  await shop.get(FormingService).expire();
  await settle(shop);
};

/** Every notification that WeChat has to deliver is delivered. */
const delivered = (): Promise<void> =>
  until(async () => (await shop.books()).undelivered_notifications === 0, 'every notification is delivered');

async function paid(phone: Phone, seat: SeatAnswer): Promise<void> {
  await phone.pay(seat.order.checkout.id, { notify: { lose: true } });
  await phone.confirmPayment(seat.order.checkout.id);
  await settle(shop);
}

async function stateOf(
  phone: Phone,
  orderId: string,
): Promise<{ order: string; seat: string | null; refunds: string[] }> {
  const { edges } = await phone.ask<{
    edges: {
      node: {
        id: string;
        status: string;
        seat: { status: string } | null;
        refunds: { status: string; reason: string }[];
      };
    }[];
  }>('{ orders(first: 100) { edges { node { id status seat { status } refunds { status reason } } } } }');
  const { node } = edges.find((edge) => edge.node.id === orderId)!;
  return {
    order: node.status,
    seat: node.seat?.status ?? null,
    refunds: node.refunds.map(({ reason, status }) => `${reason} ${status}`),
  };
}

const teamStatus = async (teamId: string): Promise<string> => {
  const team = await ana.ask<{ status: string }>('query ($id: ID!) { team(id: $id) { status } }', { id: teamId });
  return team.status;
};

describe('a notification', () => {
  it('that comes fifty times is one payment', async () => {
    const checkout = await ana.buy(sale.skuId);
    await ana.pay(checkout.id, { notify: { copies: 50 } });
    await delivered();
    await settle(shop);
    const [{ captures, events }] = (await shop.rows<{ captures: string; events: string }>(
      `SELECT COUNT(DISTINCT capture.id) AS captures, (SELECT COUNT(*) FROM channel_event) AS events FROM capture
       JOIN payment ON payment.id = capture.payment_id WHERE payment.amount_minor = 10000`,
    )) as [{ captures: string; events: string }];
    expect([Number(captures), Number(events)]).toEqual([1, 1]);
    expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('TO_FULFIL');
  });

  it('that never comes is asked for when the pay window ends', async () => {
    const checkout = await ana.buy(sale.skuId);
    await ana.pay(checkout.id, { notify: { lose: true } });
    await later(16);
    await tick();
    expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('TO_FULFIL');
  });

  it('with a forged signature is refused and changes nothing', async () => {
    const checkout = await ana.buy(sale.skuId);
    await ana.startPayment(checkout.id);
    const response = await fetch(`${shop.url}/wechat/pay/notifications`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'wechatpay-timestamp': String(Math.floor(Date.now() / 1_000)),
        'wechatpay-nonce': 'abc',
        'wechatpay-serial': process.env['WECHAT_PAY_PUBLIC_KEY_ID']!,
        'wechatpay-signature': Buffer.from('forged').toString('base64'),
      },
      body: '{"id":"forged"}',
    });
    expect(response.status).toBe(401);
    expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('UNPAID');
    await ana.cancel(checkout.id);
  });

  it('that names a wrong amount is checked with the channel, whose books decide', async () => {
    await shop.fault('pay_notify', 'wrong_amount');
    const checkout = await ana.buy(sale.skuId);
    await ana.pay(checkout.id);
    await delivered();
    await settle(shop);
    expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('TO_FULFIL');
  });
});

describe('money that nobody asked for', () => {
  it('goes back when WeChat charges twice', async () => {
    const checkout = await ana.buy(sale.skuId);
    await ana.pay(checkout.id);
    const [prepayId] = await shop.prepaid([checkout.id]);
    await ana.payPrepaid(prepayId!, { again: true });
    await delivered();
    await settle(shop);
    const refunds = await shop.rows("SELECT status FROM refund WHERE reason = 'DUPLICATE'");
    expect(refunds).toEqual([{ status: 'SUCCEEDED' }]);
    expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('TO_FULFIL');
  });
});

describe('a payment that comes too late', () => {
  /** Gets to the point of paying, and lets the time pass. */
  const miss = async (phone: Phone, checkoutId: string): Promise<string> => {
    await phone.startPayment(checkoutId);
    const [prepayId] = await shop.prepaid([checkoutId]);
    await later(16);
    await tick();
    return prepayId!;
  };

  /** A channel that takes money for what it had closed. */
  const payAnyway = async (phone: Phone, prepayId: string): Promise<void> => {
    await phone.payPrepaid(prepayId, { ignore_expiry: true });
    await delivered();
    await settle(shop);
  };

  const goneBack = { order: 'REFUNDED', seat: 'REFUNDED', refunds: ['LATE SUCCEEDED'] };

  it('for goods bought alone goes back', async () => {
    const checkout = await ana.buy(sale.skuId);
    const prepayId = await miss(ana, checkout.id);
    expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('CANCELLED');
    await payAnyway(ana, prepayId);
    expect(await stateOf(ana, checkout.orders[0]!.id)).toEqual({ ...goneBack, seat: null });
  });

  it('gets its seat back while the team still forms and the seat is free', async () => {
    const first = await ana.open(sale.offer.id);
    await paid(ana, first);
    const seat = await bo.join(first.team.id);
    const prepayId = await miss(bo, seat.order.checkout.id);
    expect(await stateOf(bo, seat.order.id)).toMatchObject({ order: 'CANCELLED', seat: 'RELEASED' });
    await payAnyway(bo, prepayId);
    expect(await stateOf(bo, seat.order.id)).toEqual({ order: 'TO_FULFIL', seat: 'CONFIRMED', refunds: [] });
    expect(await teamStatus(first.team.id)).toBe('FORMED');
  });

  it('goes back when somebody else has the seat', async () => {
    const first = await ana.open(sale.offer.id);
    await paid(ana, first);
    const seat = await bo.join(first.team.id);
    const prepayId = await miss(bo, seat.order.checkout.id);
    await paid(cy, await cy.join(first.team.id));
    await payAnyway(bo, prepayId);
    expect(await stateOf(bo, seat.order.id)).toEqual(goneBack);
  });

  it('goes back when the buyer has a new seat in the same team', async () => {
    const { offer } = await anOffer(shop, { size: 4, ttlSeconds: 3_600 });
    const first = await ana.open(offer.id);
    await paid(ana, first);
    const seat = await bo.join(first.team.id);
    const prepayId = await miss(bo, seat.order.checkout.id);
    const again = await bo.join(first.team.id);
    await paid(bo, again);
    await payAnyway(bo, prepayId);
    expect(await stateOf(bo, seat.order.id)).toEqual(goneBack);
    expect(await stateOf(bo, again.order.id)).toMatchObject({ order: 'AWAITING_TEAM', seat: 'PAID' });
    await later(60);
    await tick();
  });

  it('goes back when the seat is free but its goods are sold out', async () => {
    const { offer, skuId } = await anOffer(shop, { size: 2, stock: 2, ttlSeconds: 3_600 });
    const first = await ana.open(offer.id);
    await paid(ana, first);
    const seat = await bo.join(first.team.id);
    const prepayId = await miss(bo, seat.order.checkout.id);
    const elsewhere = await cy.buy(skuId);
    await cy.pay(elsewhere.id);
    await payAnyway(bo, prepayId);
    expect(await stateOf(bo, seat.order.id)).toEqual(goneBack);
    await later(60);
    await tick();
  });
});

describe('a team that does not fill', () => {
  it('gives every member the money back, each on its own, even when WeChat stumbles', async () => {
    const { offer } = await anOffer(shop, { size: 4, ttlSeconds: 3_600 });
    const first = await ana.open(offer.id);
    await paid(ana, first);
    const seats = [await bo.join(first.team.id), await cy.join(first.team.id)];
    await paid(bo, seats[0]!);
    await paid(cy, seats[1]!);
    await shop.fault('refund', 'error_500');
    await shop.fault('refund', 'timeout_after');
    await shop.fault('refund_notify', 'repeat');
    await later(61);
    await Promise.all([shop.get(FormingService).expire(), shop.get(FormingService).expire()]);
    await shop.drain();
    // What failed is tried again by its plan, a minute later, with the same number.
    await until(async () => {
      await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND name = 'payments.driveRefund'");
      await shop.rows('UPDATE capture SET refund_submitted_at = NULL');
      await shop.drain();
      const open = await shop.rows("SELECT 1 FROM refund WHERE status <> 'SUCCEEDED'");
      return open.length === 0;
    }, 'every refund has succeeded');
    await settle(shop);

    expect(await teamStatus(first.team.id)).toBe('FAILED');
    const expected = { order: 'REFUNDED', seat: 'REFUNDED', refunds: ['TEAM_FAILED SUCCEEDED'] };
    expect(await stateOf(ana, first.order.id)).toEqual(expected);
    expect(await stateOf(bo, seats[0]!.order.id)).toEqual(expected);
    expect(await stateOf(cy, seats[1]!.order.id)).toEqual(expected);
  });

  it('waits for a hold that is still live, and fails when it ends unpaid', async () => {
    const first = await ana.open(sale.offer.id);
    await paid(ana, first);
    await later(55);
    await bo.join(first.team.id);
    await later(6);
    await shop.get(FormingService).expire();
    expect(await teamStatus(first.team.id)).toBe('FORMING');
    await later(10);
    await tick();
    expect(await teamStatus(first.team.id)).toBe('FAILED');
  });

  it('is aborted when its opener never pays; until then nobody else sees it or gets in', async () => {
    const first = await ana.open(sale.offer.id);
    expect((await bo.join(first.team.id)).__typename).toBe('TeamClosed');
    expect(await teamStatus(first.team.id)).toBe('PENDING');
    const seenByBo = await bo.ask('query ($id: ID!) { team(id: $id) { status } }', { id: first.team.id });
    expect(seenByBo).toBeNull();
    await later(16);
    await tick();
    expect(await teamStatus(first.team.id)).toBe('ABORTED');
    expect(await stateOf(ana, first.order.id)).toMatchObject({ order: 'CANCELLED', seat: 'RELEASED' });
  });
});

describe('a buyer who gives up', () => {
  it('frees the seat for somebody else', async () => {
    const first = await ana.open(sale.offer.id);
    await paid(ana, first);
    const seat = await bo.join(first.team.id);
    await bo.startPayment(seat.order.checkout.id);
    expect((await cy.join(first.team.id)).__typename).toBe('TeamFull');
    await bo.cancel(seat.order.checkout.id);
    await settle(shop);
    const next = await cy.join(first.team.id);
    expect(next.__typename).toBe('Seat');
    await paid(cy, next);
    expect(await teamStatus(first.team.id)).toBe('FORMED');
  });

  it('at the moment of paying has paid or is released, never both', async () => {
    const { skuId } = await anOffer(shop, { size: 2, stock: 1_000 });
    const changeOfMind = async (): Promise<[paid: boolean, orderId: string]> => {
      const checkout = await ana.buy(skuId);
      await ana.startPayment(checkout.id);
      const [prepayId] = await shop.prepaid([checkout.id]);
      const [payment] = await Promise.allSettled([ana.payPrepaid(prepayId!), ana.cancel(checkout.id)]);
      return [payment.status === 'fulfilled', checkout.orders[0]!.id];
    };
    for (let round = 0; round < 25; round += 1) {
      const attempts = await Promise.all(Array.from({ length: 8 }, changeOfMind));
      await delivered();
      await settle(shop);
      for (const [isPaid, orderId] of attempts) {
        expect((await stateOf(ana, orderId)).order).toBe(isPaid ? 'TO_FULFIL' : 'CANCELLED');
      }
    }
  });

  it('cannot pay any more when the time is over, and is told so', async () => {
    const checkout = await ana.buy(sale.skuId);
    await later(16);
    expect((await ana.startPayment(checkout.id)).__typename).toBe('PayWindowOver');
    await tick();
  });
});

it('gets the same payment when the answer of WeChat is lost', async () => {
  const checkout = await ana.buy(sale.skuId);
  await shop.fault('prepay', 'timeout_after');
  const { errors } = await ana.send(
    'mutation ($input: CheckoutInput!) { paymentStart(input: $input) { ... on PaySheet { package } } }',
    { input: { checkoutId: checkout.id } },
  );
  expect(errors?.[0]?.extensions.code).toBe('CHANNEL_UNAVAILABLE');
  await ana.pay(checkout.id);
  await ana.confirmPayment(checkout.id);
  await settle(shop);
  expect((await stateOf(ana, checkout.orders[0]!.id)).order).toBe('TO_FULFIL');
});
