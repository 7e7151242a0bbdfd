import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import type { SendResult } from '#wechat';
import {
  type Circumstances,
  decide,
  type Decision,
  outcomeOf,
  staleAtOf,
} from '../../src/notifications/sending/delivery.rules.js';

const NOON = new Date('2026-03-10T12:00:00+08:00');
const NIGHT = new Date('2026-03-10T23:00:00+08:00');
const MORNING = new Date('2026-03-11T08:00:00+08:00');

/** A message that may be sent, unless something is said against it. */
function aMessage(change: Partial<Circumstances> = {}): Circumstances {
  return {
    terms: { passesQuietHours: false, perDayMax: 3 },
    ...{ staleAt: secondsAfter(NOON, 86_400), isActive: true, isOn: true, hasGrant: true, sent: { all: 0, ofKind: 0 } },
    shop: { perDayMax: 5, quiet: { from: '22:00', until: '08:00' }, timeZone: 'Asia/Shanghai' },
    ...change,
  };
}

describe('a message', () => {
  const urgent = { passesQuietHours: true, perDayMax: 3 };
  // prettier-ignore
  it.each<[what: string, change: Partial<Circumstances>, now: Date, decision: Decision]>([
    ['by day is sent',                                    {},                                             NOON,  'SEND'],
    ['to whoever is gone is dropped',                     { isActive: false },                            NOON,  { drop: 'GONE' }],
    ['that was switched off is dropped',                  { isOn: false },                                NOON,  { drop: 'SWITCHED_OFF' }],
    ['without a grant is dropped',                        { hasGrant: false },                            NOON,  { drop: 'NO_GRANT' }],
    ['at its last instant is sent',                       { staleAt: NOON },                              NOON,  'SEND'],
    ['that is pointless by now is dropped',               { staleAt: secondsAfter(NOON, -1) },            NOON,  { drop: 'STALE' }],
    ['by night waits for the morning',                    {},                                             NIGHT, { waitUntil: MORNING }],
    ['by night is dropped if it is pointless by morning', { staleAt: secondsAfter(MORNING, -1) },         NIGHT, { drop: 'STALE' }],
    ['by night waits if it is not',                       { staleAt: MORNING },                           NIGHT, { waitUntil: MORNING }],
    ['that may wake somebody is sent by night',           { terms: urgent },                              NIGHT, 'SEND'],
    ['that was switched off does not wait',               { isOn: false },                                NIGHT, { drop: 'SWITCHED_OFF' }],
    ['that is the last of the day is sent',               { sent: { all: 4, ofKind: 2 } },                NOON,  'SEND'],
    ['beyond what one is sent in a day is dropped',       { sent: { all: 5, ofKind: 0 } },                NOON,  { drop: 'TOO_MANY' }],
    ['beyond what one is sent of its kind is dropped',    { sent: { all: 3, ofKind: 3 } },                NOON,  { drop: 'TOO_MANY' }],
    ['beyond both without a grant is one too many',       { sent: { all: 5, ofKind: 3 }, hasGrant: false }, NOON, { drop: 'TOO_MANY' }],
  ])('%s', (_what, change, now, decision) => {
    expect(decide(aMessage(change), now)).toEqual(decision);
  });
});

describe('what WeChat answers', () => {
  const no = (code: string): SendResult => ({ kind: 'NOT_SENT', code, problem: '' });
  // prettier-ignore
  it.each<[what: string, result: SendResult, failures: number, outcome: ReturnType<typeof outcomeOf>]>([
    ['yes',                                 { kind: 'SENT' },                                    0, { status: 'SENT',    grant: 'USED',     retrySeconds: 60 }],
    ['nothing',                             { kind: 'UNKNOWN', code: 'TIMEOUT', problem: '' },   0, { status: 'UNKNOWN', grant: 'USED',     retrySeconds: 60 }],
    ['that it is busy',                     { kind: 'UNKNOWN', code: '-1', problem: '' },        3, { status: 'UNKNOWN', grant: 'USED',     retrySeconds: 3_600 }],
    ['that the person refuses',             no('43101'),                                  0, { status: 'REFUSED', grant: 'VOID',     retrySeconds: 60 }],
    ['that a field is wrong',               no('47003'),                                  0, { status: 'REFUSED', grant: 'RETURNED', retrySeconds: 60 }],
    ['that the template is none',           no('40037'),                                  0, { status: 'REFUSED', grant: 'RETURNED', retrySeconds: 60 }],
    ['that the openid is none',             no('40003'),                                         0, { status: 'REFUSED', grant: 'RETURNED', retrySeconds: 60 }],
    ['that the page is none',               no('41030'),                                         0, { status: 'REFUSED', grant: 'RETURNED', retrySeconds: 60 }],
    ['that the template is banned',         no('43107'),                                         0, { status: 'REFUSED', grant: 'RETURNED', retrySeconds: 60 }],
    ['that our token is no good',           no('40001'),                                         0, { status: 'WAITING', grant: 'RETURNED', retrySeconds: 60 }],
    ['nothing, before it was asked',        no('NETWORK'),                                       0, { status: 'WAITING', grant: 'RETURNED', retrySeconds: 60 }],
    ['that it was too much for today',      no('45009'),                                   0, { status: 'WAITING', grant: 'RETURNED', retrySeconds: 60 }],
    ['the same for the second time',        no('45009'),                                   1, { status: 'WAITING', grant: 'RETURNED', retrySeconds: 300 }],
    ['the same for the third time',         no('45009'),                                   2, { status: 'WAITING', grant: 'RETURNED', retrySeconds: 900 }],
    ['the same for the ninth time',         no('45009'),                                   8, { status: 'WAITING', grant: 'RETURNED', retrySeconds: 3_600 }],
  ])('%s', (_what, result, failures, outcome) => {
    expect(outcomeOf(result, failures)).toEqual(outcome);
  });
});

it('a message is pointless so many hours after it was written', () => {
  expect(staleAtOf({ staleHours: 24 }, NOON)).toEqual(new Date('2026-03-11T12:00:00+08:00'));
});
