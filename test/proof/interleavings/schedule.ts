import { randomNumbers } from '../../../src/cli/replay/random.js';
import type { Step } from './interleaver.js';

/** Which of the two moves. */
export type Turn = 0 | 1;

/** Says, step by step, who of those that could move does. */
export interface Schedule {
  /** What makes it this one, for people. */
  readonly name: string;
  next(ready: readonly Turn[], steps: readonly Step[]): Turn;
}

/** One begins and goes on until it ends or must wait, except that it is interrupted at some steps. */
export interface Preemptive extends Schedule {
  /** The steps, counted from 0, at which the other moves although whoever moved last could. */
  readonly preemptions: readonly number[];
  readonly first: Turn;
}

export function preemptive(first: Turn, preemptions: readonly number[] = []): Preemptive {
  return {
    ...{ first, preemptions },
    name: `${first} begins, interrupted at [${preemptions.join(', ')}]`,
    next: (ready, steps) => {
      const last = steps.at(-1)?.turn ?? first;
      const preferred = preemptions.includes(steps.length) ? other(last) : last;
      return orWhoCan(ready, preferred);
    },
  };
}

/** The schedules with one interruption more than a run had, later than its last: so each one is met exactly once. */
export function furtherInterrupted({ first, preemptions }: Preemptive, steps: readonly Step[]): Preemptive[] {
  const after = preemptions.at(-1) ?? 0;
  return steps.flatMap(({ isChoice }, index) =>
    isChoice && index > after ? [preemptive(first, [...preemptions, index])] : [],
  );
}

/** At each step one of those who can move, drawn by lot; the same ones for the same seed. */
export function drawnByLot(seed: number): Schedule {
  const random = randomNumbers(seed);
  return { name: `drawn by lot ${seed}`, next: (ready) => orWhoCan(ready, random() < 0.5 ? 0 : 1) };
}

/** A course that was seen before, one digit for each step. Where it does not fit any more, whoever can move does. */
export function course(digits: string): Schedule {
  return { name: `course ${digits}`, next: (ready, steps) => orWhoCan(ready, digits[steps.length] === '1' ? 1 : 0) };
}

/** The digits by which `course` repeats a run. */
export function digitsOf(steps: readonly Step[]): string {
  return steps.map(({ turn }) => turn).join('');
}

function other(turn: Turn): Turn {
  return turn === 0 ? 1 : 0;
}

function orWhoCan(ready: readonly Turn[], preferred: Turn): Turn {
  return ready.includes(preferred) ? preferred : other(preferred);
}
