/** Where things are and which ports they use, as the environment and `.env` say. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Trouble } from './say.mjs';

const PORT_MAX = 65_535;
/** How far from a port that is taken we propose another. */
const PORT_STEP = 10;

export const ROOT = resolve(import.meta.dirname, '../../..');

/** Held by whoever installs or builds in this checkout: two at once would destroy each other's work. */
export const PREPARING_LOCK = join(ROOT, '.data/preparing.lock');

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
 * Ports that are free now, one for each variable.
 *
 * @template {string} Variable
 * @param {Record<Variable, number>} usual
 * @returns {Promise<Record<Variable, number>>}
 * @throws Trouble when one is taken, is not a port, or is wanted twice
 */
export async function portsToServe(usual) {
  /** @type {Map<number, string>} */
  const variableOf = new Map();
  const ports = { ...usual };
  for (const variable of /** @type {Variable[]} */ (Object.keys(usual))) {
    const port = await portToServe(variable, usual[variable]);
    const other = variableOf.get(port);
    if (other) throw new Trouble(`${other} and ${variable} are both ${port}. Choose another for one of them.`);
    variableOf.set(port, variable);
    ports[variable] = port;
  }
  return ports;
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
  if (!Number.isInteger(wish) || wish < 0 || wish > PORT_MAX) {
    throw new Trouble(
      `${variable} is no port: ${process.env[variable]}. It must be a whole number from 0 to ${PORT_MAX}.`,
    );
  }
  try {
    return await freePort(wish);
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') {
      const other = wish + PORT_STEP > PORT_MAX ? wish - PORT_STEP : wish + PORT_STEP;
      throw new Trouble(`Port ${wish} is already taken. Stop what uses it, or choose another: ${variable}=${other}`);
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
