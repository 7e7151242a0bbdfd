import { describe, expect, it } from '@jest/globals';
import type { UserId } from '#identity';
import type { Seat } from '#teams';
import { decideClaims, lateVerdict, mayOpen, teamStatusAt } from '../../src/teams/team.rules.js';

const NOON = new Date('2026-01-01T12:00:00Z');
const minutesAfter = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const ana: UserId = 'user_ana';
const bo: UserId = 'user_bo';
const cy: UserId = 'user_cy';

const nobody = new Map<UserId, Seat>();
const seated = (buyerId: UserId): Map<UserId, Seat> => new Map([[buyerId, { buyerId } as Seat]]);

/** A team of three that expires one hour after noon. */
const team = { status: 'FORMING', size: 3, seatsLive: 1, seatsPaid: 1, expiresAt: minutesAfter(60) } as const;

const nameOf = (answer: object): string => (answer.constructor === Object ? 'seat' : answer.constructor.name);

describe('decideClaims', () => {
  // prettier-ignore
  it.each<[what: string, change: object, own: Map<UserId, Seat>, claims: UserId[], now: Date, answers: string[]]>([
    ['a free seat is given',                           {},                                 nobody,      [ana],          NOON,             ['seat']],
    ['the last seat is given to the first who asks',   { seatsLive: 2 },                   nobody,      [ana, bo],      NOON,             ['seat', 'TeamFull']],
    ['two free seats are given to the first two',      {},                                 nobody,      [ana, bo, cy],  NOON,             ['seat', 'seat', 'TeamFull']],
    ['a buyer gets one seat even when asking twice',   {},                                 nobody,      [ana, ana],     NOON,             ['seat', 'SeatAlreadyHeld']],
    ['who has a seat is told so, even in a full team', { seatsLive: 3 },                   seated(ana), [ana, bo],      NOON,             ['SeatAlreadyHeld', 'TeamFull']],
    ['who has a seat is told so, even after the end',  { status: 'FORMED' },               seated(ana), [ana],          NOON,             ['SeatAlreadyHeld']],
    ['nobody joins a team whose opener has not paid',  { status: 'PENDING', expiresAt: null }, nobody,  [ana],          NOON,             ['TeamClosed']],
    ['nobody joins a formed team',                     { status: 'FORMED', seatsLive: 3 }, nobody,      [ana],          NOON,             ['TeamClosed']],
    ['nobody joins at the instant of expiry',          {},                                 nobody,      [ana],          minutesAfter(60), ['TeamClosed']],
    ['the last millisecond before expiry is in time',  {},                                 nobody,      [ana],          new Date(minutesAfter(60).getTime() - 1), ['seat']],
    ['nobody asks, nobody is answered',                {},                                 nobody,      [],             NOON,             []],
  ])('%s', (_what, change, own, buyerIds, now, answers) => {
    const claims = buyerIds.map((buyerId) => ({ buyerId }));
    expect(decideClaims({ ...team, ...change }, own, claims, now).map(nameOf)).toEqual(answers);
  });
});

describe('teamStatusAt', () => {
  // prettier-ignore
  it.each<[what: string, change: object, now: Date, status: string]>([
    ['waits for its opener',                          { status: 'PENDING', seatsLive: 1, seatsPaid: 0, expiresAt: null }, NOON,          'PENDING'],
    ['forms once its opener has paid',                { status: 'PENDING', seatsLive: 1, seatsPaid: 1, expiresAt: null }, NOON,          'FORMING'],
    ['is aborted when its opener gives up',           { status: 'PENDING', seatsLive: 0, seatsPaid: 0, expiresAt: null }, NOON,          'ABORTED'],
    ['waits for more',                                { seatsLive: 2, seatsPaid: 1 },                    minutesAfter(59),               'FORMING'],
    ['is formed by the last payment',                 { seatsLive: 3, seatsPaid: 3 },                    NOON,                           'FORMED'],
    ['is formed even when that comes after expiry',   { seatsLive: 3, seatsPaid: 3 },                    minutesAfter(61),               'FORMED'],
    ['fails at expiry',                               { seatsLive: 2, seatsPaid: 2 },                    minutesAfter(60),               'FAILED'],
    ['lets a live hold finish after expiry',          { seatsLive: 3, seatsPaid: 2 },                    minutesAfter(60),               'FORMING'],
    ['fails when that hold is given up',              { seatsLive: 2, seatsPaid: 2 },                    minutesAfter(75),               'FAILED'],
    ['stays failed',                                  { status: 'FAILED', seatsLive: 3, seatsPaid: 3 },  minutesAfter(75),               'FAILED'],
  ])('a team %s', (_what, change, now, status) => {
    expect(teamStatusAt({ ...team, ...change }, now)).toBe(status);
  });
});

describe('lateVerdict', () => {
  // prettier-ignore
  it.each<[what: string, change: object, seatStatus: 'HELD' | 'RELEASED', own: Map<UserId, Seat>, now: Date, verdict: string]>([
    ['keeps a seat that is still held',               {},                               'HELD',     nobody,      NOON,             'SEAT_STILL_HELD'],
    ['keeps a held seat even after expiry',           {},                               'HELD',     nobody,      minutesAfter(60), 'SEAT_STILL_HELD'],
    ['gives a released seat back while one is free',  {},                               'RELEASED', nobody,      NOON,             'SEAT_AGAIN'],
    ['goes back when the team is full',               { seatsLive: 3 },                 'RELEASED', nobody,      NOON,             'REFUND'],
    ['goes back after expiry',                        {},                               'RELEASED', nobody,      minutesAfter(60), 'REFUND'],
    ['goes back when the team has failed',            { status: 'FAILED' },             'RELEASED', nobody,      NOON,             'REFUND'],
    ['goes back when the buyer has joined again',     {},                               'RELEASED', seated(ana), NOON,             'REFUND'],
  ])('a late payment %s', (_what, change, status, own, now, verdict) => {
    expect(lateVerdict({ ...team, ...change }, { status, buyerId: ana }, own, now)).toBe(verdict);
  });
});

describe('mayOpen', () => {
  const offer = { startsAt: NOON, endsAt: minutesAfter(60) };
  it.each([
    ['before it starts', new Date(NOON.getTime() - 1), 'OfferNotOpen'],
    ['when it starts', NOON, undefined],
    ['when it ends', minutesAfter(60), 'OfferNotOpen'],
  ])('an offer %s', (_what, now, refusal) => {
    expect(mayOpen(offer, now)?.constructor.name).toBe(refusal);
  });
});
