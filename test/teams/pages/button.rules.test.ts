import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '#common';
import { whyNotJoin, whyNotLeave, whyNotOpen } from '../../../src/teams/pages/button.rules.js';
import type { StandingInTeam } from '../../../src/teams/pages/standing.js';

const NOON = new Date('2026-01-01T12:00:00Z');
const minutesAfter = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const nameOf = (refusal: Refusal | null): string | undefined => refusal?.constructor.name;

const standing: StandingInTeam = {
  ...{ units: 0, skuId: 'sku_1', unitsLeft: 5, isOnSale: true, frozenAt: null, seatStatus: null },
};
const limits = { unitsPerOrder: 2, unitsPerBuyer: 2 };
const team = {
  ...({ kind: 'PLAIN', status: 'FORMING', size: 3, seatsLive: 1, ...limits } as const),
  expiresAt: minutesAfter(60),
};
const offer = { startsAt: NOON, endsAt: minutesAfter(60), frozenAt: null, ...limits };

describe('the button for joining', () => {
  // prettier-ignore
  it.each<{ what: string; team?: object; standing?: Partial<StandingInTeam>; now?: Date; refusal?: string }>([
    { what: 'works while a seat is free' },
    { what: 'is no use to who is in it',            standing: { seatStatus: 'PAID' },                 refusal: 'SeatAlreadyHeld' },
    { what: 'is no use to who is paying for it',    standing: { seatStatus: 'HELD' },                 refusal: 'SeatAlreadyHeld' },
    { what: 'is off when the team has formed',      team: { status: 'FORMED' },                       refusal: 'TeamClosed' },
    { what: 'is off when the team has expired',     now: minutesAfter(60),                            refusal: 'TeamClosed' },
    { what: 'is off while the offer is frozen',     standing: { frozenAt: NOON },                     refusal: 'OfferFrozen' },
    { what: 'is off when the team is full',         team: { seatsLive: 3 },                           refusal: 'TeamFull' },
    { what: 'works for the last unit of one’s own', standing: { units: 1 } },
    { what: 'is off at the buyer’s limit',          standing: { units: 2 },                           refusal: 'BuyerLimitReached' },
    { what: 'is off when the product is not sold',  standing: { isOnSale: false },                    refusal: 'NotOnSale' },
    { what: 'works for the last unit in stock',     standing: { unitsLeft: 1 } },
    { what: 'is off when nothing is left',          standing: { unitsLeft: 0 },                       refusal: 'SoldOut' },
    { what: 'tells of the limit before the stock',  standing: { units: 2, unitsLeft: 0 },             refusal: 'BuyerLimitReached' },
  ])('$what', ({ team: change = {}, standing: more = {}, now = NOON, refusal }) => {
    expect(nameOf(whyNotJoin({ ...team, ...change }, { ...standing, ...more }, now))).toBe(refusal);
  });
});

describe('the button for opening', () => {
  // prettier-ignore
  it.each<{ what: string; offer?: object; standing?: Partial<StandingInTeam>; now?: Date; refusal?: string }>([
    { what: 'works while the offer is open' },
    { what: 'is off before it starts',         now: minutesAfter(-1),        refusal: 'OfferNotOpen' },
    { what: 'is off when it is over',          now: minutesAfter(60),        refusal: 'OfferNotOpen' },
    { what: 'is off while it is frozen',       offer: { frozenAt: NOON },    refusal: 'OfferFrozen' },
    { what: 'is off at the buyer’s limit',     standing: { units: 2 },       refusal: 'BuyerLimitReached' },
    { what: 'is off when nothing is left',     standing: { unitsLeft: 0 },   refusal: 'SoldOut' },
    { what: 'is off when it is not sold',      standing: { isOnSale: false }, refusal: 'NotOnSale' },
  ])('$what', ({ offer: change = {}, standing: more = {}, now = NOON, refusal }) => {
    expect(nameOf(whyNotOpen({ ...offer, ...change }, { ...standing, ...more }, now))).toBe(refusal);
  });
});

describe('the button for leaving', () => {
  // prettier-ignore
  it.each<{ what: string; status: 'PENDING' | 'FORMING' | 'FORMED' | 'FAILED'; seatStatus: StandingInTeam['seatStatus']; refusal?: string }>([
    { what: 'works while the team forms',                    status: 'FORMING', seatStatus: 'PAID' },
    { what: 'works for an opener who has not paid',          status: 'PENDING', seatStatus: 'HELD' },
    { what: 'is off when it has formed',                     status: 'FORMED',  seatStatus: 'CONFIRMED', refusal: 'TeamAlreadyFormed' },
    { what: 'is off when it has failed',                     status: 'FAILED',  seatStatus: 'PAID',      refusal: 'NotInTeam' },
    { what: 'is not there for who is not in it',             status: 'FORMING', seatStatus: null },
  ])('$what', ({ status, seatStatus, refusal }) => {
    expect(nameOf(whyNotLeave({ status }, { seatStatus }))).toBe(refusal);
  });
});
