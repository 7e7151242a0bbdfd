/** Where things are and which ports they use, as the environment and `.env` say. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Trouble } from './say.mjs';

export const ROOT = resolve(import.meta.dirname, '../../..');

/**
 * Reads a `.env` file into the environment; what is set already stays as it is.
 *
 * @param {string} [file]
 */
export function readEnvFile(file = join(ROOT, '.env')) {
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Where the private database and the development credentials are kept. */
export function dataDirectory() {
  return resolve(ROOT, process.env['DATA_DIR'] || '.data');
}

/** The directory the user stands in; npm changes into ours before it runs a script. */
export function userDirectory() {
  return process.env['INIT_CWD'] ?? process.cwd();
}

/**
 * A port that is free now.
 *
 * @param {string} variable names the port in the environment; 0 there means any
 * @param {number} usual
 * @throws Trouble when it is taken or not a port
 */
export async function portToServe(variable, usual) {
  const wish = Number(process.env[variable] || usual);
  if (!Number.isInteger(wish) || wish < 0 || wish > 65_535) {
    throw new Trouble(`${variable} is no port: ${process.env[variable]}. It must be a whole number from 0 to 65535.`);
  }
  try {
    return await freePort(wish);
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') {
      throw new Trouble(
        `Port ${wish} is already taken. Stop what uses it, or choose another: ${variable}=${wish + 10}`,
      );
    }
    if (codeOf(error) === 'EACCES') {
      throw new Trouble(`Port ${wish} is not open to ordinary users. Choose one above 1023: ${variable}=${usual}`);
    }
    throw error;
  }
}

/**
 * @param {number} [wish] 0 for any
 * @throws the system's error when it is not free
 */
export async function freePort(wish = 0) {
  const server = createServer().listen(wish, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : wish;
}

/**
 * The system's name for what went wrong, such as EEXIST.
 *
 * @param {unknown} error
 */
export function codeOf(error) {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
