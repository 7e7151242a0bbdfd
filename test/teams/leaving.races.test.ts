import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FormingService, type OfferId, type Seat } from '#teams';
import { anOffer, type OfferTerms } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { settle, until } from '../support/sound.js';
import { forEachOf, openTeams, outcomes } from './buyer.js';
import { expectSoundEnd } from './ending.js';
import { Meeting } from './meeting.js';
import { refundsOf, seatNow, standing, tally } from './rows.js';

const HOUR = 3_600_000;
const ROUNDS = 15;

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
});
afterAll(async () => {
  await shop.close();
});

async function offerOf(terms: OfferTerms): Promise<OfferId> {
  const { offer } = await anOffer(shop, { stock: 1_000, ...terms });
  return offer.id;
}

describe('leaving against joining at the same instant', () => {
  it('gives the seat that is left to the newcomer, or leaves the newcomer outside', async () => {
    const rounds = await openTeams(shop, await offerOf({ size: 3 }), ROUNDS, 3);
    const seats = await forEachOf(rounds, async ({ opened, others: [member, waiting] }) => {
      const seat = await member!.join(opened.teamId);
      await member!.pay(seat);
      await waiting!.join(opened.teamId);
      return seat;
    });
    await settle(shop);
    const ends = await forEachOf(rounds, async ({ opened, others: [member, , newcomer] }, index) => {
      const [left, joined] = await Promise.all([
        outcomes([member!.leave(seats[index]!.id)]),
        outcomes([newcomer!.join(opened.teamId)]),
      ]);
      const { seatsLive, seatsPaid } = await standing(shop, opened.teamId);
      return { left, joined, seatsLive, seatsPaid };
    });
    expect(ends).toEqual(
      ends.map(({ joined }) => {
        const isIn = 'Seat' in joined;
        return {
          left: { Seat: 1 },
          joined: isIn ? { Seat: 1 } : { TeamFull: 1 },
          seatsLive: isIn ? 3 : 2,
          seatsPaid: 1,
        };
      }),
    );
  });

  it('ends the team of an opener who was alone, or leaves it to the newcomer', async () => {
    const rounds = await openTeams(shop, await offerOf({ size: 2 }), ROUNDS, 1);
    const ends = await forEachOf(rounds, async ({ opener, opened, others: [newcomer] }) => {
      const [left, joined] = await Promise.all([
        outcomes([opener.leave(opened.id)]),
        outcomes([newcomer!.join(opened.teamId)]),
      ]);
      const { status, seatsLive, seatsPaid } = await standing(shop, opened.teamId);
      return { left, joined, status, seatsLive, seatsPaid };
    });
    const over = { joined: { TeamClosed: 1 }, status: 'FAILED', seatsLive: 0 };
    const goesOn = { joined: { Seat: 1 }, status: 'FORMING', seatsLive: 1 };
    expect(ends).toEqual(
      ends.map(({ joined }) => ({ left: { Seat: 1 }, seatsPaid: 0, ...('Seat' in joined ? goesOn : over) })),
    );
  });
});

describe('leaving all at once', () => {
  it('fails a team of ten once, and refunds each of them once', async () => {
    const [round] = await openTeams(shop, await offerOf({ size: 11 }), 1, 9);
    const { opener, opened, others } = round!;
    const joined = await forEachOf(others, (other) => other.join(opened.teamId));
    await forEachOf(joined, (seat, index) => others[index]!.pay(seat));
    await settle(shop);
    const seats = [opened, ...joined];
    const leavers = [opener, ...others];
    expect(await outcomes(leavers.map((leaver, index) => leaver.leave(seats[index]!.id)))).toEqual({ Seat: 10 });
    await settle(shop);
    expect(await standing(shop, opened.teamId)).toMatchObject({ status: 'FAILED', seatsLive: 0, seatsPaid: 0 });
    const refunds = await refundsOf(shop, seats);
    expect(new Set(refunds.map(({ orderId }) => orderId)).size).toBe(10);
    expect(tally(refunds.map(({ reason, status }) => `${reason} ${status}`))).toEqual({ 'LEFT SUCCEEDED': 10 });
  });
});

describe('the first members of a team that its opener has left', () => {
  it('have one opener among them when they all pay at once, and a team of their own until the last of them leaves', async () => {
    const [round] = await openTeams(shop, await offerOf({ size: 10 }), 1, 8);
    const { opener, opened, others } = round!;
    const joined = await forEachOf(others, (other) => other.join(opened.teamId));
    await opener.leave(opened.id);
    await forEachOf(joined, (seat, index) => others[index]!.pay(seat));
    await Promise.all([shop.drain(), shop.drain(), shop.drain()]);
    await settle(shop);

    const team = await standing(shop, opened.teamId);
    expect(team).toMatchObject({ status: 'FORMING', seatsLive: 8, seatsPaid: 8 });
    const paid = await Promise.all(joined.map((seat) => seatNow(shop, seat)));
    const order = paid.toSorted((a, b) => a.paidAt!.getTime() - b.paidAt!.getTime());
    expect(order[0]!.paidAt).toEqual(paid.find(({ buyerId }) => buyerId === team.openedById)?.paidAt);

    // Each opener leaves in turn, and the team always belongs to one who is still in it.
    for (let left = 1; left < 8; left += 1) {
      const { openedById } = await standing(shop, opened.teamId);
      const index = others.findIndex(({ id }) => id === openedById);
      await others[index]!.leave(joined[index]!.id);
      const { openedById: heirId, seatsPaid } = await standing(shop, opened.teamId);
      const heir = await seatNow(shop, joined[others.findIndex(({ id }) => id === heirId)]!);
      expect({ seatsPaid, status: heir.status }).toEqual({ seatsPaid: 8 - left, status: 'PAID' });
    }
    const last = others.findIndex(({ id }) => id === team.openedById);
    expect((await seatNow(shop, joined[last]!)).status).not.toBe('PAID');
  });
});

describe('leaving a held seat against paying for it', () => {
  it('keeps the seat if the channel took the money, and frees it if it did not', async () => {
    const rounds = await openTeams(shop, await offerOf({ size: 3 }), ROUNDS, 1);
    const meeting = new Meeting();
    const ends: { seat: Seat; isPaid: boolean; answer: string | undefined }[] = [];
    for (const { opened, others } of rounds) {
      const [member] = others;
      const seat = await member!.join(opened.teamId);
      const prepayId = await member!.prepay(seat);
      const paying = (): Promise<boolean> =>
        member!.payPrepaid(prepayId).then(
          () => true,
          (error: unknown) => {
            expect(String(error)).toMatch(/ORDER_CLOSED/);
            return false;
          },
        );
      const [leaving, [isPaid = false]] = await meeting.of(() => outcomes([member!.leave(seat.id)]), [paying]);
      ends.push({ seat, isPaid, answer: Object.keys(leaving)[0] });
    }
    await until(async () => (await shop.books()).undelivered_notifications === 0, 'every notification is heard');
    await settle(shop);
    for (const { seat, isPaid, answer } of ends) {
      expect((await seatNow(shop, seat)).status).toBe(isPaid ? 'PAID' : 'RELEASED');
      expect(isPaid ? ['Seat', 'CheckoutAlreadyPaid'] : ['Seat']).toContain(answer);
    }
  });
});

describe('leaving against the end of the team', () => {
  const DAYS = 4;
  const TEAMS_A_DAY = 8;

  it('refunds the leaver once, as one who left or as one whose team failed, and the others as the latter', async () => {
    const offerId = await offerOf({ size: 3, ttlSeconds: 3_600 });
    const meeting = new Meeting();
    const sweep = (): Promise<void> => shop.get(FormingService).expire();
    for (let day = 1; day <= DAYS; day += 1) {
      const rounds = await openTeams(shop, offerId, TEAMS_A_DAY, 1);
      const joined = await forEachOf(rounds, async ({ opened, others: [member] }) => {
        const seat = await member!.join(opened.teamId);
        await member!.pay(seat);
        return seat;
      });
      await settle(shop);
      await shop.setTime(new Date(Date.now() + day * 2 * HOUR));
      const leaving = rounds.map(
        ({ opener, opened }) =>
          () =>
            outcomes([opener.leave(opened.id)]),
      );
      const [, answers] = await meeting.of(() => Promise.all([sweep(), sweep()]), leaving);
      await settle(shop);

      const refunds = await refundsOf(shop, [...rounds.map(({ opened }) => opened), ...joined]);
      const reasonsOf = (seat: Seat): string[] =>
        refunds.filter(({ orderId }) => orderId === seat.orderId).map(({ reason, status }) => `${reason} ${status}`);
      const ends = await forEachOf(rounds, async ({ opened }, index) => {
        const { status } = await standing(shop, opened.teamId);
        return { answer: answers[index], status, opener: reasonsOf(opened), member: reasonsOf(joined[index]!) };
      });
      expect(ends).toEqual(
        ends.map(({ answer }) => ({
          answer: 'Seat' in answer! ? { Seat: 1 } : { NotInTeam: 1 },
          status: 'FAILED',
          opener: ['Seat' in answer! ? 'LEFT SUCCEEDED' : 'TEAM_FAILED SUCCEEDED'],
          member: ['TEAM_FAILED SUCCEEDED'],
        })),
      );
    }
  }, 180_000);
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSoundEnd(shop);
}, 180_000);
