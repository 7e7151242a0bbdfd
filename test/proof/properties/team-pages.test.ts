import { describe, expect, it } from '@jest/globals';
import { NotOnSale, SoldOut } from '#catalog';
import { Refusal } from '#common';
import type { UserId } from '#identity';
import { teamLife } from '#teams';
import type { Claim } from '../../../src/teams/claim.js';
import { BuyerLimitReached } from '../../../src/teams/offers/offer.refusals.js';
import { mayOpen } from '../../../src/teams/offers/offer.rules.js';
import { whyNotJoin, whyNotLeave, whyNotOpen } from '../../../src/teams/pages/button.rules.js';
import type { StandingByOffer, StandingInTeam } from '../../../src/teams/pages/standing.js';
import { SeatStatus } from '../../../src/teams/seat.entity.js';
import { decideClaims, LIVE, mayLeave } from '../../../src/teams/team.rules.js';
import { hasChanged, isOver, whatHappened } from '../../../src/teams/watching/team-change.rules.js';
import { later } from './lives.js';
import { fc } from './seeded.js';
import { frozen, instants, statuses, teams } from './teams.arbitraries.js';

const viewerId: UserId = 'user_1';
const claim: Claim = { buyerId: viewerId, quantity: 1 };

const standings = fc.record<StandingInTeam>({
  units: fc.nat(5),
  skuId: fc.constant('sku_1'),
  unitsLeft: fc.integer({ min: -1, max: 2 }),
  isOnSale: fc.boolean(),
  frozenAt: frozen,
  seatStatus: fc.option(fc.constantFrom(...LIVE)),
});

/** What the mutations find, after the team or the offer has said yes, in the order in which they look. */
function refusedWhenPlacing({ units, isOnSale, unitsLeft }: StandingByOffer, unitsPerBuyer: number): unknown {
  if (units + 1 > unitsPerBuyer) return BuyerLimitReached;
  if (!isOnSale) return NotOnSale;
  return unitsLeft < 1 ? SoldOut : undefined;
}

describe('a button', () => {
  it('for joining says what joining would answer', () => {
    fc.assert(
      fc.property(teams, standings, instants, (team, standing, now) => {
        const own = new Map<UserId, Claim>(standing.seatStatus ? [[viewerId, claim]] : []);
        const [answer] = decideClaims({ team, offer: standing, own }, [claim], now);
        const expected =
          answer instanceof Refusal ? answer.constructor : refusedWhenPlacing(standing, team.unitsPerBuyer);
        expect(whyNotJoin(team, standing, now)?.constructor).toBe(expected);
      }),
    );
  });

  it('for opening says what opening would answer', () => {
    const limits = fc.integer({ min: 1, max: 3 });
    const offers = fc.record({
      ...{ startsAt: instants, endsAt: instants, frozenAt: frozen },
      ...{ unitsPerOrder: limits, unitsPerBuyer: limits },
    });
    fc.assert(
      fc.property(offers, standings, instants, (offer, standing, now) => {
        const answer = mayOpen(offer, claim, now);
        const expected = answer ? answer.constructor : refusedWhenPlacing(standing, offer.unitsPerBuyer);
        expect(whyNotOpen(offer, standing, now)?.constructor).toBe(expected);
      }),
    );
  });

  it('for leaving says what leaving would answer', () => {
    fc.assert(
      fc.property(statuses, fc.constantFrom(...Object.values(SeatStatus)), (status, seatStatus) => {
        expect(whyNotLeave({ status }, { seatStatus })).toEqual(mayLeave({ status }, { status: seatStatus }));
      }),
    );
  });
});

describe('what is told of a team', () => {
  it('is nothing where nothing has changed, and the same change can be seen from both sides', () => {
    fc.assert(
      fc.property(teams, teams, (before, after) => {
        expect([hasChanged(before, structuredClone(before)), whatHappened(before, before)]).toEqual([false, []]);
        expect(hasChanged(after, before)).toBe(hasChanged(before, after));
        if (whatHappened(before, after).length > 0) expect(hasChanged(before, after)).toBe(true);
      }),
    );
  });

  it('is each thing once and never that seats were both taken and given up; how it ended comes last', () => {
    fc.assert(
      fc.property(teams, teams, (before, after) => {
        const happened = whatHappened(before, after);
        expect(new Set(happened).size).toBe(happened.length);
        expect(happened.includes('JOINED') && happened.includes('LEFT')).toBe(false);
        const ends = happened.filter((one) => ['OPENED', 'FORMED', 'FAILED', 'ABORTED', 'MERGED'].includes(one));
        expect(ends).toEqual(before.status === after.status || after.status === 'PENDING' ? [] : [happened.at(-1)]);
      }),
    );
  });

  it('is over when nothing that can still come of the team is open, and stays so', () => {
    for (const status of Object.keys(teamLife.moves) as (keyof typeof teamLife.moves)[]) {
      const isOpenLater = [...later(teamLife, status)].some((next) => !isOver({ status: next }));
      expect(isOver({ status }) && isOpenLater).toBe(false);
      if (teamLife.isTerminal(status)) expect(isOver({ status })).toBe(true);
    }
  });
});
