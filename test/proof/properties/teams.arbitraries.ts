import { secondsAfter } from '#common';
import type { UserId } from '#identity';
import type { Claim } from '../../../src/teams/claim.js';
import { TeamStatus } from '../../../src/teams/team.entity.js';
import { fc } from './seeded.js';

export const NOON = new Date('2026-01-01T12:00:00Z');
/** Around noon, often in the same second, so that instants meet. */
export const instants = fc.integer({ min: -3, max: 3 }).map((seconds) => secondsAfter(NOON, seconds));
export const statuses = fc.constantFrom(...Object.values(TeamStatus));
export const buyers = fc.constantFrom<UserId>('user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6');
export const frozen = fc.option(fc.constant(NOON), { freq: 4 });

export const claims = fc.array(fc.record<Claim>({ buyerId: buyers, quantity: fc.integer({ min: 1, max: 4 }) }), {
  maxLength: 10,
});

/** A team as the database allows it: no more live seats than seats, no more paid than live, without an expiry until it forms. */
export const teamsOf = (status: fc.Arbitrary<TeamStatus>) =>
  fc
    .record({
      status,
      size: fc.integer({ min: 2, max: 5 }),
      live: fc.nat(5),
      paid: fc.nat(5),
      expiresAt: instants,
      unitsPerOrder: fc.integer({ min: 1, max: 3 }),
      unitsPerBuyer: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ live, paid, ...team }) => {
      const isPending = team.status === 'PENDING' || team.status === 'ABORTED';
      const seatsLive = Math.min(live, isPending ? 1 : team.size);
      return {
        ...{ ...team, kind: 'PLAIN' as const, seatsLive, seatsPaid: Math.min(paid, seatsLive) },
        expiresAt: isPending ? null : team.expiresAt,
      };
    });
export const teams = teamsOf(statuses);
