import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SimulatedBusinessTime } from '#common';
import { ChannelService } from '#payments';
import { FormingService, SeatingService } from '#teams';
import { anOffer } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { outcomes } from './buyer.js';
import { expectSoundEnd } from './ending.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

let shop: Shop;
let ana: Phone;
let bo: Phone;
let cy: Phone;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo, cy] = await Promise.all([shop.login('ana'), shop.login('bo'), shop.login('cy')]);
});
afterAll(async () => {
  await shop.close();
});

/** Ana's team, open to others. */
async function formingTeam(offerId: string): Promise<string> {
  const seat = await ana.open(offerId);
  await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
  await ana.confirmPayment(seat.order.checkout.id);
  return seat.team.id;
}

describe('a rush', () => {
  it('gives the last seat to exactly one of a hundred buyers who ask at once', async () => {
    const { offer } = await anOffer(shop, { size: 2 });
    const teamId = await formingTeam(offer.id);
    await shop.drain();
    const buyers = await shop.people(100);

    const answers = await outcomes(
      buyers.map((buyer) =>
        shop.get(SeatingService).join(buyer, {
          teamId: teamId as `team_${string}`,
          quantity: 1,
          delivery: aDelivery(),
          idempotencyKey: 'the-last-seat',
        }),
      ),
    );

    expect(answers).toEqual({ Seat: 1, TeamFull: 99 });
  });

  it('never lets a buyer have more than the limit, however many teams they open at once', async () => {
    const { offer } = await anOffer(shop, { size: 2, unitsPerBuyer: 3 });
    const [buyer] = await shop.people(1);
    const attempts = Array.from({ length: 20 }, (_, index) =>
      shop
        .get(SeatingService)
        .open(buyer!, { offerId: offer.id, quantity: 1, delivery: aDelivery(), idempotencyKey: `opening-${index}` }),
    );
    expect(await outcomes(attempts)).toEqual({ Seat: 3, BuyerLimitReached: 17 });
  });

  it('never sells more of the stock than the offer’s share', async () => {
    const { offer } = await anOffer(shop, { size: 2, stock: 100, unitsMax: 5 });
    const buyers = await shop.people(30);
    const attempts = buyers.map((buyer) =>
      shop
        .get(SeatingService)
        .open(buyer, { offerId: offer.id, quantity: 1, delivery: aDelivery(), idempotencyKey: 'one-opening' }),
    );
    expect(await outcomes(attempts)).toEqual({ Seat: 5, SoldOut: 25 });
  });

  it('gives one seat for fifty copies of the same request', async () => {
    const { offer } = await anOffer(shop);
    const [buyer] = await shop.people(1);
    const seats = await Promise.all(
      Array.from({ length: 50 }, () =>
        shop
          .get(SeatingService)
          .open(buyer!, { offerId: offer.id, quantity: 1, delivery: aDelivery(), idempotencyKey: 'the-same-key' }),
      ),
    );
    expect(new Set(seats.map(({ id }) => id)).size).toBe(1);
  });

  it('forms a team whose last two members pay at once', async () => {
    const { offer } = await anOffer(shop, { size: 3 });
    const teamId = await formingTeam(offer.id);
    await shop.drain();
    const seats = await Promise.all([bo.join(teamId), cy.join(teamId)]);
    await Promise.all([bo.pay(seats[0].order.checkout.id), cy.pay(seats[1].order.checkout.id)]);
    await Promise.all([bo.confirmPayment(seats[0].order.checkout.id), cy.confirmPayment(seats[1].order.checkout.id)]);
    await Promise.all([shop.drain(), shop.drain()]);
    const team = await ana.ask<{ status: string }>('query ($id: ID!) { team(id: $id) { status } }', { id: teamId });
    expect(team.status).toBe('FORMED');
  });
});

describe('the last payment against the expiry sweep', () => {
  const PAIRS = 200;

  it('forms the team or refunds everybody, never both, two hundred times', async () => {
    const { offer } = await anOffer(shop, { size: 2, ttlSeconds: 3_600, unitsPerBuyer: 1_000, stock: 1_000 });
    const start = new Date();
    const teams: { teamId: string; checkoutId: string }[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) teams.push({ teamId: await formingTeam(offer.id), checkoutId: '' });
    await shop.drain();

    // Ten minutes before the end the others join.
    await shop.setTime(new Date(start.getTime() + HOUR - 10 * MINUTE));
    for (const team of teams) {
      const seat = await bo.join(team.teamId);
      team.checkoutId = seat.order.checkout.id;
      await bo.startPayment(team.checkoutId);
    }

    // WeChat's clock is a little behind ours: we close and expire while it still takes money.
    await new SimulatedBusinessTime().set(shop.source.manager, new Date(start.getTime() + HOUR + 6 * MINUTE));
    const sweep = async (): Promise<void> => {
      await shop.get(ChannelService).closeOverdue();
      await shop.drain();
      await shop.get(FormingService).expire();
    };
    const payments = await shop.prepaid(teams.map(({ checkoutId }) => checkoutId));
    const paying = payments.map((prepayId, index) => bo.payPrepaid(prepayId, { notify: { lose: index % 3 === 0 } }));
    const [paid] = await Promise.all([Promise.allSettled(paying), sweep(), sweep()]);
    await settle(shop);
    await sweep();
    await settle(shop);

    const accepted = paid.filter(({ status }) => status === 'fulfilled').length;
    const ends = await shop.rows<{ status: string; teams: string }>(
      'SELECT status, COUNT(*) AS teams FROM team WHERE ttl_seconds = 3600 GROUP BY status',
    );
    const count = (status: string): number => Number(ends.find((end) => end.status === status)?.teams ?? 0);
    expect(count('FORMED') + count('FAILED')).toBe(PAIRS);
    // Whoever paid formed the team or has the money back: nobody paid and was forgotten.
    const late = await shop.rows<{ refunds: string }>("SELECT COUNT(*) AS refunds FROM refund WHERE reason = 'LATE'");
    expect(count('FORMED') + Number(late[0]!.refunds)).toBe(accepted);
  }, 120_000);
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
}, 180_000);
