/** The database server's program: found, or installed from the distribution. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { runQuietly } from './processes.mjs';
import { during, Trouble } from './say.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */
/** @typedef {'mariadb' | 'mysql'} Flavour */
/**
 * @typedef {object} ServerBinary
 * @property {string} path
 * @property {Flavour} flavour
 * @property {[major: number, minor: number]} version
 * @property {string | undefined} installer MariaDB's script that fills a new data directory; MySQL's server does that itself
 */

/** Where servers are although a user's PATH does not say so: Debian, source and archive installs, Homebrew, Red Hat. */
const PLACES = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/local/mariadb/bin',
  '/usr/local/mysql/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/usr/libexec',
];
/** `my_print_defaults`, which MariaDB's install script cannot do without, is in Debian's client package. */
const PACKAGES = ['mariadb-server-core', 'mariadb-client-core'];
const OLDEST = { mariadb: [10, 11], mysql: [8, 4] };

const WAYS_OUT = `Either
  - install one:  sudo apt-get install ${PACKAGES.join(' ')}
  - or use one:   DATABASE_URL=mysql://USER:PASSWORD@HOST:3306/DATABASE (MariaDB 10.11 or later, MySQL 8.4 or later)`;

/**
 * @param {Lifetime} lifetime
 * @returns {Promise<ServerBinary>}
 */
export async function ensureServerBinary(lifetime) {
  const found = await findServerBinary();
  if (found) return found;
  await installServerBinary(lifetime);
  const installed = await findServerBinary();
  if (!installed) throw new Trouble(`${PACKAGES.join(' and ')} were installed, but hold no usable server. ${WAYS_OUT}`);
  return installed;
}

/**
 * The first complete server that is new enough.
 *
 * @param {string[]} [places] directories to look into
 * @returns {Promise<ServerBinary | undefined>}
 */
export async function findServerBinary(places = [...(process.env['PATH'] ?? '').split(delimiter), ...PLACES]) {
  const inPlaces = (/** @type {string[]} */ ...names) =>
    places.flatMap((place) => names.map((name) => join(place, name))).filter((path) => existsSync(path));
  const installer = inPlaces('mariadb-install-db', 'mysql_install_db')[0];
  const canInstall = installer !== undefined && inPlaces('my_print_defaults').length > 0;
  for (const path of inPlaces('mariadbd', 'mysqld')) {
    const { flavour, version } = await describe(path);
    const isUsable = isAtLeast(version, OLDEST[flavour]) && (flavour === 'mysql' || canInstall);
    if (isUsable) return { path, flavour, version, installer };
  }
  return undefined;
}

/**
 * A `mysqld` may well be MariaDB under its old name, so the program itself is asked.
 *
 * @param {string} path
 * @returns {Promise<{ flavour: Flavour, version: [number, number] }>}
 */
async function describe(path) {
  const text = await promisify(execFile)(path, ['--no-defaults', '--version']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  const [, major, minor] = /Ver (\d+)\.(\d+)/.exec(text) ?? [];
  return { flavour: text.includes('MariaDB') ? 'mariadb' : 'mysql', version: [Number(major ?? 0), Number(minor ?? 0)] };
}

/**
 * @param {number[]} version
 * @param {number[]} other
 */
export function isAtLeast([major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]) {
  return major > otherMajor || (major === otherMajor && minor >= otherMinor);
}

/**
 * Debian's core packages hold the programs only: no service is started and no system database is made.
 *
 * @param {Lifetime} lifetime
 */
async function installServerBinary(lifetime) {
  const asRoot = await rootPrefix(lifetime);
  if (!asRoot || !(await succeeds(lifetime, 'apt-get', ['--version']))) {
    throw new Trouble(
      `No MariaDB or MySQL server that is new enough was found, and none can be installed from here. ${WAYS_OUT}`,
    );
  }
  await during(`Installing a database server (apt-get install ${PACKAGES.join(' ')})`, async () => {
    const aptGet = (/** @type {string[]} */ ...args) => {
      const [command = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
      return runQuietly(lifetime, command, rest);
    };
    // Another apt-get may be at work, as on a machine that was just started. Somebody's other server must not be removed.
    const install = () =>
      aptGet('install', '-y', '--no-install-recommends', '--no-remove', '-o', 'DPkg::Lock::Timeout=120', ...PACKAGES);
    try {
      // The package lists of a fresh machine or image are old or missing; then they are fetched.
      await install().catch(() => aptGet('update').then(install));
    } catch (error) {
      throw new Trouble(`${error instanceof Error ? error.message : String(error)}\nNo database server. ${WAYS_OUT}`);
    }
  });
}

/**
 * What to write before a command so that it runs as root without asking anybody; undefined if there is no such way.
 *
 * @param {Lifetime} lifetime
 */
async function rootPrefix(lifetime) {
  if (process.getuid?.() === 0) return [];
  return (await succeeds(lifetime, 'sudo', ['-n', 'true'])) ? ['sudo', '-n'] : undefined;
}

/**
 * @param {Lifetime} lifetime
 * @param {string} command
 * @param {string[]} args
 */
async function succeeds(lifetime, command, args) {
  return runQuietly(lifetime, command, args).then(
    () => true,
    () => false,
  );
}
