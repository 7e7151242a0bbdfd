import { readdir } from 'node:fs/promises';
import { beforeEach, expect, it } from '@jest/globals';
import { ANOTHER_MACHINE, processesOf, Run } from './run.js';
import { temporaryDirectory } from './support.js';

/** Everything that is made for the tests is made here. */
let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

function testing(
  suites: string[],
  { command = 'test.mjs', env = {} }: { command?: 'test.mjs' | 'test'; env?: NodeJS.ProcessEnv } = {},
): Run {
  const args = [
    '--testMatch',
    '<rootDir>/test/cli/suites/*.ts',
    ...(suites.length > 0 ? ['--testPathPatterns', ...suites] : []),
  ];
  return Run.start({ directory, command, args, env: { ...env, TMPDIR: directory } });
}

/** What is left of a run; Jest keeps its cache in the same place. */
async function leftovers(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('haotuan-'));
}

// prettier-ignore
it.each<[what: string, suites: string[], exitCode: number, tally: string]>([
  ['a test that passes',                   ['passing'],            0, '1 passed, 0 failed'],
  ['a test that fails beside one that passes', ['passing', 'failing'], 1, '1 passed, 1 failed'],
  ['a suite that cannot run',              ['broken'],             1, '0 passed, 1 failed'],
  ['no such suite',                        ['nowhere'],            1, '0 passed, 1 failed'],
])('says how many passed and failed in its last line, after %s', async (_, suites, exitCode, tally) => {
  const run = testing(suites);
  await expect(run.exitCode).resolves.toBe(exitCode);
  expect(run.output.trimEnd().split('\n').at(-1)).toBe(tally);
  await expect(processesOf(directory)).resolves.toEqual([]);
  await expect(leftovers()).resolves.toEqual([]);
});

it('says so, before that line, when the disk is full', async () => {
  const run = testing(['passing'], { env: { ...ANOTHER_MACHINE, FREE_MEGABYTES: '64' } });
  await expect(run.exitCode).resolves.toBe(1);
  expect(run.output).toMatch(
    /\nThe disk is full: 64 MB are free, a database needs 512 MB\. Make room in .*\n\n0 passed, 1 failed\n$/,
  );
  await expect(leftovers()).resolves.toEqual([]);
});

// prettier-ignore
it.each<[how: string, command: 'test.mjs' | 'test', signal: NodeJS.Signals]>([
  ['with Ctrl-C',              'test.mjs', 'SIGINT'],
  ['by being killed',          'test.mjs', 'SIGKILL'],
  ['by the end of npm',        'test',     'SIGTERM'],
])('leaves nothing running and no database when it is interrupted %s', async (_, command, signal) => {
  const run = testing(['waiting'], { command });
  await run.says('waiting to be interrupted');
  run.kill(signal);
  await run.exitCode;
  await run.leavesNothingRunning();
  await expect(leftovers()).resolves.toEqual([]);
});
