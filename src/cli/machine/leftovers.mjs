/** What a command starts and makes, written down, so that the next one can clear it away should it and its guardian both be killed. */
import { appendFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, signalGroup } from './process-table.mjs';
import { say } from './say.mjs';

/** As long as a database server may take to write to disk what it has in memory. */
const STOP_SECONDS = 60;
const POLL_MILLISECONDS = 25;

/**
 * Before anything else is done, or a process started in the last moment before a kill would not be known.
 *
 * @param {string} record
 * @param {number} pid
 */
export function recordProcess(record, pid) {
  const identity = identityOf(pid);
  if (identity) append(record, `started ${identity}`);
}

/**
 * @param {string} record
 * @param {string} directory
 */
export function recordDirectory(record, directory) {
  append(record, `made ${directory}`);
}

/**
 * Stops and removes what an earlier command has left, by its record. A process whose id was given out again is not touched.
 *
 * @param {string} record
 */
export async function clearLeftovers(record) {
  const lines = (await readFile(record, 'utf8').catch(() => '')).split('\n');
  // The latest first, as when a command ends.
  for (const line of lines.reverse()) {
    const [word, rest = ''] = line.split(/ (.*)/);
    if (word === 'started') await stopLeftover(rest);
    if (word === 'made') await rm(rest, { recursive: true, force: true });
  }
  await rm(record, { force: true });
}

/** @param {string} identity */
async function stopLeftover(identity) {
  const pid = Number.parseInt(identity, 10);
  const isAlive = () => identityOf(pid) === identity;
  if (!isAlive()) return;
  say(`Process ${pid}, left over from an earlier run, is stopped first ...`);
  signalGroup(pid, 'SIGTERM');
  for (const patienceUntil = performance.now() + STOP_SECONDS * 1_000; isAlive();) {
    if (performance.now() > patienceUntil) signalGroup(pid, 'SIGKILL');
    await sleep(POLL_MILLISECONDS);
  }
}

/**
 * @param {string} record
 * @param {string} line
 */
function append(record, line) {
  appendFileSync(record, `${line}\n`, { mode: 0o600 });
}
