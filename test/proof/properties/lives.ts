import { describe, expect, it } from '@jest/globals';
import type { StateMachine } from '#common';

/** What must be true of a life, whichever way it goes. */
export interface LifePromises<Status extends string> {
  readonly first: Status;
  readonly ends: readonly Status[];
  /** The ways that it is there for, each from a status to the next. */
  readonly ways: readonly (readonly Status[])[];
  /** Where it may stand more than once. */
  readonly again?: readonly Status[];
  /** What never follows what, however many moves lie between. */
  readonly never: readonly (readonly [earlier: Status, later: Status])[];
}

/** Every status that can follow one, at once or later. A life has a dozen statuses, so it is walked whole and nothing is left to chance. */
export function later<Status extends string>({ moves }: StateMachine<Status>, from: Status): Set<Status> {
  const seen = new Set<Status>();
  const waiting = [...moves[from]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...moves[next]);
  }
  return seen;
}

/** Tests what every life must keep, and what this one must. */
export function itLives<Status extends string>(
  what: string,
  life: StateMachine<Status>,
  { first, ends, ways, again = [], never }: LifePromises<Status>,
): void {
  const statuses = Object.keys(life.moves) as Status[];

  describe(`the life of ${what}`, () => {
    it(`leads from ${first} to every status that there is`, () => {
      expect(new Set([first, ...later(life, first)])).toEqual(new Set(statuses));
    });

    it.each(ways.map((way) => ({ way, arrows: way.join(' -> ') })))('can go $arrows', ({ way }) => {
      const steps = way.slice(1).map((to, index) => ({ from: way[index]!, to }));
      expect(steps.filter(({ from, to }) => !life.allows(from, to))).toEqual([]);
    });

    it(`ends as ${ends.join(' or ')} and nowhere else, and nothing follows`, () => {
      const followed = statuses.filter((status) => statuses.some((next) => life.allows(status, next)));
      expect(statuses.filter((status) => life.isTerminal(status)).toSorted()).toEqual(ends.toSorted());
      expect(statuses.filter((status) => !followed.includes(status)).toSorted()).toEqual(ends.toSorted());
    });

    it('can still end from wherever it stands', () => {
      const stuck = statuses.filter((from) => !ends.includes(from) && ends.every((end) => !later(life, from).has(end)));
      expect(stuck).toEqual([]);
    });

    it(`stands at most once at each status${again.length > 0 ? ` but ${again.join(', ')}` : ''}`, () => {
      expect(statuses.filter((status) => later(life, status).has(status)).toSorted()).toEqual(again.toSorted());
    });

    it('takes the moves that it names and no other', () => {
      const allowed = statuses.flatMap((from) =>
        statuses.filter((to) => life.allows(from, to)).map((to) => [from, to]),
      );
      const named = statuses.flatMap((from) =>
        statuses.filter((to) => life.moves[from].includes(to)).map((to) => [from, to]),
      );
      expect(allowed).toEqual(named);
    });

    it.each(never)('never leads from %s to %s', (earlier, status) => {
      expect([...later(life, earlier)]).not.toContain(status);
    });
  });
}
