import { describe, expect, it } from '@jest/globals';
import type { UserId } from '#identity';
import type { Seat, SeatId } from '#teams';
import type { SeatStatus } from '../../src/teams/seat.entity.js';
import type { TeamStatus } from '../../src/teams/team.entity.js';
import { decideClaims, heirOf, isVisibleTo, lateVerdict, mayLeave, teamStatusAt } from '../../src/teams/team.rules.js';

const NOON = new Date('2026-01-01T12:00:00Z');
const minutesAfter = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const ana: UserId = 'user_ana';
const bo: UserId = 'user_bo';
const cy: UserId = 'user_cy';

const nobody = new Map<UserId, Seat>();
const seated = (buyerId: UserId): Map<UserId, Seat> => new Map([[buyerId, { buyerId } as Seat]]);

/** A team of three that expires one hour after noon. */
const team = {
  ...({ kind: 'PLAIN', status: 'FORMING', size: 3, seatsLive: 1, seatsPaid: 1, unitsPerOrder: 2 } as const),
  expiresAt: minutesAfter(60),
};
const open = { frozenAt: null };

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
    const claims = buyerIds.map((buyerId) => ({ buyerId, quantity: 1 }));
    const room = { team: { ...team, ...change }, offer: open, own };
    expect(decideClaims(room, claims, now).map(nameOf)).toEqual(answers);
  });

  it('lets nobody order more units at once than an order may have, and the next in line gets the seat', () => {
    const claims = [
      { buyerId: ana, quantity: 3 },
      { buyerId: bo, quantity: 2 },
    ];
    const room = { team: { ...team, seatsLive: 2 }, offer: open, own: nobody };
    expect(decideClaims(room, claims, NOON).map(nameOf)).toEqual(['OrderLimitExceeded', 'seat']);
  });

  it('lets nobody in while the offer is frozen, and tells those who are in that they are', () => {
    const room = { team, offer: { frozenAt: NOON }, own: seated(ana) };
    const claims = [ana, bo].map((buyerId) => ({ buyerId, quantity: 1 }));
    expect(decideClaims(room, claims, NOON).map(nameOf)).toEqual(['SeatAlreadyHeld', 'OfferFrozen']);
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
    ['fails when everybody has left',                 { seatsLive: 0, seatsPaid: 0 },                    NOON,                           'FAILED'],
    ['lives on while one who is paying is left',      { seatsLive: 1, seatsPaid: 0 },                    NOON,                           'FORMING'],
    ['lives on even after expiry while one pays',     { seatsLive: 1, seatsPaid: 0 },                    minutesAfter(61),               'FORMING'],
    ['goes on as long as no end of it is known',      { seatsLive: 2, seatsPaid: 2, expiresAt: null },   minutesAfter(61),               'FORMING'],
    ['stays formed when money goes back',             { status: 'FORMED', seatsLive: 3, seatsPaid: 3 },  minutesAfter(75),               'FORMED'],
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
    const room = { team: { ...team, ...change }, offer: open, own };
    expect(lateVerdict(room, { status, buyerId: ana, quantity: 1 }, now)).toBe(verdict);
  });

  it('goes back while the offer is frozen', () => {
    const room = { team, offer: { frozenAt: NOON }, own: nobody };
    expect(lateVerdict(room, { status: 'RELEASED', buyerId: ana, quantity: 1 }, NOON)).toBe('REFUND');
  });
});

describe('isVisibleTo', () => {
  it.each<{ status: TeamStatus; viewer: UserId | null; isVisible: boolean }>([
    { status: 'PENDING', viewer: ana, isVisible: true },
    { status: 'PENDING', viewer: bo, isVisible: false },
    { status: 'PENDING', viewer: null, isVisible: false },
    { status: 'ABORTED', viewer: ana, isVisible: true },
    { status: 'ABORTED', viewer: bo, isVisible: false },
    { status: 'FORMING', viewer: null, isVisible: true },
    { status: 'FAILED', viewer: bo, isVisible: true },
  ])('shows the $status team of ana to $viewer: $isVisible', ({ status, viewer, isVisible }) => {
    expect(isVisibleTo({ status, openedById: ana }, viewer)).toBe(isVisible);
  });
});

describe('mayLeave', () => {
  // prettier-ignore
  it.each<[what: string, teamStatus: TeamStatus, seatStatus: SeatStatus, refusal: string | undefined]>([
    ['a paid member leaves while the team forms',         'FORMING', 'PAID',           undefined],
    ['who is still paying gives up',                      'FORMING', 'HELD',           undefined],
    ['an opener gives up before paying',                  'PENDING', 'HELD',           undefined],
    ['nobody leaves a formed team',                       'FORMED',  'CONFIRMED',      'TeamAlreadyFormed'],
    ['nobody leaves a closed team',                       'CLOSED',  'CONFIRMED',      'TeamAlreadyFormed'],
    ['a failed team gives the money back by itself',      'FAILED',  'PAID',           'NotInTeam'],
    ['nobody leaves twice',                               'FORMING', 'REFUNDING',      'NotInTeam'],
    ['nobody leaves twice, even when the money is back',  'FORMING', 'REFUNDED',       'NotInTeam'],
    ['who did not pay in time is out already',            'FORMING', 'RELEASED',       'NotInTeam'],
    ['what went back later is no place any more',         'FORMED',  'REFUNDED_AFTER', 'NotInTeam'],
  ])('%s', (_what, teamStatus, seatStatus, refusal) => {
    expect(mayLeave({ status: teamStatus }, { status: seatStatus })?.constructor.name).toBe(refusal);
  });
});

describe('heirOf', () => {
  const member = (buyerId: UserId, status: SeatStatus, paidAt: Date | null, id: SeatId = `seat_${buyerId}`) => ({
    ...{ id, buyerId, status, paidAt },
  });
  // prettier-ignore
  it.each<{ what: string; seats: ReturnType<typeof member>[]; heir: UserId | null }>([
    { what: 'whoever paid first',                    seats: [member(ana, 'PAID', NOON), member(cy, 'PAID', minutesAfter(2)), member(bo, 'PAID', minutesAfter(1))], heir: bo },
    { what: 'nobody who is still paying',            seats: [member(ana, 'PAID', NOON), member(bo, 'HELD', null), member(cy, 'PAID', minutesAfter(9))], heir: cy },
    { what: 'nobody who has left',                   seats: [member(ana, 'PAID', NOON), member(bo, 'REFUNDING', NOON)], heir: null },
    { what: 'nobody when the opener was alone',      seats: [member(ana, 'PAID', NOON)], heir: null },
    { what: 'the earlier seat at the same instant',  seats: [member(cy, 'PAID', NOON, 'seat_1'), member(bo, 'PAID', NOON, 'seat_0')], heir: bo },
  ])('is $what', ({ seats, heir }) => {
    expect(heirOf(seats, ana)).toBe(heir);
  });
});
