import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FormingService } from '#teams';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { forEachOf, type PaidTeam, paidTeam } from './buyer.js';
import { expectSoundEnd } from './ending.js';
import { refundsOf, standing, tally } from './rows.js';

const HOUR = 3_600_000;
const TEAMS = 15;

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
});
afterAll(async () => {
  await shop.close();
});

describe('two sweeps at once, each with workers of its own', () => {
  it('fail every team once and refund each of its members once', async () => {
    const { offer } = await anOffer(shop, { size: 3, ttlSeconds: 3_600 });
    const teams: PaidTeam[] = [];
    for (let made = 0; made < TEAMS; made += 1) teams.push(await paidTeam(shop, offer.id, 2));
    await shop.setTime(new Date(Date.now() + 2 * HOUR));
    const process = async (): Promise<void> => {
      await shop.get(FormingService).expire();
      await shop.drain();
    };
    await Promise.all([process(), process(), process()]);
    await settle(shop);

    const ends = await forEachOf(teams, ({ teamId }) => standing(shop, teamId));
    expect(tally(ends.map(({ status, seats }) => `${status} ${seats.join()}`))).toEqual({
      'FAILED REFUNDED,REFUNDED': TEAMS,
    });
    const failures = await shop.rows(
      "SELECT subject_id FROM status_move WHERE subject = 'team' AND to_status = 'FAILED'",
    );
    expect(failures).toHaveLength(TEAMS);
    const jobs = await shop.rows("SELECT args FROM job WHERE name = 'teams.refundSeat'");
    expect(jobs).toHaveLength(2 * TEAMS);
    const seats = teams.flatMap((team) => team.seats);
    const refunds = await refundsOf(shop, seats);
    expect(refunds.map(({ orderId }) => orderId).toSorted()).toEqual(seats.map(({ orderId }) => orderId).toSorted());
    expect(tally(refunds.map(({ reason, status }) => `${reason} ${status}`))).toEqual({
      'TEAM_FAILED SUCCEEDED': 2 * TEAMS,
    });
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
