import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effortOf } from './effort.js';
import { Ground } from './ground.js';
import { endSoundly } from './ending.js';
import type { Pair } from './pair.js';
import { PAIRS } from './pairs/index.js';
import { type Proof, Prover } from './prove.js';

const effort = effortOf(process.env);
const HOUR_MILLISECONDS = 3_600_000;

let ground: Ground;

beforeAll(async () => {
  ground = await Ground.open();
});
afterAll(async () => {
  await ground.close();
});

/** A run of hours says how it gets on. */
function tell({ name }: Pair, { schedules, statements, lockWaits, ends }: Proof, milliseconds: number): void {
  if (process.env['PROOF_SCHEDULES'] === undefined) return;
  const seen = ends.map(({ answers, times }) => `${answers.join(' / ')} ${times}`).join(', ');
  const took = `${(milliseconds / 1_000).toFixed(0)} s`;
  process.stderr.write(
    `${name}: ${schedules} schedules, ${statements} statements, ${lockWaits} lock waits, ${took}; ${seen}\n`,
  );
}

describe('two who act at the same time come to what one after the other could come to', () => {
  it.each(PAIRS.map((pair) => ({ name: pair.name, pair })))(
    '$name',
    async ({ pair }) => {
      const startedAt = performance.now();
      const proof = await new Prover(ground, pair, effort).prove();
      ground.shop.statements.statements.length = 0; // A full run would fill the memory with them.
      tell(pair, proof, performance.now() - startedAt);
      expect(proof.ends.filter(({ times }) => times === 0)).toEqual([]);
    },
    HOUR_MILLISECONDS,
  );
});

it(
  'leaves books, seats and stock sound after all of it',
  async () => {
    await endSoundly(ground);
  },
  HOUR_MILLISECONDS,
);
