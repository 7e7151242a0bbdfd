/** The files of a private database server, made once. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf } from './environment.mjs';
import { runQuietly } from './processes.mjs';
import { during, Trouble } from './say.mjs';
import { isAtLeast } from './server-binary.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */
/** @typedef {import('./server-binary.mjs').ServerBinary} ServerBinary */
/** @typedef {{ flavour: import('./server-binary.mjs').Flavour, version: [number, number], password: string }} Account what we note about a directory */

const FREE_BYTES_MIN = 512 * 1_024 * 1_024;
/** A new database takes a quarter of what it needs, so with less than this left, somebody else has filled the disk meanwhile. */
const FULL_BYTES_MAX = 256 * 1_024 * 1_024;
/** A server's files have names of at most 512 bytes (FN_REFLEN of MariaDB and MySQL); the rest is for what is below the directory. */
const PATH_BYTES_MAX = 440;
const MEGABYTE_BYTES = 1_024 * 1_024;

/** @param {string} directory */
export const filesIn = (directory) => ({
  data: join(directory, 'data'),
  account: join(directory, 'account.json'),
  /** Is there until the database has its first tables and goods. */
  unused: join(directory, 'unused'),
  initialSql: join(directory, 'initial.sql'),
  pid: join(directory, 'server.pid'),
  socket: join(directory, 'server.sock'),
  /** A server that starts removes every temporary table from where it keeps its own, other servers' too. */
  temporary: join(directory, 'tmp'),
  log: join(directory, 'error.log'),
});

/**
 * Makes the directory if it is new; it is made aside and renamed when complete, so a half-made one is never started.
 *
 * @param {Lifetime} lifetime
 * @param {ServerBinary} binary
 * @param {string} directory
 * @returns {Promise<Account>}
 */
export async function ensureDataDirectory(lifetime, binary, directory) {
  if (Buffer.byteLength(directory) > PATH_BYTES_MAX) {
    throw new Trouble(
      `The path is too long for a database server. Choose a shorter DATA_DIR than ${dirname(directory)}`,
    );
  }
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  await requireFreeSpace(dirname(directory));
  if (!existsSync(directory)) await during('Creating a private database', () => create(lifetime, binary, directory));
  return requireReadable(binary, directory);
}

/**
 * @param {Lifetime} lifetime
 * @param {ServerBinary} binary
 * @param {string} directory
 */
async function create(lifetime, binary, directory) {
  const unfinished = `${directory}.new`;
  const files = filesIn(unfinished);
  // Of an earlier start that was killed, the server that the script had started may be writing its last files still.
  const discard = () => rm(unfinished, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  await discard();
  lifetime.onEnd(discard);
  await mkdir(unfinished, { mode: 0o700 });
  // MariaDB's script loses its way where a path has spaces, so it is shown one without.
  const shown = join(await lifetime.temporaryDirectory(), 'database');
  await symlink(unfinished, shown);
  await mkdir(files.temporary);
  const { command, args } = creation(binary, filesIn(shown).data);
  try {
    await runQuietly(lifetime, command, args, { env: { ...process.env, TMPDIR: filesIn(shown).temporary } });
  } catch (error) {
    await requireFreeSpace(unfinished, FULL_BYTES_MAX);
    throw error;
  }
  await writeFile(files.unused, '');
  await note(files.account, binary, randomBytes(24).toString('base64url'));
  await rename(unfinished, directory);
}

/**
 * MariaDB's root may then enter only through the socket and as the system's user, never with an empty password over TCP.
 *
 * @param {ServerBinary} binary
 * @param {string} dataDirectory
 */
function creation({ path, flavour, installer }, dataDirectory) {
  const common = ['--no-defaults', ...asUser(), `--datadir=${dataDirectory}`];
  if (flavour === 'mysql' || !installer) return { command: path, args: [...common, '--initialize-insecure'] };
  // The script knows the distribution's own places; of any other installation it must be told.
  const base = dirname(dirname(installer));
  const elsewhere = base === '/usr' ? [] : [`--basedir=${base}`];
  const options = ['--auth-root-authentication-method=socket', '--skip-test-db', ...elsewhere];
  return { command: installer, args: [...common, ...options] };
}

/** A server refuses to run as root unless it is told that this is meant. */
export function asUser() {
  return process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : [];
}

/**
 * @param {ServerBinary} binary
 * @param {string} directory
 */
async function requireReadable({ flavour, version }, directory) {
  const account = await readAccount(filesIn(directory).account);
  if (!account) {
    throw new Trouble(
      `The database directory is incomplete (account.json is missing or damaged). Move it away to start anew: ${directory}`,
    );
  }
  if (account.flavour !== flavour || !isAtLeast(version, account.version)) {
    throw new Trouble(
      `The database was made by ${account.flavour} ${account.version.join('.')}, but the server found is ${flavour} ${version.join('.')}, ` +
        `which may not read it. Install the former again, or move the directory away to start anew: ${directory}`,
    );
  }
  return account;
}

/**
 * @param {string} file
 * @returns {Promise<Account | undefined>}
 */
async function readAccount(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Notes who can read the directory from now on: a newer server converts it when it starts.
 *
 * @param {string} file
 * @param {ServerBinary} binary
 * @param {string} password
 */
export async function note(file, { flavour, version }, password) {
  const aside = `${file}.new`;
  await writeFile(aside, JSON.stringify({ flavour, version, password }), { mode: 0o600 });
  await rename(aside, file);
}

/**
 * @param {string} directory
 * @param {number} [enoughBytes]
 */
async function requireFreeSpace(directory, enoughBytes = FREE_BYTES_MIN) {
  const { bavail, bsize } = await statfs(directory);
  const freeBytes = bavail * bsize;
  if (freeBytes >= enoughBytes) return;
  const [free, needed] = [freeBytes, FREE_BYTES_MIN].map((bytes) => Math.floor(bytes / MEGABYTE_BYTES));
  throw new Trouble(`The disk is full: ${free} MB are free, a database needs ${needed} MB. Make room in ${directory}`);
}
