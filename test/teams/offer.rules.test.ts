import { describe, expect, it } from '@jest/globals';
import { mayOpen } from '../../src/teams/offer.rules.js';

const NOON = new Date('2026-01-01T12:00:00Z');
const minutesAfter = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

describe('mayOpen', () => {
  const offer = { startsAt: NOON, endsAt: minutesAfter(60), frozenAt: null, unitsPerOrder: 2 };
  // prettier-ignore
  it.each<{ what: string; change?: object; quantity?: number; now: Date; refusal?: string }>([
    { what: 'a millisecond before it starts',        now: new Date(NOON.getTime() - 1), refusal: 'OfferNotOpen' },
    { what: 'when it starts',                        now: NOON },
    { what: 'a millisecond before it ends',          now: new Date(minutesAfter(60).getTime() - 1) },
    { what: 'when it ends',                          now: minutesAfter(60), refusal: 'OfferNotOpen' },
    { what: 'while it is frozen',                    now: NOON, change: { frozenAt: NOON }, refusal: 'OfferFrozen' },
    { what: 'that is over, even while frozen',       now: minutesAfter(60), change: { frozenAt: NOON }, refusal: 'OfferNotOpen' },
    { what: 'for as many units as an order may have', now: NOON, quantity: 2 },
    { what: 'for more units than an order may have', now: NOON, quantity: 3, refusal: 'OrderLimitExceeded' },
  ])('an offer $what: $refusal', ({ change = {}, quantity = 1, now, refusal }) => {
    expect(mayOpen({ ...offer, ...change }, { quantity }, now)?.constructor.name).toBe(refusal);
  });
});
