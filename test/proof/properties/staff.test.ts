import { describe, expect, it } from '@jest/globals';
import { base32, fromBase32 } from '../../../src/identity/staff/base32.js';
import { isPasswordObvious, isPasswordOfLength, normalPassword } from '../../../src/identity/staff/password.rules.js';
import { isRecoveryCode, plainCode } from '../../../src/identity/staff/staff-codes.js';
import { acceptedStep, isTotpCode, totpCode, totpStepAt } from '../../../src/identity/staff/totp.rules.js';
import { fc } from './seeded.js';

const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes));
const times = fc.integer({ min: 3_600, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1_000));

describe('a code of an authenticator', () => {
  it('is accepted for one step at most, near the present, and for that step it is the code', () => {
    const lasts = fc.option(fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(secrets, times, fc.integer({ min: -4, max: 4 }), lasts, (secret, now, drift, last) => {
        const current = totpStepAt(now);
        const code = totpCode(secret, current + drift);
        const lastStep = last === null ? null : current + last;
        const step = acceptedStep(secret, code, now, lastStep);
        if (step === null) return;
        expect(Math.abs(step - current)).toBeLessThanOrEqual(1);
        expect(step).toBeGreaterThan(lastStep ?? -1);
        expect(totpCode(secret, step)).toBe(code);
      }),
    );
  });

  it('shown in time is accepted once: never again, however often and whenever it is repeated', () => {
    fc.assert(
      fc.property(secrets, times, fc.integer({ min: -1, max: 1 }), fc.nat(120), (secret, now, drift, secondsLater) => {
        const code = totpCode(secret, totpStepAt(now) + drift);
        const step = acceptedStep(secret, code, now, null);
        expect(step).not.toBeNull();
        const again = acceptedStep(secret, code, new Date(now.getTime() + secondsLater * 1_000), step);
        // Another step may have the same six digits by chance, but the step is never the same.
        expect(again === null || again > step!).toBe(true);
      }),
    );
  });

  it('is of a later step each time that one is accepted, whatever codes are shown in whatever order', () => {
    const shown = fc.array(fc.record({ drift: fc.integer({ min: -2, max: 2 }), pauseSeconds: fc.nat(60) }));
    fc.assert(
      fc.property(secrets, times, shown, (secret, start, codes) => {
        let [now, last]: [number, number | null] = [start.getTime(), null];
        for (const { drift, pauseSeconds } of codes) {
          now += pauseSeconds * 1_000;
          const code = totpCode(secret, totpStepAt(new Date(now)) + drift);
          const step = acceptedStep(secret, code, new Date(now), last);
          expect(step === null || step > (last ?? -1)).toBe(true);
          last = step ?? last;
        }
      }),
    );
  });

  it('is six digits, and nothing else is one', () => {
    fc.assert(fc.property(secrets, fc.nat(), (secret, step) => isTotpCode(totpCode(secret, step))));
    const others = fc.string({ unit: 'binary' }).filter((text) => !/^[0-9]{6}$/.test(text));
    fc.assert(
      fc.property(others, secrets, times, (text, secret, now) => acceptedStep(secret, text, now, null) === null),
    );
  });
});

describe('a password', () => {
  it('is the same however it is composed, and stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const kept = normalPassword(typed);
        expect(normalPassword(kept)).toBe(kept);
        expect(normalPassword(typed.normalize('NFD'))).toBe(kept);
      }),
    );
  });

  it('fits by the characters that are hashed, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 140, size: 'max' }), (typed) => {
        const { length } = Array.from(normalPassword(typed));
        expect(isPasswordOfLength(typed)).toBe(length >= 12 && length <= 128);
      }),
    );
  });

  it('is obvious if it is the login name over and over, in any case, and no more when anything is added', () => {
    const names = fc.stringMatching(/^[a-z][a-z0-9._-]{1,31}$/);
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 5 }), fc.constantFrom('!', '密', '+', ' '), (name, times, added) => {
        expect(isPasswordObvious(name.repeat(times).toUpperCase(), name)).toBe(true);
        expect(isPasswordObvious(name.repeat(times) + added, name)).toBe(false);
      }),
    );
  });
});

describe('a code on paper', () => {
  it('comes back as the bytes that it was made of, however it is typed', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 }).map((all) => Buffer.from(all));
    const blanks = fc.array(fc.constantFrom('', ' ', '-', '\t'), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes, blanks, fc.boolean(), (made, between, isSmall) => {
        const code = base32(made);
        const spaced = Array.from(code, (letter, at) => letter + between[at]!).join('');
        const typed = isSmall ? spaced.toLowerCase() : spaced;
        expect(plainCode(typed)).toBe(code);
        expect(isRecoveryCode(plainCode(typed))).toBe(true);
        expect(fromBase32(code).equals(made)).toBe(true);
      }),
    );
  });
});
