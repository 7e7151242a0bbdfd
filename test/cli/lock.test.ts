import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { commandLineOf } from '../../src/cli/machine/command-line.mjs';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { holdDirectory } from '../../src/cli/machine/lock.mjs';
import { temporaryDirectory } from './support.js';

const NOBODY = 4_194_305; // One more than Linux gives out.
let directory: string;
let lock: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  lock = join(directory, 'lock');
});

it('lets a directory be held by one living process', async () => {
  await writeFile(lock, `${process.ppid} ${await commandLineOf(process.ppid)}`);
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
  await expect(readFile(lock, 'utf8')).resolves.toBe(`${process.pid} ${await commandLineOf(process.pid)}`);
  await lifetime.end();
  await expect(readFile(lock, 'utf8')).rejects.toThrow(/ENOENT/);
});
