import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from '@jest/globals';
import { identityOf } from '../../src/cli/machine/process-table.mjs';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { alone, holdDirectory } from '../../src/cli/machine/lock.mjs';
import { temporaryDirectory } from './support.js';

const NOBODY = 4_194_305; // One more than Linux gives out.
let directory: string;
let lock: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  lock = join(directory, 'lock');
});

it('lets a directory be held by one living process', async () => {
  await writeFile(lock, identityOf(process.ppid)!);
  await expect(holdDirectory(new Lifetime(), directory)).rejects.toThrow(/Already running here, as process \d+/);
});

it.each([
  ['a dead process', `${NOBODY} node up.mjs`],
  ['another program that was given the id', `${process.ppid} node up.mjs`],
  ['ourselves, restarted under the same id', `${process.pid} node up.mjs`],
  ['nobody, cut short while it was written', ''],
])('is taken over from %s', async (_, theirs) => {
  await writeFile(lock, theirs);
  const lifetime = new Lifetime();
  await holdDirectory(lifetime, directory);
  await expect(readFile(lock, 'utf8')).resolves.toBe(identityOf(process.pid));
  await lifetime.end();
  await expect(readFile(lock, 'utf8')).rejects.toThrow(/ENOENT/);
});

it('is taken over from the same command under the same id, if that is another start of it', async () => {
  const [pid, startedAt, ...commandLine] = identityOf(process.ppid)!.split(' ');
  await writeFile(lock, [pid, Number(startedAt) - 1, ...commandLine].join(' '));
  const lifetime = new Lifetime();
  await holdDirectory(lifetime, directory);
  await expect(readFile(lock, 'utf8')).resolves.toBe(identityOf(process.pid));
  await lifetime.end();
});

it('makes one wait until another has done the same work, or has died over it', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1_000)'], { stdio: 'ignore' });
  await writeFile(lock, identityOf(other.pid!)!);
  const order: string[] = [];
  const lifetime = new Lifetime();
  const waiting = alone(lifetime, lock, async () => {
    order.push('we begin');
    await expect(readFile(lock, 'utf8')).resolves.toBe(identityOf(process.pid));
  });
  await sleep(300);
  order.push('the other dies');
  other.kill('SIGKILL');
  await waiting;
  expect(order).toEqual(['the other dies', 'we begin']);
  await expect(readFile(lock, 'utf8')).rejects.toThrow(/ENOENT/);
  await lifetime.end();
});
