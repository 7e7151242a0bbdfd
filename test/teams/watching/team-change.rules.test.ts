import { describe, expect, it } from '@jest/globals';
import { hasChanged, isOver, type TeamState, whatHappened } from '../../../src/teams/watching/team-change.rules.js';
import { TeamStatus } from '../../../src/teams/team.entity.js';
import type { TeamHappening } from '../../../src/teams/watching/team-change.js';

const NOON = Date.UTC(2026, 0, 1, 12);
const state = (status: TeamStatus, seatsLive: number, seatsPaid: number, expiresAt = NOON): TeamState => ({
  ...{ status, seatsLive, seatsPaid },
  expiresAt: status === 'PENDING' ? null : new Date(expiresAt),
});

type Counts = [status: TeamStatus, seatsLive: number, seatsPaid: number];

describe('what happened to a team', () => {
  // prettier-ignore
  it.each<{ before: Counts; after: Counts; happened: TeamHappening[]; because: string }>([
    { before: ['PENDING', 1, 0], after: ['FORMING', 1, 1], happened: ['PAID', 'OPENED'],           because: 'its opener paid' },
    { before: ['PENDING', 1, 0], after: ['ABORTED', 0, 0], happened: ['LEFT', 'ABORTED'],          because: 'its opener did not pay' },
    { before: ['FORMING', 1, 1], after: ['FORMING', 2, 1], happened: ['JOINED'],                   because: 'somebody took a seat' },
    { before: ['FORMING', 2, 1], after: ['FORMING', 2, 2], happened: ['PAID'],                     because: 'and paid' },
    { before: ['FORMING', 2, 1], after: ['FORMING', 1, 1], happened: ['LEFT'],                     because: 'or did not' },
    { before: ['FORMING', 1, 1], after: ['FORMING', 2, 2], happened: ['JOINED', 'PAID'],           because: 'somebody was quick, or came back with a late payment' },
    { before: ['FORMING', 2, 2], after: ['FORMING', 1, 1], happened: ['LEFT'],                     because: 'a member who had paid left' },
    { before: ['FORMING', 3, 1], after: ['FORMING', 2, 2], happened: ['PAID', 'LEFT'],             because: 'one paid while another did not' },
    { before: ['FORMING', 3, 2], after: ['FORMED', 3, 3],  happened: ['PAID', 'FORMED'],           because: 'the last one paid' },
    { before: ['FORMING', 1, 1], after: ['FORMED', 3, 3],  happened: ['JOINED', 'PAID', 'FORMED'], because: 'everybody came between two looks' },
    { before: ['FORMING', 2, 2], after: ['FAILED', 2, 2],  happened: ['FAILED'],                   because: 'it expired' },
    { before: ['FORMING', 3, 2], after: ['FAILED', 2, 2],  happened: ['LEFT', 'FAILED'],           because: 'it expired with the last hold' },
    { before: ['FORMING', 1, 1], after: ['MERGED', 1, 1],  happened: ['MERGED'],                   because: 'it went on in another' },
    { before: ['FORMING', 2, 2], after: ['CLOSED', 3, 3],  happened: ['JOINED', 'PAID', 'FORMED'], because: 'whoever looks again after days hears that it formed' },
    { before: ['FORMING', 2, 1], after: ['FORMING', 2, 1], happened: [],                           because: 'nothing did' },
  ])('from $before to $after is $happened, because $because', ({ before, after, happened }) => {
    expect(whatHappened(state(...before), state(...after))).toEqual(happened);
  });
});

describe('a change that can be seen', () => {
  const before = state('FORMING', 2, 1);
  it.each([
    { what: 'nothing', after: state('FORMING', 2, 1), changed: false },
    { what: 'the status', after: state('FAILED', 2, 1), changed: true },
    { what: 'who is in it', after: state('FORMING', 3, 1), changed: true },
    { what: 'who has paid', after: state('FORMING', 2, 2), changed: true },
    { what: 'when it expires', after: state('FORMING', 2, 1, NOON + 1), changed: true },
    { what: 'that it expires', after: { ...before, expiresAt: null }, changed: true },
  ])('is $changed where $what has changed', ({ after, changed }) => {
    expect(hasChanged(before, after)).toBe(changed);
    expect(hasChanged(after, before)).toBe(changed);
  });
});

it('a team is over for those who watch it when nobody can join it any more', () => {
  const open = Object.values(TeamStatus).filter((status) => !isOver({ status }));
  expect(open).toEqual(['PENDING', 'FORMING']);
});
