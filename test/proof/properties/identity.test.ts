import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import { maskName, type Session } from '#identity';
import { isNameLegible, isNameOfLength, NICKNAME_CHARACTERS_MAX, tidyName } from '../../../src/identity/name.rules.js';
import { isOwnToken, REFRESH_GRACE_SECONDS, refreshVerdict } from '../../../src/identity/session.rules.js';
import { fc } from './seeded.js';

/** What people see as one character each, and stays one whatever stands beside it. */
const CHARACTERS = ['张', '小', '𠮷', 'a', 'Z', 'é', '7', 'क्ष', '👨‍👩‍👧', '🎈'];
const characters = (minLength: number): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom(...CHARACTERS), { minLength, maxLength: NICKNAME_CHARACTERS_MAX });

describe('a masked name', () => {
  it('tells of the first and the last character and of nothing between, not even how much', () => {
    fc.assert(
      fc.property(characters(3), characters(1), (name, between) => {
        const other = [name.at(0), ...between, name.at(-1)].join('');
        expect(maskName(name.join(''))).toBe(`${name.at(0)!}**${name.at(-1)!}`);
        expect(maskName(other)).toBe(maskName(name.join('')));
      }),
    );
  });

  it('of two characters is the same whatever the second is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHARACTERS), characters(1), (first, [second, third = '小']) => {
        expect(maskName(first + second!)).toBe(maskName(first + third));
      }),
    );
  });

  it('is the same whatever signs and blanks stand between its characters', () => {
    const signs = fc.array(fc.constantFrom('', ' ', '·', '~', '|', '。'), { minLength: 41, maxLength: 41 });
    fc.assert(
      fc.property(characters(1), signs, (name, between) => {
        const adorned = name.map((character, at) => between[at]! + character).join('') + between.at(-1)!;
        expect(maskName(adorned)).toBe(maskName(name.join('')));
      }),
    );
  });
});

describe('a name', () => {
  it('that is tidy stays as it is: composed, and without blanks around it', () => {
    const blanks = fc.constantFrom(' ', '\t', '\n', '\u3000', '\u00A0', 'e', '\u0301');
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(blanks, fc.string({ unit: 'binary', maxLength: 1 })) }), (name) => {
        const kept = tidyName(name);
        expect(tidyName(kept)).toBe(kept);
        expect(kept).toBe(kept.normalize('NFC'));
        expect(kept).not.toMatch(/^\s|\s$/);
      }),
    );
  });

  it('fits by what people see: up to twenty characters, whatever they are composed of', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 25, size: 'max' }), (name) => {
        expect(isNameOfLength(name.join(''))).toBe(name.length >= 1 && name.length <= NICKNAME_CHARACTERS_MAX);
      }),
    );
  });

  it('cannot be told from another by what leaves no mark, wherever it stands', () => {
    const unseen = fc.constantFrom(
      ...'\0\t\n\x7F\x85\xAD\u061C\u200B\u200C\u200E\u200F\u2028\u202E\u2060\u2066\u2800\u3164\uFEFF\u06DD\uFFF9',
    );
    fc.assert(
      fc.property(characters(1), unseen, fc.nat(NICKNAME_CHARACTERS_MAX), (name, character, at) => {
        expect(isNameLegible(name.join(''))).toBe(true);
        expect(isNameLegible(name.toSpliced(at, 0, character).join(''))).toBe(false);
      }),
    );
  });
});

describe('a refresh token', () => {
  const startedAt = new Date('2026-05-01T12:00:00.000Z');
  const hashOf = (generation: number): Buffer => Buffer.alloc(32, generation);

  /** Around the bounds, where verdicts change. */
  const seconds = fc.constantFrom(
    0,
    1,
    REFRESH_GRACE_SECONDS - 1,
    REFRESH_GRACE_SECONDS,
    REFRESH_GRACE_SECONDS + 1,
    90,
  );

  /** A session after some rotations, each so many seconds after the one before, and a token of some generation that is shown later. */
  const shown = fc.record({
    gaps: fc.array(fc.integer({ min: 1, max: 2 * REFRESH_GRACE_SECONDS }), { maxLength: 3 }),
    age: fc.nat(3),
    secondsLater: seconds,
    lastsSeconds: seconds,
    isRevoked: fc.constantFrom(false, false, false, true),
  });
  type Shown = typeof shown extends fc.Arbitrary<infer Value> ? Value : never;

  function standing({ gaps, age, secondsLater, lastsSeconds, isRevoked }: Shown) {
    const newest = gaps.length + 1;
    const rotatedAt = gaps.reduce(secondsAfter, startedAt);
    const session = Object.assign({} as Session, {
      refreshHash: hashOf(newest),
      previousHash: newest > 1 ? hashOf(newest - 1) : null,
      rotatedAt,
      expiresAt: secondsAfter(rotatedAt, lastsSeconds),
      revokedAt: isRevoked ? startedAt : null,
    });
    return { session, token: hashOf(Math.max(0, newest - age)), now: secondsAfter(rotatedAt, secondsLater) };
  }

  it('is worth something only while its session lasts, and then only if it is the newest or has just been replaced', () => {
    fc.assert(
      fc.property(shown, (each) => {
        const { session, token, now } = standing(each);
        const isOver = each.isRevoked || each.secondsLater >= each.lastsSeconds;
        const isRepeat = each.age === 1 && each.gaps.length > 0 && each.secondsLater < REFRESH_GRACE_SECONDS;
        const expected = isOver ? 'ENDED' : each.age === 0 ? 'ROTATE' : isRepeat ? 'REPEAT' : 'REUSED';
        expect(refreshVerdict(session, token, now)).toBe(expected);
      }),
    );
  });

  it('is never worth more later than it is now', () => {
    const WORTH = ['ROTATE', 'REPEAT', 'REUSED', 'ENDED'];
    fc.assert(
      fc.property(shown, seconds, (each, more) => {
        const { session, token, now } = standing(each);
        const [early, late] = [now, secondsAfter(now, more)].map((at) => refreshVerdict(session, token, at));
        expect(WORTH.indexOf(late!)).toBeGreaterThanOrEqual(WORTH.indexOf(early!));
      }),
    );
  });

  it('that is rotated or repeated is one that its phone was given', () => {
    fc.assert(
      fc.property(shown, (each) => {
        const { session, token, now } = standing(each);
        const isGood = ['ROTATE', 'REPEAT'].includes(refreshVerdict(session, token, now));
        expect(isGood && !isOwnToken(session, token)).toBe(false);
      }),
    );
  });
});
