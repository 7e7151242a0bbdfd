import { describe, expect, it } from '@jest/globals';
import { Refusal, secondsAfter } from '#common';
import type { UserId } from '#identity';
import { seatLife, teamLife } from '#teams';
import type { Claim } from '../../../src/teams/claim.js';
import { SeatStatus } from '../../../src/teams/seat.entity.js';
import {
  decideClaims,
  heirOf,
  isLive,
  isVisibleTo,
  lateVerdict,
  mayLeave,
  type Room,
  teamStatusAt,
} from '../../../src/teams/team.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';
import { buyers, claims, frozen, instants, NOON, statuses, teams, teamsOf } from './teams.arbitraries.js';

itLives('a team', teamLife, {
  first: 'PENDING',
  ends: ['FAILED', 'ABORTED', 'MERGED', 'CLOSED'],
  ways: [
    ['PENDING', 'FORMING', 'FORMED', 'CLOSED'],
    ['PENDING', 'ABORTED'],
    ['FORMING', 'FAILED'],
    ['FORMING', 'MERGED'],
  ],
  never: [
    ['FORMING', 'PENDING'],
    ['FORMING', 'ABORTED'],
    ['FORMED', 'FAILED'],
    ['FORMED', 'FORMING'],
    ['FORMED', 'MERGED'],
    ['FAILED', 'FORMED'],
    ['ABORTED', 'FORMING'],
  ],
});

itLives('a seat', seatLife, {
  first: 'HELD',
  ends: ['REFUNDED', 'REFUNDED_AFTER'],
  ways: [
    ['HELD', 'PAID', 'CONFIRMED', 'REFUNDED_AFTER'],
    ['PAID', 'REFUNDING', 'REFUNDED'],
    ['HELD', 'RELEASED', 'PAID'],
    ['RELEASED', 'REFUNDING'],
  ],
  never: [
    ['PAID', 'HELD'],
    ['PAID', 'RELEASED'],
    ['RELEASED', 'HELD'],
    ['CONFIRMED', 'PAID'],
    ['CONFIRMED', 'RELEASED'],
    ['CONFIRMED', 'REFUNDING'],
    ['REFUNDING', 'PAID'],
    ['REFUNDING', 'CONFIRMED'],
    ['REFUNDED', 'PAID'],
    ['REFUNDED_AFTER', 'CONFIRMED'],
  ],
});

/** Every second team is forming; whoever is in a team already is counted in it. */
const rooms = fc
  .record({
    team: teamsOf(fc.oneof(fc.constant('FORMING' as const), statuses)),
    frozenAt: frozen,
    inIt: fc.uniqueArray(buyers, { maxLength: 3 }),
  })
  .map(({ team, frozenAt, inIt }): Room & { team: typeof team } => ({
    team,
    offer: { frozenAt },
    own: new Map(inIt.slice(0, team.seatsLive).map((buyerId) => [buyerId, { buyerId, quantity: 1 }])),
  }));
const openRooms = fc.record({ team: teamsOf(fc.constant('FORMING')) }).map(({ team }) => ({
  team: { ...team, expiresAt: secondsAfter(NOON, 60) },
  offer: { frozenAt: null },
  own: new Map<UserId, Claim>(),
}));
const granted = (answers: readonly (Claim | Refusal)[]): Claim[] =>
  answers.filter((answer): answer is Claim => !(answer instanceof Refusal));

describe('seats that are asked for', () => {
  it('are answered each, in a list as one by one', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), claims, instants, (room, each, now) => {
        let { seatsLive } = room.team;
        const own = new Map(room.own);
        const oneByOne = each.map((claim) => {
          const [answer] = decideClaims({ ...room, team: { ...room.team, seatsLive }, own }, [claim], now);
          if (answer === claim) {
            seatsLive += 1;
            own.set(claim.buyerId, claim);
          }
          return answer;
        });
        expect(decideClaims(room, each, now)).toEqual(oneByOne);
      }),
    );
  });

  it('are never more than are free, and never two for one buyer (INV-7)', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), claims, instants, (room, each, now) => {
        const buyerIds = granted(decideClaims(room, each, now)).map(({ buyerId }) => buyerId);
        expect(room.team.seatsLive + buyerIds.length).toBeLessThanOrEqual(room.team.size);
        expect(new Set(buyerIds).size).toBe(buyerIds.length);
        expect(buyerIds.filter((buyerId) => room.own.has(buyerId))).toEqual([]);
      }),
    );
  });

  it('are given in the order of arrival until none is left', () => {
    fc.assert(
      fc.property(openRooms, claims, (room, each) => {
        const good = each.filter(
          ({ buyerId, quantity }, at) =>
            quantity <= room.team.unitsPerOrder &&
            each.findIndex((other) => other.buyerId === buyerId && other.quantity <= room.team.unitsPerOrder) === at,
        );
        const free = room.team.size - room.team.seatsLive;
        expect(granted(decideClaims(room, each, NOON))).toEqual(good.slice(0, free));
      }),
    );
  });

  it('are not decided otherwise because somebody asks afterwards', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), claims, claims, instants, (room, earlier, after, now) => {
        const answers = decideClaims(room, [...earlier, ...after], now);
        expect(answers.slice(0, earlier.length)).toEqual(decideClaims(room, earlier, now));
      }),
    );
  });

  it('are given by no team that is not forming, has expired or whose offer is frozen', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), claims, instants, (room, each, now) => {
        const { status, expiresAt } = room.team;
        const isOpen = status === 'FORMING' && expiresAt !== null && now < expiresAt && room.offer.frozenAt === null;
        fc.pre(!isOpen);
        expect(granted(decideClaims(room, each, now))).toEqual([]);
      }),
    );
  });

  it('are decided without a change to what they were decided by, since a transaction may run again', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), claims, instants, (room, each, now) => {
        const before = structuredClone({ room, each });
        expect(decideClaims(room, each, now)).toEqual(decideClaims(room, each, now));
        expect({ room, each }).toEqual(before);
      }),
    );
  });
});

describe('where a team stands', () => {
  it('follows from where it stood by a move of its life, and looking again finds the same', () => {
    fc.assert(
      fc.property(teams, instants, (team, now) => {
        const status = teamStatusAt(team, now);
        if (status !== team.status) expect(teamLife.allows(team.status, status)).toBe(true);
        const expiresAt = team.status === 'PENDING' && status === 'FORMING' ? secondsAfter(now, 1) : team.expiresAt;
        expect(teamStatusAt({ ...team, status, expiresAt }, now)).toBe(status);
      }),
    );
  });

  it('begins when its opener has paid, and never does if the opener is gone', () => {
    fc.assert(
      fc.property(teamsOf(fc.constant('PENDING')), instants, (team, now) => {
        const expected = team.seatsLive === 0 ? 'ABORTED' : team.seatsPaid === 0 ? 'PENDING' : 'FORMING';
        expect(teamStatusAt(team, now)).toBe(expected);
      }),
    );
  });

  it('is formed as soon as everybody has paid and not before, however late it is (F-8)', () => {
    fc.assert(
      fc.property(teamsOf(fc.constant('FORMING')), instants, (team, now) => {
        expect(teamStatusAt(team, now) === 'FORMED').toBe(team.seatsPaid === team.size);
      }),
    );
  });

  it('is failed only if nobody is in it, or it has expired and nobody can still pay', () => {
    fc.assert(
      fc.property(teamsOf(fc.constant('FORMING')), instants, (team, now) => {
        const isUnpayable = now >= team.expiresAt! && team.seatsLive === team.seatsPaid;
        const isOver = team.seatsPaid < team.size && (team.seatsLive === 0 || isUnpayable);
        expect(teamStatusAt(team, now) === 'FAILED').toBe(isOver);
      }),
    );
  });

  it('does not go back when time goes on', () => {
    fc.assert(
      fc.property(teams, instants, fc.nat(6), (team, now, seconds) => {
        const early = teamStatusAt(team, now);
        const late = teamStatusAt(team, secondsAfter(now, seconds));
        expect(early === late || (early === 'FORMING' && late === 'FAILED')).toBe(true);
      }),
    );
  });

  it('is everybody’s business once its opener has paid, and before then the opener’s alone', () => {
    fc.assert(
      fc.property(statuses, buyers, fc.option(buyers), (status, openedById, viewerId) => {
        const isPrivate = status === 'PENDING' || status === 'ABORTED';
        expect(isVisibleTo({ status, openedById }, viewerId)).toBe(!isPrivate || viewerId === openedById);
      }),
    );
  });
});

describe('a late payment', () => {
  const seats = fc.record({
    status: fc.constantFrom<SeatStatus>('HELD', 'RELEASED'),
    buyerId: buyers,
    quantity: fc.integer({ min: 1, max: 4 }),
  });

  it('gets what anybody else would get who asks at that moment, unless the seat is still held', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), seats, instants, (room, seat, now) => {
        const [answer] = decideClaims(room, [{ buyerId: seat.buyerId, quantity: seat.quantity }], now);
        const again = answer instanceof Refusal ? 'REFUND' : 'SEAT_AGAIN';
        expect(lateVerdict(room, seat, now)).toBe(seat.status === 'HELD' ? 'SEAT_STILL_HELD' : again);
      }),
    );
  });

  it('takes no seat from anybody: not in a full team, not beside an own one, not after the end', () => {
    fc.assert(
      fc.property(fc.oneof(rooms, openRooms), seats, instants, (room, seat, now) => {
        fc.pre(lateVerdict(room, seat, now) === 'SEAT_AGAIN');
        expect(room.team.seatsLive).toBeLessThan(room.team.size);
        expect(room.own.has(seat.buyerId)).toBe(false);
        expect(room.team.status).toBe('FORMING');
        expect(now.getTime()).toBeLessThan(room.team.expiresAt!.getTime());
      }),
    );
  });
});

const seatStatuses = fc.constantFrom(...Object.values(SeatStatus));

describe('leaving', () => {
  it('is for live seats of a team that has not come to its end, and their life knows the way out', () => {
    fc.assert(
      fc.property(statuses, seatStatuses, (teamStatus, status) => {
        if (mayLeave({ status: teamStatus }, { status }) !== null) return;
        expect(isLive({ status })).toBe(true);
        expect(['PENDING', 'FORMING']).toContain(teamStatus);
        expect(seatLife.allows(status, status === 'PAID' ? 'REFUNDING' : 'RELEASED')).toBe(true);
      }),
    );
  });
});

describe('who takes over from an opener who leaves', () => {
  const seats = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 10, max: 99 }).map((number) => `seat_${number}` as const),
      buyerId: buyers,
      status: seatStatuses,
      paidAt: instants,
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );

  it('is another member who has paid, and nobody paid before; nobody only if there is none', () => {
    fc.assert(
      fc.property(seats, buyers, (members, leaverId) => {
        const others = members.filter(({ status, buyerId }) => status === 'PAID' && buyerId !== leaverId);
        const heir = others.find(({ buyerId }) => buyerId === heirOf(members, leaverId));
        expect(heir === undefined).toBe(others.length === 0);
        const earliest = Math.min(...others.map(({ paidAt }) => paidAt.getTime()));
        if (heir)
          expect(others.some(({ buyerId, paidAt }) => buyerId === heir.buyerId && paidAt.getTime() === earliest)).toBe(
            true,
          );
      }),
    );
  });

  it('is the same in whichever order the seats are read', () => {
    const shuffled = seats.chain((members) =>
      fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
    );
    fc.assert(
      fc.property(shuffled, buyers, ([members, others], leaverId) => {
        expect(heirOf(others, leaverId)).toBe(heirOf(members, leaverId));
      }),
    );
  });
});
