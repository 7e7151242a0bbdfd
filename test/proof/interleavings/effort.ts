import type { Effort } from './prove.js';

const SEED = 5;
/** What `npm test` tries of each pair: well under a minute in all. */
const SHORT = { interrupted: 4, drawnByLot: 4 };

/**
 * How much is tried of each pair, as the environment says. PROOF_SCHEDULES asks for every schedule with at most two interruptions and so many
 * drawn by lot, PROOF_SEED draws others, PROOF_COURSE repeats one that a failure has named.
 */
export function effortOf({ PROOF_SCHEDULES, PROOF_SEED, PROOF_COURSE }: NodeJS.ProcessEnv): Effort {
  const seed = PROOF_SEED === undefined ? SEED : wholeNumber('PROOF_SEED', PROOF_SEED);
  const amount =
    PROOF_SCHEDULES === undefined
      ? SHORT
      : { interrupted: 'ALL' as const, drawnByLot: wholeNumber('PROOF_SCHEDULES', PROOF_SCHEDULES) };
  if (PROOF_COURSE === undefined) return { ...amount, seed };
  if (!/^[01]+$/.test(PROOF_COURSE)) throw new Error(`PROOF_COURSE must be digits 0 and 1, not "${PROOF_COURSE}"`);
  return { ...amount, seed, course: PROOF_COURSE };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}
