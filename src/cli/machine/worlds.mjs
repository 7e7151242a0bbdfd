/** The environments that programs run in: the developer's own, or one that is gone when the command ends. */
import { join } from 'node:path';
import { credentialsIn } from './credentials.mjs';
import { runningDatabaseUrl, startThrowawayDatabase } from './database.mjs';
import { dataDirectory, readEnvFile } from './environment.mjs';

/**
 * An empty database and fresh credentials for both sides of WeChat, on ports that are free when they are asked for.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function throwawayWorld(lifetime) {
  const directory = await lifetime.temporaryDirectory();
  const [database, { server, emulator }] = await Promise.all([
    startThrowawayDatabase(lifetime, directory),
    credentialsIn(lifetime, join(directory, 'wechat')),
  ]);
  // A developer's own settings must not decide whether tests pass, so `.env` is not read here.
  const ports = { HTTP_PORT: '0', EMULATOR_PORT: '0' };
  return { ...process.env, ...server, ...emulator, ...ports, NODE_ENV: 'test', DATABASE_URL: database.url };
}

/**
 * The database that DATABASE_URL names, with the environment as it is; else the one that `up` keeps running, with its credentials.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function runningWorld(lifetime) {
  readEnvFile();
  if (process.env['DATABASE_URL']) return process.env;
  const directory = dataDirectory();
  const DATABASE_URL = await runningDatabaseUrl(directory);
  const { server } = await credentialsIn(lifetime, join(directory, 'wechat'));
  return { NODE_ENV: 'development', ...process.env, ...server, DATABASE_URL };
}
