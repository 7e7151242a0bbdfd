import { describe, expect, it } from '@jest/globals';
import { teamLife } from '#teams';
import { isLive } from '../../../src/teams/team.rules.js';
import { fc } from './seeded.js';
import { type Step, TeamWalk } from './team-walk.js';
import { buyers } from './teams.arbitraries.js';

const seat = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('join' as const), buyerId: buyers }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('pay' as const), seat }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('giveUp' as const, 'leave' as const), seat }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('wait' as const), seconds: fc.constantFrom(1, 30, 60) }) },
);
const walks = fc.record({
  openerId: buyers,
  size: fc.integer({ min: 2, max: 4 }),
  ttlSeconds: fc.constantFrom(60, 120),
  steps: fc.array(step, { maxLength: 40, size: 'max' }),
});
type Walk = typeof walks extends fc.Arbitrary<infer Value> ? Value : never;

/** Every team that a walk passes, the first one included. */
function* alongThe({ openerId, size, ttlSeconds, steps }: Walk): Generator<TeamWalk> {
  const walk = new TeamWalk(openerId, size, ttlSeconds);
  yield walk;
  for (const each of steps) {
    walk.take(each);
    yield walk;
  }
}

/** What a rule finds broken along a walk: by which step, and what it says of it. */
function brokenAlong(walk: Walk, complaintOf: (team: TeamWalk) => string | null): string[] {
  const complaints = Array.from(alongThe(walk), (team, step) => ({ step, complaint: complaintOf(team) }));
  return complaints.flatMap(({ step, complaint }) => (complaint === null ? [] : [`after step ${step}: ${complaint}`]));
}

describe('a team, whatever its buyers do and in whichever order', () => {
  it('counts the seats that it has, never more than its size, and no buyer has two (INV-7)', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const broken = brokenAlong(walk, ({ team, seats }) => {
          const live = seats.filter(isLive);
          const paid = live.filter(({ status }) => status !== 'HELD');
          if (team.seatsLive !== live.length || team.seatsPaid !== paid.length) return 'it has miscounted';
          if (live.length > team.size) return 'it has too many';
          return new Set(live.map(({ buyerId }) => buyerId)).size < live.length ? 'somebody has two' : null;
        });
        expect(broken).toEqual([]);
      }),
    );
  });

  it('forms with as many paid seats as it has, and fails without one that is held or confirmed (INV-6)', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const broken = brokenAlong(walk, ({ team, seats }) => {
          const standing = seats.filter(isLive).map(({ status }) => status);
          const confirmed = standing.filter((status) => status === 'CONFIRMED').length;
          if (team.status === 'FORMED')
            return confirmed === team.size && standing.length === confirmed ? null : 'not full';
          if (confirmed > 0) return `${team.status} with a confirmed seat`;
          return teamLife.isTerminal(team.status) && standing.includes('HELD')
            ? `${team.status} while one can pay`
            : null;
        });
        expect(broken).toEqual([]);
      }),
    );
  });

  it('is always somebody’s who has paid, once anybody has', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const broken = brokenAlong(walk, ({ team, seats }) => {
          const paid = seats.filter(({ status }) => status === 'PAID').map(({ buyerId }) => buyerId);
          const isOrphan = team.status === 'FORMING' && paid.length > 0 && !paid.includes(team.openedById);
          return isOrphan ? `${team.openedById} has not paid` : null;
        });
        expect(broken).toEqual([]);
      }),
    );
  });

  it('comes to its end when everybody has paid or given up and its time is over', () => {
    fc.assert(
      fc.property(walks, fc.boolean(), (walk, doPay) => {
        const [team] = [...alongThe(walk)].slice(-1);
        const settle = (what: 'pay' | 'giveUp'): void => {
          team!.seats.forEach((_, index) => {
            team!.take({ what, seat: index });
          });
        };
        settle(doPay ? 'pay' : 'giveUp');
        settle('giveUp');
        team!.take({ what: 'wait', seconds: walk.ttlSeconds });
        const { status } = team!.team;
        expect(status === 'FORMED' || teamLife.isTerminal(status)).toBe(true);
      }),
    );
  });
});
