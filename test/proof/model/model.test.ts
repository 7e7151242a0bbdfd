import { afterAll, expect, it } from '@jest/globals';
import { KINDS } from './commands/index.js';
import { effortOf } from './effort.js';
import { ANSWERS, SURFACE } from './surface.js';
import { Walk } from './walk.js';

const DAY_MILLISECONDS = 86_400_000;
/** As many as come to every answer, however rare. */
const RUNS_FOR_EVERY_ANSWER = 500;

const effort = effortOf(process.env);
const walk = new Walk(effort);

afterAll(() => walk.close());

it('sends every mutation of the API', () => {
  const sent = new Set(KINDS.flatMap(({ mutations }) => mutations));
  expect(SURFACE.filter((mutation) => !sent.has(mutation))).toEqual([]);
});

it(
  'keeps every promise, whatever people, WeChat, the clock and the machines do, in whichever order',
  async () => {
    const failure = await walk.go();
    const unheard = walk.figures.unheard(ANSWERS);
    if (effort.isLong || failure) {
      process.stderr.write(`${walk.figures.table}\nnever answered: ${unheard.join(', ') || 'nothing'}\n`);
    }
    expect(failure && [...failure.trace, failure.why, failure.again].join('\n')).toBeNull();
    if (effort.runs >= RUNS_FOR_EVERY_ANSWER) expect(unheard).toEqual([]);
  },
  DAY_MILLISECONDS,
);
