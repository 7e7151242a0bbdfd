import { describe, expect, it } from '@jest/globals';
import { isLoginName, plainLoginName } from '../../../src/identity/staff/login-name.rules.js';
import { isPasswordObvious, isPasswordOfLength, normalPassword } from '../../../src/identity/staff/password.rules.js';
import {
  isRecoveryCode,
  newEnrolmentCode,
  newRecoveryCodes,
  plainCode,
} from '../../../src/identity/staff/staff-codes.js';

describe('a password', () => {
  // prettier-ignore
  it.each<[password: unknown, fits: boolean]>([
    ['x'.repeat(11),   false],
    ['x'.repeat(12),   true],
    ['x'.repeat(128),  true],
    ['x'.repeat(129),  false],
    ['锄禾日当午汗滴禾下土谁知', true],
    ['😀'.repeat(11),  false], // eleven characters, whatever they take
    ['😀'.repeat(128), true],
    ['e\u0301'.repeat(11), false], // composed they are eleven
    ['            ',   true],
    [null,             false],
    [123_456_789_012,  false],
  ])('%j is of a good length: %s', (password, fits) => {
    expect(isPasswordOfLength(password)).toBe(fits);
  });

  it('is the same however a keyboard composes it', () => {
    expect(normalPassword('Ｃafe\u0301 ﬁn')).toBe(normalPassword('Caf\u00E9 fin'));
    expect(normalPassword('Café')).not.toBe(normalPassword('cafe'));
  });

  // prettier-ignore
  it.each<[password: string, obvious: boolean]>([
    ['kim.the.first',              true],
    ['KIM.THE.FIRST',              true],
    ['ｋｉｍ.the.first',            true],
    ['kim.the.firstkim.the.first', true],
    ['kim.the.first1',             false],
  ])('%s of kim.the.first is obvious: %s', (password, obvious) => {
    expect(isPasswordObvious(password, 'kim.the.first')).toBe(obvious);
  });
});

describe('a login name', () => {
  // prettier-ignore
  it.each<[typed: string, plain: string, isOne: boolean]>([
    ['kim',              'kim',            true],
    [' KIM ',            'kim',            true],
    ['k',                'k',              false],
    ['kim.the-2nd_',     'kim.the-2nd_',   true],
    ['2kim',             '2kim',           false],
    ['kim lee',          'kim lee',        false],
    ['小金',              '小金',            false],
    ['k'.repeat(32),     'k'.repeat(32),   true],
    ['k'.repeat(33),     'k'.repeat(33),   false],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1', false],
  ])('%j is %j, which is one: %s', (typed, plain, isOne) => {
    expect([plainLoginName(typed), isLoginName(plain)]).toEqual([plain, isOne]);
  });
});

describe('a code on paper', () => {
  it('is read in groups, and taken however it is typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
      expect(isRecoveryCode(plainCode(` ${code.toLowerCase().replaceAll('-', ' ')} `))).toBe(true);
    }
    expect(newEnrolmentCode()).toMatch(/^([A-Z2-7]{4}-){7}[A-Z2-7]{4}$/);
    expect(isRecoveryCode(plainCode(newEnrolmentCode()))).toBe(false);
  });
});
