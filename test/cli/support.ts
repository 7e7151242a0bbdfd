import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';

const directories: string[] = [];
const lifetimes: Lifetime[] = [];

/** A new directory, removed after the last test of the file. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'haotuan-cli-'));
  directories.push(directory);
  return directory;
}

/** A lifetime that ends with the test, as a command's ends with the command. */
export function lifetimeOfTest(): Lifetime {
  const lifetime = new Lifetime();
  lifetimes.push(lifetime);
  return lifetime;
}

afterEach(async () => {
  for (const lifetime of lifetimes.splice(0)) await lifetime.end();
});

afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});
