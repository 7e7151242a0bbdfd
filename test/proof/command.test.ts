import { readdir } from 'node:fs/promises';
import { beforeEach, expect, it } from '@jest/globals';
import { processesOf, Run } from '../cli/run.js';
import { temporaryDirectory } from '../cli/support.js';

/** Everything that is made for the tests is made here. */
let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

const proving = (...args: string[]): Run =>
  Run.start({ directory, command: 'prove.mjs', args, env: { TMPDIR: directory } });

/** What is left of a run. */
async function leftovers(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('haotuan-'));
}

it('puts a bug into a copy, tells which test has caught it, sums up in its last line, and leaves nothing', async () => {
  const run = proving('--only', 'the heir of a team is who paid last');
  await expect(run.exitCode).resolves.toBe(0);
  expect(run.output).toMatch(
    /\ncaught the heir of a team is who paid last by heirOf is .* \(test\/teams\/team\.rules\.test\.ts, /,
  );
  expect(run.output.trimEnd().split('\n').at(-1)).toBe('prove: 1 bugs, 1 caught, 0 not caught, 0 proving nothing');
  await expect(processesOf(directory)).resolves.toEqual([]);
  await expect(leftovers()).resolves.toEqual([]);
});

it.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])(
  'leaves nothing running and no copy when it is ended by %s',
  async (signal) => {
    const run = proving('--only', 'more is reserved than there is');
    await run.says('passes without a bug');
    run.kill(signal);
    await run.exitCode;
    await run.leavesNothingRunning();
    await expect(leftovers()).resolves.toEqual([]);
  },
);

it('says which option it cannot follow, and what it takes', async () => {
  const run = proving('--rotate', 'some', '--seed', '1');
  await expect(run.exitCode).resolves.toBe(2);
  expect(run.output).toContain('prove: --rotate takes a whole number from 1 on, not "some"\nnpm run prove -- ');
});
