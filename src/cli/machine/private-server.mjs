/** A database server of our own on the files of one directory: nobody else's settings, port, or data. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf } from './process-table.mjs';
import { asUser, ensureDataDirectory, filesIn, note } from './data-directory.mjs';
import { freePort } from './environment.mjs';
import { stopProcess } from './lifetime.mjs';
import { isReady } from './readiness.mjs';
import { say, Trouble } from './say.mjs';
import { initialSql, NAME, SETTINGS } from './server-settings.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */
/** @typedef {import('./lifetime.mjs').ChildProcess} ChildProcess */
/** @typedef {import('./server-binary.mjs').ServerBinary} ServerBinary */
/** @typedef {{ url: string, died: Promise<never>, stop: () => Promise<void> }} PrivateServer `died` rejects when it ends although nobody stopped it */

/** Longer than for other processes: what is in memory is written to disk. */
const STOP_SECONDS = 60;
const POLL_MILLISECONDS = 25;
const STARTS_MAX = 3;
const LOG_LINES = 15;
/** The path of a socket has to fit into 107 bytes. */
const SOCKET_BYTES_MAX = 107;

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
  await mkdir(files.temporary, { recursive: true, mode: 0o700 });
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
    if (!isPortLost || start === STARTS_MAX) {
      throw new Trouble(`The database server did not start. Its log ends with:\n${log}`);
    }
  }
}

/**
 * Removes a database that was never used: a first start that was cut short may have left it with half its tables.
 *
 * @param {string} directory
 */
export async function discardUnused(directory) {
  const { pid, unused } = filesIn(directory);
  if (!existsSync(unused)) return;
  say('The first start was cut short; its database is made anew.');
  await stopLeftover(pid);
  await rm(directory, { recursive: true });
}

/** @param {ReturnType<typeof filesIn>} files */
function whereabouts({ data, temporary, pid, log, initialSql }) {
  return [
    `--datadir=${data}`,
    `--tmpdir=${temporary}`,
    `--pid-file=${pid}`,
    `--log-error=${log}`,
    `--init-file=${initialSql}`,
  ];
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
  const isOurs = () => commandLineOf(pid)?.includes(`--pid-file=${pidFile}`) ?? false;
  if (!isOurs()) return;
  say('A database server left over from an earlier run is stopped first ...');
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    return; // It has just ended by itself.
  }
  for (const patienceUntil = performance.now() + STOP_SECONDS * 1_000; isOurs();) {
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
