/** A database server of our own on the files of one directory: nobody else's settings, port, or data. */
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf } from './command-line.mjs';
import { asUser, ensureDataDirectory, filesIn, note } from './data-directory.mjs';
import { freePort } from './environment.mjs';
import { stopProcess } from './lifetime.mjs';
import { say, Trouble } from './say.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */
/** @typedef {import('./lifetime.mjs').ChildProcess} ChildProcess */
/** @typedef {import('./server-binary.mjs').ServerBinary} ServerBinary */
/** @typedef {{ url: string, died: Promise<never>, stop(): Promise<void> }} PrivateServer `died` rejects when it ends although nobody stopped it */

const NAME = 'haotuan';
const READY_SECONDS_MAX = 60;
/** Longer than for other processes: what is in memory is written to disk. */
const STOP_SECONDS = 60;
const POLL_MILLISECONDS = 25;
const STARTS_MAX = 3;
const LOG_LINES = 15;
/** The path of a socket has to fit into 107 bytes. */
const SOCKET_BYTES_MAX = 107;

/** As strict as the strictest server the SQL must run on: MySQL's defaults, for all tables. */
const SQL_MODE = [
  'STRICT_ALL_TABLES',
  'ONLY_FULL_GROUP_BY',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
];

/** The same in every private server, throwaway or not. There is no binary log, because nothing replicates from it. */
const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--skip-log-bin',
  // MySQL would listen on one more port, for a protocol that nobody speaks here.
  '--loose-mysqlx=OFF',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=256M',
  '--max-connections=300',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_520_ci',
  '--transaction-isolation=READ-COMMITTED',
  '--default-time-zone=+00:00',
  `--sql-mode=${SQL_MODE.join(',')}`,
];

/**
 * Starts a server on a directory, which is made if it is new, and stops it when the command ends.
 *
 * @param {Lifetime} lifetime
 * @param {ServerBinary} binary
 * @param {string} directory
 * @param {{ grants?: string }} [options] what its account may do; by default everything in its own database
 * @returns {Promise<PrivateServer>}
 * @throws Trouble with the end of the server's log
 */
export async function startPrivateServer(lifetime, binary, directory, { grants = `${NAME}.*` } = {}) {
  const files = filesIn(directory);
  await stopLeftover(files.pid);
  const { password } = await ensureDataDirectory(lifetime, binary, directory);
  await writeFile(files.initialSql, initialSql(password, grants), { mode: 0o600 });
  const socket = await shortSocket(lifetime, files.socket);
  for (let start = 1; ; start += 1) {
    const port = await freePort();
    await rm(files.log, { force: true });
    const args = [
      '--no-defaults',
      ...asUser(),
      ...SETTINGS,
      ...whereabouts(files),
      `--socket=${socket}`,
      `--port=${port}`,
    ];
    const child = lifetime.spawn(binary.path, args, { stdio: 'ignore', stopSeconds: STOP_SECONDS });
    if (await isReady(child, port)) {
      await note(files.account, binary, password);
      return running(child, files.log, `mysql://${NAME}:${password}@127.0.0.1:${port}/${NAME}`);
    }
    await stopProcess(child, STOP_SECONDS);
    const log = await lastLines(files.log);
    // Between our look at the port and the server's, somebody else may have taken it.
    const isPortLost = /bind on tcp\/ip port|address already in use/i.test(log);
    if (!isPortLost || start === STARTS_MAX)
      throw new Trouble(`The database server did not start. Its log ends with:\n${log}`);
  }
}

/** @param {ReturnType<typeof filesIn>} files */
function whereabouts({ data, pid, log, initialSql }) {
  return [`--datadir=${data}`, `--pid-file=${pid}`, `--log-error=${log}`, `--init-file=${initialSql}`];
}

/**
 * What the server runs with all rights at every start, so that neither a client program nor a password for root is needed.
 * One statement per line: MariaDB reads it so.
 *
 * @param {string} password
 * @param {string} grants
 */
function initialSql(password, grants) {
  const account = `'${NAME}'@'127.0.0.1'`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${NAME};`,
    `CREATE USER IF NOT EXISTS ${account};`,
    `ALTER USER ${account} IDENTIFIED BY '${password}';`,
    `GRANT ALL ON ${grants} TO ${account};`,
    '',
  ].join('\n');
}

/**
 * @param {Lifetime} lifetime
 * @param {string} socket where it should be
 */
async function shortSocket(lifetime, socket) {
  return Buffer.byteLength(socket) <= SOCKET_BYTES_MAX
    ? socket
    : join(await lifetime.temporaryDirectory(), 'server.sock');
}

/**
 * A server whose `up` was killed may still be at its work, or just about to end; two on the same files would destroy them.
 *
 * @param {string} pidFile
 */
async function stopLeftover(pidFile) {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => 0));
  const isOurs = async () => (await commandLineOf(pid))?.includes(`--pid-file=${pidFile}`) ?? false;
  if (!(await isOurs())) return;
  say('A database server left over from an earlier run is stopped first ...');
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    return; // It has just ended by itself.
  }
  for (const patienceUntil = performance.now() + STOP_SECONDS * 1_000; await isOurs();) {
    if (performance.now() > patienceUntil) {
      throw new Trouble(
        `The database server of an earlier run, process ${pid}, does not stop. Stop it, then try again.`,
      );
    }
    await sleep(POLL_MILLISECONDS);
  }
}

/**
 * @param {ChildProcess} child
 * @param {number} port
 * @returns {Promise<boolean>} false if it has ended, or is not ready for so long that it never will be
 */
async function isReady(child, port) {
  for (const patienceUntil = performance.now() + READY_SECONDS_MAX * 1_000; performance.now() < patienceUntil;) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    if (await greets(port)) return true;
    await sleep(POLL_MILLISECONDS);
  }
  return false;
}

const GREETING_MILLISECONDS_MAX = 2_000;
/** After the four bytes of a packet's head, a greeting begins with the protocol's version; a refusal would begin with 255. */
const GREETING = { at: 4, is: 10 };

/**
 * Whether a database server accepts connections there. It listens before it has read its files, so it is its greeting that counts.
 *
 * @param {number} port
 */
export async function greets(port) {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    const [data] = await once(socket, 'data', { signal: AbortSignal.timeout(GREETING_MILLISECONDS_MAX) });
    return data[GREETING.at] === GREETING.is;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * @param {ChildProcess} child
 * @param {string} log
 * @param {string} url
 * @returns {PrivateServer}
 */
function running(child, log, url) {
  const died = once(child, 'exit').then(async () => {
    throw new Trouble(
      `The database server stopped by itself (${child.signalCode ?? `exit code ${child.exitCode}`}). Its log ends with:\n${await lastLines(log)}`,
    );
  });
  // Only some commands listen.
  died.catch(() => undefined);
  return { url, died, stop: () => stopProcess(child, STOP_SECONDS) };
}

/** @param {string} log */
async function lastLines(log) {
  const text = await readFile(log, 'utf8').catch(() => '(there is no log)');
  return text.trimEnd().split('\n').slice(-LOG_LINES).join('\n');
}
