import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { clearLeftovers, recordDirectory, recordProcess } from '../../src/cli/machine/leftovers.mjs';
import { identityOf } from '../../src/cli/machine/process-table.mjs';
import { temporaryDirectory } from './support.js';

let home: string;
let record: string;

beforeEach(async () => {
  home = await temporaryDirectory();
  record = join(home, 'processes');
});

/** A process that leads its group, as all do that a command starts. */
function aProcess(): ChildProcess {
  return spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1_000)'], { stdio: 'ignore', detached: true });
}

it('stops the processes and removes the directories that a killed command has left', async () => {
  const left = aProcess();
  const gone = once(left, 'exit');
  const directory = join(home, 'made');
  await mkdir(directory);
  recordDirectory(record, directory);
  recordProcess(record, left.pid!);

  await clearLeftovers(record);
  await gone;
  expect(existsSync(directory)).toBe(false);
  expect(existsSync(record)).toBe(false);
});

it('leaves a process alone that was given the id of a dead one, even if it runs the same command', async () => {
  const bystander = aProcess();
  const [pid, startedAt, ...commandLine] = identityOf(bystander.pid!)!.split(' ');
  await writeFile(record, `started ${[pid, Number(startedAt) - 1, ...commandLine].join(' ')}\n`);

  await clearLeftovers(record);
  expect(identityOf(bystander.pid!)).toBeDefined();
  bystander.kill('SIGKILL');
  await once(bystander, 'exit');
});

it('has nothing to do where nobody was before', async () => {
  await expect(clearLeftovers(record)).resolves.toBeUndefined();
});
