import { describe, expect, it } from '@jest/globals';
import { type Habit, habitOf, PAYING_PERCENT, TELLING_PERCENT } from '../../src/cli/replay/habits.js';

const LINES = 20_000;

function habits(seed: number): Habit[] {
  return Array.from({ length: LINES }, (_, index) => habitOf(seed, index + 1));
}

function percentOf(all: readonly Habit[], test: (habit: Habit) => boolean): number {
  return (100 * all.filter(test).length) / all.length;
}

describe('habitOf', () => {
  it('is the same for the same seed and line, and another for another seed', () => {
    expect(habits(1)).toEqual(habits(1));
    expect(habits(1)).not.toEqual(habits(2));
  });

  it('does not depend on which lines were asked about before', () => {
    expect(habitOf(1, 17)).toEqual(habits(1)[16]);
  });

  it.each([1, 2, 4_294_967_295])('keeps the promised shares with seed %i', (seed) => {
    const all = habits(seed);
    for (const [paying, percent] of Object.entries(PAYING_PERCENT)) {
      expect(Math.abs(percentOf(all, (habit) => habit.paying === paying) - percent)).toBeLessThan(1);
    }
    const repeated = percentOf(all, ({ telling }) => telling.copies > 1);
    const delayed = percentOf(all, ({ telling }) => telling.delayMilliseconds > 0);
    expect(Math.abs(repeated - TELLING_PERCENT.REPEATED)).toBeLessThan(1);
    expect(Math.abs(delayed - TELLING_PERCENT.DELAYED)).toBeLessThan(1);
  });

  it('has everybody who pays start the payment, and of those who never pay about half', () => {
    const [never, others] = [habits(1).filter(isNever), habits(1).filter((habit) => !isNever(habit))];
    expect(others.every(({ startsPayment }) => startsPayment)).toBe(true);
    expect(Math.abs(percentOf(never, ({ startsPayment }) => startsPayment) - 50)).toBeLessThan(5);
  });

  it('has late payments come from a minute to an hour after the window', () => {
    const minutes = habits(1).map(({ lateMinutes }) => lateMinutes);
    expect([Math.min(...minutes), Math.max(...minutes)]).toEqual([1, 60]);
  });
});

function isNever({ paying }: Habit): boolean {
  return paying === 'NEVER';
}
