/**
 * Runs beside a command and outlives it by a moment: should the command be gone without having said `finished` (killed, crashed,
 * its terminal closed), this stops what it has started and removes what it has made.
 *
 * The command writes to our input what it starts and makes; the end of the input is the end of the command.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf, signalGroup } from './process-table.mjs';

const STOP_SECONDS = 10;
const POLL_MILLISECONDS = 50;

/** @type {Set<number>} */
const groups = new Set();
/** @type {Set<string>} */
const directories = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const [word, rest = ''] = line.split(/ (.*)/);
  if (word === 'started') groups.add(Number(rest));
  if (word === 'stopped') groups.delete(Number(rest));
  if (word === 'made') directories.add(rest);
  if (word === 'finished') process.exit(0);
}

for (const pid of [...groups].reverse()) await stopGroup(pid);
for (const directory of directories) await rm(directory, { recursive: true, force: true });

/**
 * The leader is asked to stop; whatever it leaves behind is killed.
 *
 * @param {number} pid
 */
async function stopGroup(pid) {
  signalGroup(pid, 'SIGTERM');
  const patienceUntil = performance.now() + STOP_SECONDS * 1_000;
  while (commandLineOf(pid) !== undefined && performance.now() < patienceUntil) await sleep(POLL_MILLISECONDS);
  signalGroup(pid, 'SIGKILL');
}
