import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import type { Session } from '#identity';
import { isOwnToken, refreshVerdict, type RefreshVerdict } from '../../src/identity/session.rules.js';
import { sha256 } from '../../src/identity/tokens.js';

const rotatedAt = new Date('2026-05-01T12:00:00.000Z');
const session = {
  refreshHash: sha256('current'),
  previousHash: sha256('previous'),
  rotatedAt,
  expiresAt: secondsAfter(rotatedAt, 3_600),
  revokedAt: null,
} as Session;

describe('a refresh token', () => {
  // prettier-ignore
  it.each<[token: string, secondsLater: number, but: Partial<Session>, verdict: RefreshVerdict]>([
    ['current',  0,     {},                       'ROTATE'],
    ['current',  3_599, {},                       'ROTATE'],
    ['current',  3_600, {},                       'ENDED'],
    ['current',  1,     { revokedAt: rotatedAt }, 'ENDED'],
    ['previous', 29.9,  {},                       'REPEAT'],
    ['previous', 30,    {},                       'REUSED'],
    ['previous', 1,     { revokedAt: rotatedAt }, 'ENDED'],
    ['previous', 3_600, {},                       'ENDED'],
    ['older',    1,     {},                       'REUSED'],
    ['older',    1,     { previousHash: null },   'REUSED'],
  ])('%s, %d seconds after the rotation, with %j, is %s', (token, secondsLater, but, verdict) => {
    const stands = Object.assign({}, session, but);
    expect(refreshVerdict(stands, sha256(token), secondsAfter(rotatedAt, secondsLater))).toBe(verdict);
  });
});

describe('a token', () => {
  it.each<[token: string, but: Partial<Session>, isOwn: boolean]>([
    ['current', {}, true],
    ['previous', {}, true],
    ['older', {}, false],
    ['older', { previousHash: null }, false],
    ['current', { previousHash: null }, true],
  ])('that is the %s one was given to this phone, with %j: %s', (token, but, isOwn) => {
    expect(isOwnToken(Object.assign({}, session, but), sha256(token))).toBe(isOwn);
  });
});
