import { randomNumbers } from './random.js';

/** How a buyer pays for one order. */
export type Paying = 'ON_TIME' | 'LATE' | 'TWICE' | 'NEVER';

/** How the channel tells the shop of a payment on time. */
export interface Telling {
  readonly copies: number;
  /** Machine time. */
  readonly delayMilliseconds: number;
}

export interface Habit {
  readonly paying: Paying;
  /** Whether the phone at least asks for what it needs to pay; some who never pay do, some do not. */
  readonly startsPayment: boolean;
  /** How long after the end of the pay window a late payment comes, in business time. */
  readonly lateMinutes: number;
  readonly telling: Telling;
}

type Shares<Kind extends string> = Readonly<Record<Kind, number>>;

/** In percent of all orders. */
export const PAYING_PERCENT: Shares<Paying> = { ON_TIME: 88, LATE: 5, TWICE: 2, NEVER: 5 };

/** In percent of the payments on time. */
export const TELLING_PERCENT: Shares<'ONCE' | 'REPEATED' | 'DELAYED'> = { ONCE: 90, REPEATED: 6, DELAYED: 4 };

const LATE_MINUTES_MAX = 60;
const COPIES_MAX = 5;
const DELAY_MILLISECONDS_MAX = 2_000;

/** What the buyer of one line of the file does: the same for the same seed, however the lines are run. */
export function habitOf(seed: number, lineNumber: number): Habit {
  // The golden ratio spreads neighbouring lines over the whole range of seeds.
  const next = randomNumbers(seed ^ Math.imul(lineNumber, 0x9e3779b1));
  const paying = pick(PAYING_PERCENT, next());
  const startsPayment = paying !== 'NEVER' || next() < 0.5;
  const lateMinutes = wholeBetween(1, LATE_MINUTES_MAX, next());
  const telling = pick(TELLING_PERCENT, next());
  return {
    paying,
    startsPayment,
    lateMinutes,
    telling: {
      copies: telling === 'REPEATED' ? wholeBetween(2, COPIES_MAX, next()) : 1,
      delayMilliseconds: telling === 'DELAYED' ? wholeBetween(100, DELAY_MILLISECONDS_MAX, next()) : 0,
    },
  };
}

function pick<Kind extends string>(percent: Shares<Kind>, random: number): Kind {
  const kinds = Object.keys(percent) as [Kind, ...Kind[]];
  let left = random * 100;
  return kinds.find((kind) => (left -= percent[kind]) < 0) ?? kinds[0];
}

function wholeBetween(min: number, max: number, random: number): number {
  return min + Math.floor(random * (max - min + 1));
}
