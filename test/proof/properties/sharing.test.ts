import { describe, expect, it } from '@jest/globals';
import { secondsAfter, shortened } from '#common';
import { stepAt } from '../../../src/sharing/artifact.rules.js';
import { secondsUntil, windowOf } from '../../../src/sharing/quota.rules.js';
import { newSceneCode, readScene, SCENE_CHARACTERS } from '../../../src/sharing/scene.rules.js';
import { QUOTAS, type QuotaKind } from '../../../src/sharing/sharing.limits.js';
import { fc } from './seeded.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const draws = fc.array(fc.nat(61), { minLength: SCENE_CHARACTERS, maxLength: SCENE_CHARACTERS });
const codes = draws.map((drawn) => {
  const left = [...drawn];
  return newSceneCode(() => left.shift()!);
});

describe('the code of a scene', () => {
  it('has ten letters and digits, and says which were drawn', () => {
    fc.assert(
      fc.property(codes, codes, draws, draws, (one, other, first, second) => {
        for (const code of [one, other]) expect(code).toMatch(/^[0-9A-Za-z]{10}$/);
        const coded = (drawn: number[]): string => {
          const left = [...drawn];
          return newSceneCode(() => left.shift()!);
        };
        expect(coded(first) === coded(second)).toBe(first.join() === second.join());
      }),
    );
  });

  it('comes back from whatever a page is given with it', () => {
    const wrapped = fc.tuple(codes, fc.nat(2), fc.constantFrom('', 'scene=', '?scene=', 'id=1&scene='));
    fc.assert(
      fc.property(wrapped, ([code, times, before]) => {
        let given = before + code;
        for (let time = 0; time < times; time += 1) given = encodeURIComponent(given);
        expect(readScene(given)).toBe(code);
      }),
    );
  });

  it('is read from any text as what a code can carry, or as nothing; it never fails', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (given) => {
        expect(readScene(given) ?? 'x').toMatch(/^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/);
      }),
    );
  });
});

it('a title is never longer than it may be, begins as it was, and is whole if it fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
      const shown = shortened(text, max);
      expect(Array.from(shown).length).toBeLessThanOrEqual(max);
      expect(Buffer.from(shown).toString()).toBe(shown); // No half of a character.
      if (Array.from(text).length <= max) expect(shown).toBe(text);
      else expect([shown.endsWith('…'), text.startsWith(shown.slice(0, -1))]).toEqual([true, true]);
    }),
  );
});

it('every instant lies in one window, which begins where the one before ended', () => {
  const kinds = fc.constantFrom(...(Object.keys(QUOTAS) as QuotaKind[]));
  const instants = fc.integer({ min: -1e9, max: 1e9 }).map((ms) => new Date(NOW.getTime() + ms));
  fc.assert(
    fc.property(kinds, instants, (kind, now) => {
      const { startsAt, endsAt } = windowOf(kind, now);
      expect(startsAt.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(endsAt.getTime()).toBeGreaterThan(now.getTime());
      expect(windowOf(kind, new Date(startsAt.getTime() - 1)).endsAt).toEqual(startsAt);
      expect(windowOf(kind, secondsAfter(now, secondsUntil(endsAt, now))).startsAt).toEqual(endsAt);
    }),
  );
});

it('of any code or link there is something to do; it is used only while it lives, and made only if nobody is at it', () => {
  const maybe = fc.option(fc.integer({ min: -1e6, max: 1e6 }).map((seconds) => secondsAfter(NOW, seconds)));
  const any = fc.record({
    address: fc.option(fc.constant('x')),
    ...{ expiresAt: maybe, leaseUntil: maybe },
    problem: fc.option(fc.constant('LIMIT' as const)),
  });
  fc.assert(
    fc.property(any, (artifact) => {
      const { address, expiresAt, leaseUntil } = artifact;
      const isAlive = address !== null && (expiresAt === null || expiresAt > NOW);
      const isTaken = leaseUntil !== null && leaseUntil > NOW;
      const step = stepAt(artifact, NOW);
      if (step === 'USE') expect(isAlive).toBe(true);
      else if (step === 'MAKE') expect(isTaken).toBe(false);
      else expect([isAlive, isTaken]).toEqual([false, true]);
    }),
  );
});
