/** The databases that commands work on: the developer's own, and ones that live as long as a command. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesIn } from './data-directory.mjs';
import { discardUnused, startPrivateServer } from './private-server.mjs';
import { greets } from './readiness.mjs';
import { during, Trouble } from './say.mjs';
import { ensureServerBinary } from './server-binary.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */

/** @param {string} dataDirectory */
const urlFile = (dataDirectory) => join(dataDirectory, 'database.url');

/**
 * Starts the developer's database and tells other commands where it is while it runs. What is in it is kept, once `keep` has
 * been called: until then its tables are half-made, and the next start makes it anew.
 *
 * @param {Lifetime} lifetime
 * @param {string} dataDirectory
 */
export async function startDatabase(lifetime, dataDirectory) {
  const directory = join(dataDirectory, 'database');
  const binary = await ensureServerBinary(lifetime);
  await discardUnused(directory);
  const server = await during('Starting the database', () => startPrivateServer(lifetime, binary, directory));
  await rm(urlFile(dataDirectory), { force: true });
  await writeFile(urlFile(dataDirectory), server.url, { mode: 0o600 });
  lifetime.onEnd(() => rm(urlFile(dataDirectory), { force: true }));
  return { ...server, keep: () => rm(filesIn(directory).unused, { force: true }) };
}

/**
 * Starts an empty database that is gone when the command ends. As durable as the real one, because the server
 * refuses any other; its account may create further databases, one for each worker of the tests.
 *
 * @param {Lifetime} lifetime
 * @param {string} [directory]
 */
export async function startThrowawayDatabase(lifetime, directory) {
  const place = directory ?? (await lifetime.temporaryDirectory());
  return startPrivateServer(lifetime, await ensureServerBinary(lifetime), join(place, 'database'), { grants: '*.*' });
}

/**
 * The address of the developer's database, which `up` keeps running.
 *
 * @param {string} dataDirectory
 * @throws Trouble when it does not run
 */
export async function runningDatabaseUrl(dataDirectory) {
  const file = urlFile(dataDirectory);
  // A killed `up` leaves the file behind, so the server itself is asked as well.
  const url = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  if (url && (await greets(Number(new URL(url).port)))) return url;
  throw new Trouble(
    'No database is running. Start one with `npm run up`, or set DATABASE_URL=mysql://USER:PASSWORD@HOST:3306/DATABASE',
  );
}
