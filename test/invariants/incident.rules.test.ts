import { describe, expect, it } from '@jest/globals';
import { type InvariantStatus, statusOf, type Turn, turnOf } from '../../src/invariants/incident.rules.js';
import { type Outcome, tally } from '../../src/invariants/judgement.js';

const ROW = { sku: 'A0', reserved: 3 };
const OTHER = { sku: 'B1', reserved: 3 };
const open = { brokenRows: 1, samples: [ROW] };

describe('an incident', () => {
  const judged = (outcome: Outcome, count = 0, rows: readonly (typeof ROW)[] = []) => ({
    outcome,
    count,
    rows,
    problem: null,
  });

  // prettier-ignore
  it.each<[what: string, incident: typeof open | undefined, judgement: ReturnType<typeof judged>, turn: Turn]>([
    ['opens when something is first seen broken',     undefined, judged('BROKEN', 1, [ROW]),        'OPENED'],
    ['is only seen again while the same is broken',   open,      judged('BROKEN', 1, [{ reserved: 3, sku: 'A0' }]), 'SEEN'],
    ['has changed when more is broken',               open,      judged('BROKEN', 2, [ROW]),        'CHANGED'],
    ['has changed when something else is broken',     open,      judged('BROKEN', 1, [OTHER]),      'CHANGED'],
    ['is over when it is seen to hold',               open,      judged('HOLDS'),                   'CLOSED'],
    ['stays while nobody could judge',                open,      judged('UNFINISHED'),              'NONE'],
    ['stays while it was left out',                   open,      judged('SKIPPED'),                 'NONE'],
    ['does not open by running out of time',          undefined, judged('UNFINISHED'),              'NONE'],
    ['does not open by being left out',               undefined, judged('SKIPPED'),                 'NONE'],
    ['does not open while everything holds',          undefined, judged('HOLDS'),                   'NONE'],
  ])('%s', (_what, incident, judgement, turn) => {
    expect(turnOf(incident, judgement)).toBe(turn);
  });
});

describe('what operators are told', () => {
  const judgedAt = new Date('2026-11-21T08:00:00Z');
  // prettier-ignore
  it.each<[last: Parameters<typeof statusOf>[0], isOpen: boolean, status: InvariantStatus]>([
    [undefined,                                false, 'NEVER_JUDGED'],
    [{ outcome: 'SKIPPED', judgedAt: null },   false, 'NEVER_JUDGED'],
    [{ outcome: 'UNFINISHED', judgedAt: null },false, 'UNFINISHED'],
    [{ outcome: 'SKIPPED', judgedAt },         false, 'SKIPPED'],
    [{ outcome: 'HOLDS', judgedAt },           false, 'HOLDS'],
    [{ outcome: 'BROKEN', judgedAt },          true,  'BROKEN'],
    [{ outcome: 'SKIPPED', judgedAt },         true,  'BROKEN'], // It was broken, and nobody has seen it hold since.
    [{ outcome: 'UNFINISHED', judgedAt },      true,  'BROKEN'],
  ])('of %j with an incident: %s is %s', (last, isOpen, status) => {
    expect(statusOf(last, isOpen)).toBe(status);
  });
});

it('a run counts as checked only what was judged', () => {
  const outcomes: Outcome[] = ['HOLDS', 'HOLDS', 'BROKEN', 'SKIPPED', 'UNFINISHED', 'UNFINISHED'];
  expect(tally(outcomes.map((outcome) => ({ outcome })))).toEqual({ checked: 3, skipped: 1, unfinished: 2, broken: 1 });
});
