import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import type { ArtifactKind } from '../../src/sharing/artifact.entity.js';
import { codeWidth, quotaOf, stepAt } from '../../src/sharing/artifact.rules.js';
import { type QuotaKind, RENEW_BEFORE_SECONDS } from '../../src/sharing/sharing.limits.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const at = (seconds: number | null): Date | null => (seconds === null ? null : secondsAfter(NOW, seconds));

describe('what is to be done about a code or link', () => {
  const LONG = RENEW_BEFORE_SECONDS + 1;
  // prettier-ignore
  it.each<[what: string, made: string | null, ends: number | null, lease: number | null, problem: 'LIMIT' | null, step: string]>([
    ['was never asked for',                          null, null, null, null,    'MAKE'],
    ['is being made',                                null, null, 1,    null,    'WAIT'],
    ['was being made by whoever died',               null, null, 0,    null,    'MAKE'],
    ['has just failed',                              null, null, 1,    'LIMIT', 'REST'],
    ['failed a while ago',                           null, null, -1,   'LIMIT', 'MAKE'],
    ['is a code',                                    'x',  null, null, null,    'USE'],
    ['is a code, whatever is left of its lease',     'x',  null, 1,    null,    'USE'],
    ['is a link with time',                          'x',  LONG, null, null,    'USE'],
    ['is a link with just enough',                   'x',  LONG - 1, null, null, 'MAKE'],
    ['is a link that is being renewed',              'x',  1,    1,    null,    'USE'],
    ['is a link that could not be renewed',          'x',  1,    1,    'LIMIT', 'USE'],
    ['is a link that has ended',                     'x',  0,    null, null,    'MAKE'],
    ['is a link that has ended and is being renewed','x',  0,    1,    null,    'WAIT'],
    ['is a link that has ended and has just failed', 'x',  0,    1,    'LIMIT', 'REST'],
  ])('that %s', (_what, address, ends, lease, problem, step) => {
    expect(stepAt({ address, expiresAt: at(ends), leaseUntil: at(lease), problem }, NOW)).toBe(step);
  });
});

it.each<[kind: ArtifactKind, quota: QuotaKind]>([
  ['CODE', 'CODE'],
  ['URL_LINK', 'LINK'],
  ['SCHEME', 'LINK'],
  ['SHORT_LINK', 'SHORT_LINK'],
])('a %s is counted as %s', (kind, quota) => {
  expect(quotaOf(kind)).toBe(quota);
});

it.each([
  [null, 430],
  [280, 280],
  [281, 430],
  [430, 430],
  [431, 640],
  [640, 640],
  [641, 1_280],
  [1_280, 1_280],
  [9_999, 1_280],
])('a code for %j pixels is made %i wide', (asked, width) => {
  expect(codeWidth(asked)).toBe(width);
});
