import { describe, expect, it } from '@jest/globals';
import { base32, fromBase32 } from '../../../src/identity/staff/base32.js';
import { acceptedStep, isTotpCode, otpauthUri, totpCode, totpStepAt } from '../../../src/identity/staff/totp.rules.js';

/** RFC 6238 appendix B, SHA-1; its codes have eight digits, of which ours are the last six. */
const SECRET = Buffer.from('12345678901234567890');

describe('the code of an authenticator', () => {
  // prettier-ignore
  it.each<[seconds: number, code: string]>([
    [59,             '94287082'],
    [1_111_111_109,  '07081804'],
    [1_111_111_111,  '14050471'],
    [1_234_567_890,  '89005924'],
    [2_000_000_000,  '69279037'],
    [20_000_000_000, '65353130'],
  ])('at second %d is that of RFC 6238', (seconds, code) => {
    expect(totpCode(SECRET, totpStepAt(new Date(seconds * 1_000)))).toBe(code.slice(-6));
  });

  const NOW = new Date(1_111_111_111_000);
  const STEP = totpStepAt(NOW);
  // prettier-ignore
  it.each<[code: string, lastStep: number | null, accepted: number | null]>([
    [totpCode(SECRET, STEP),      null,     STEP],
    [totpCode(SECRET, STEP - 1),  null,     STEP - 1],
    [totpCode(SECRET, STEP + 1),  null,     STEP + 1],
    [totpCode(SECRET, STEP - 2),  null,     null],
    [totpCode(SECRET, STEP + 2),  null,     null],
    [totpCode(SECRET, STEP),      STEP - 1, STEP],
    [totpCode(SECRET, STEP),      STEP,     null], // it was used
    [totpCode(SECRET, STEP),      STEP + 1, null], // a later one was used
    [totpCode(SECRET, STEP + 1),  STEP,     STEP + 1],
    ['',                          null,     null],
    ['12345',                     null,     null],
    ['1234567',                   null,     null],
    ['１２３４５６',                 null,     null],
  ])('%s after step %s is accepted for step %s', (code, lastStep, accepted) => {
    expect(acceptedStep(SECRET, code, NOW, lastStep)).toBe(accepted);
  });

  it('is six ASCII digits', () => {
    expect(['000000', '12345', '1234567', '12345a', ' 12345', '１２３４５６'].map(isTotpCode)).toEqual([
      true,
      ...Array<boolean>(5).fill(false),
    ]);
  });
});

// RFC 4648 10, the vector that is a whole group.
it('Base32 writes and reads as RFC 4648 does', () => {
  expect(base32(Buffer.from('fooba'))).toBe('MZXW6YTB');
  expect(fromBase32('MZXW6YTB').toString()).toBe('fooba');
  expect(() => base32(Buffer.from('foo'))).toThrow('five bytes');
});

it('an authenticator is told issuer, account and secret', () => {
  const uri = new URL(otpauthUri('好团', 'kim', 'MZXW6YTB'));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/好团:kim']);
  expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: 'MZXW6YTB', issuer: '好团' });
});
