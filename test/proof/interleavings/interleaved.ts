import type { Run } from './interleaver.js';
import type { Pair } from './pair.js';
import { digitsOf, type Schedule } from './schedule.js';

const STATEMENT_CHARACTERS = 140;

/** An interleaving that came to something which it must not. */
export class Interleaved extends Error {
  override readonly name = 'Interleaved';
}

/** Says what a run came to, how to repeat it, and who sent which statement when. */
export function complaint(
  { name }: Pair,
  schedule: Schedule,
  { steps }: Run,
  what: readonly string[],
  cause?: unknown,
): Interleaved {
  const statements = steps.map(
    ({ turn, statement }, step) => `${step}. ${turn}: ${statement.replace(/\s+/g, ' ').slice(0, STATEMENT_CHARACTERS)}`,
  );
  const repeat = `repeat it with PROOF_COURSE=${digitsOf(steps)}`;
  const lines = [`${name} (${schedule.name}) came to ${what.join('\n')}`, repeat, ...statements];
  return new Interleaved(lines.join('\n'), { cause });
}
