import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Seat } from '#teams';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { deliver } from '../support/sound.js';
import { type Buyer, buyers, outcomes, paidTeam, type PaidTeam } from './buyer.js';
import { expectSoundEnd } from './ending.js';
import { refundsOf, seatNow, standing, tally } from './rows.js';

const PRICE = 8_000;

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundsPerSecond: 1_000 } });
});
afterAll(async () => {
  await shop.close();
});

interface LatePayer {
  readonly buyer: Buyer;
  readonly seat: Seat;
  readonly prepayId: string;
}

/** A team with one free seat, and buyers who each held it and lost it; the channel takes their money all the same. */
async function oneFreeSeat(lateCount: number): Promise<{ team: PaidTeam; late: LatePayer[] }> {
  const { offer } = await anOffer(shop, { size: 2, stock: 1_000 });
  const team = await paidTeam(shop, offer.id, 1);
  const late: LatePayer[] = [];
  for (const buyer of await buyers(shop, lateCount)) {
    const seat = await buyer.join(team.teamId);
    late.push({ buyer, seat, prepayId: await buyer.prepay(seat) });
    await buyer.cancel(seat);
    await shop.drain();
  }
  return { team, late };
}

function payLate(late: readonly LatePayer[]): Promise<unknown> {
  return Promise.all(late.map(({ buyer, prepayId }) => buyer.payPrepaid(prepayId, { ignore_expiry: true })));
}

/** What became of the seats of those who paid late, and of their money. */
async function endsOf(late: readonly LatePayer[]): Promise<{ seats: object; refunds: object }> {
  const seats = await Promise.all(late.map(({ seat }) => seatNow(shop, seat)));
  const refunds = await refundsOf(shop, seats);
  expect(new Set(refunds.map(({ orderId }) => orderId)).size).toBe(refunds.length);
  return {
    seats: tally(seats.map(({ status }) => status)),
    refunds: tally(refunds.map(({ reason, status, amountMinor }) => `${reason} ${status} ${amountMinor}`)),
  };
}

describe('a hundred buyers whose hold is over and who pay at once for the one seat that is free', () => {
  it('are one who gets it and forms the team, and ninety-nine who get all their money back', async () => {
    const { team, late } = await oneFreeSeat(100);
    expect((await standing(shop, team.teamId)).seatsLive).toBe(1);
    await Promise.all([payLate(late), shop.drain(), shop.drain()]);
    await Promise.all([deliver(shop), deliver(shop)]);
    expect(await standing(shop, team.teamId)).toMatchObject({ status: 'FORMED', seatsLive: 2, seatsPaid: 2 });
    expect(await endsOf(late)).toEqual({
      seats: { CONFIRMED: 1, REFUNDED: 99 },
      refunds: { [`LATE SUCCEEDED ${PRICE}`]: 99 },
    });
  }, 180_000);
});

describe('thirty late payments and thirty newcomers at once, for the one seat that is free', () => {
  it('give it to one of the sixty: the others are refused, or have all their money back', async () => {
    const { team, late } = await oneFreeSeat(30);
    const newcomers = await buyers(shop, 30);
    const [answers] = await Promise.all([
      outcomes(newcomers.map((newcomer) => newcomer.join(team.teamId))),
      payLate(late),
      shop.drain(),
    ]);
    await deliver(shop);
    const isTakenByNewcomer = answers['Seat'] === 1;
    const refused = (answers['TeamFull'] ?? 0) + (answers['TeamClosed'] ?? 0);
    expect({ seated: answers['Seat'] ?? 0, refused }).toEqual(
      isTakenByNewcomer ? { seated: 1, refused: 29 } : { seated: 0, refused: 30 },
    );
    expect(await endsOf(late)).toEqual({
      seats: isTakenByNewcomer ? { REFUNDED: 30 } : { CONFIRMED: 1, REFUNDED: 29 },
      refunds: { [`LATE SUCCEEDED ${PRICE}`]: isTakenByNewcomer ? 30 : 29 },
    });
    expect(await standing(shop, team.teamId)).toMatchObject(
      isTakenByNewcomer ? { status: 'FORMING', seatsLive: 2, seatsPaid: 1 } : { status: 'FORMED', seatsPaid: 2 },
    );
  }, 180_000);
});

describe('late payments for a team that its opener has left', () => {
  it('never wake a team that is over', async () => {
    const { team, late } = await oneFreeSeat(2);
    await team.members[0]!.leave(team.seats[0]!.id);
    await payLate(late);
    await deliver(shop);
    expect(await standing(shop, team.teamId)).toMatchObject({ status: 'FAILED', seatsLive: 0, seatsPaid: 0 });
    expect(await endsOf(late)).toEqual({ seats: { REFUNDED: 2 }, refunds: { [`LATE SUCCEEDED ${PRICE}`]: 2 } });
  });
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
});
