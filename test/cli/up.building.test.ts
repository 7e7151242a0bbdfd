import { cp, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { ROOT } from '../../src/cli/machine/environment.mjs';
import { Run, twoPorts } from './run.js';
import { temporaryDirectory } from './support.js';

const FILES = ['src', 'migrations', 'package.json', 'package-lock.json', '.swcrc', 'nest-cli.json', 'tsconfig.json'];

/** A checkout of its own, so that nobody else's build is disturbed. */
let checkout: string;

beforeAll(async () => {
  checkout = join(await temporaryDirectory(), 'haotuan');
  for (const file of FILES) await cp(join(ROOT, file), join(checkout, file), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
});

/** A start that needs no database: it gets as far as looking for one, and that needs the build. */
async function start(): Promise<Run> {
  const directory = join(await temporaryDirectory(), 'data');
  const env = { ...(await twoPorts()), DATABASE_URL: 'postgres://elsewhere' };
  return Run.start({ directory, command: 'up.mjs', checkout, env });
}

async function expectBuilt(run: Run): Promise<void> {
  await expect(run.exitCode).resolves.toBe(1);
  expect(run.output).toContain('DATABASE_URL is not an address');
}

it('builds once if two start at the same time, and not at all the next time', async () => {
  await rm(join(checkout, 'dist'), { recursive: true, force: true });
  const both = await Promise.all([start(), start()]);
  for (const run of both) await expectBuilt(run);
  expect(both.filter(({ output }) => output.includes('Building ...'))).toHaveLength(1);

  const next = await start();
  await expectBuilt(next);
  expect(next.output).not.toContain('Building');
});

it('builds again when the last build was killed', async () => {
  await rm(join(checkout, 'dist/.stamp'));
  const killed = await start();
  await killed.says('Building ...');
  killed.kill('SIGKILL');
  await killed.leavesNothingRunning();
  await expect(readFile(join(checkout, 'dist/.stamp'))).rejects.toThrow(/ENOENT/);

  const next = await start();
  await expectBuilt(next);
  expect(next.output).toMatch(/Building: \d/);
});
