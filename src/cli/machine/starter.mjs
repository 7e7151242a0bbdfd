/** Who started us: npm passes a signal on to the shell it runs us in, and that shell dies of it without telling us. */
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf, parentOf } from './process-table.mjs';

const POLL_MILLISECONDS = 500;

/** Waits until npm, or the shell between npm and us, is gone. Without npm nobody is watched: signals then reach us themselves. */
export async function npmGone() {
  const starters = startersByNpm();
  if (starters.length === 0) return new Promise(() => undefined);
  while (areAlive(starters)) await sleep(POLL_MILLISECONDS, undefined, { ref: false });
}

/** @returns {number[]} our parent, and npm if that is only its shell; a shell may also have become us */
function startersByNpm() {
  const script = process.env['npm_lifecycle_script'];
  if (!script) return [];
  const parent = process.ppid;
  const isShell = commandLineOf(parent)?.includes(script);
  return isShell ? [parent, parentOf(parent)] : [parent];
}

/** @param {number[]} starters */
function areAlive([parent = 0, ...others]) {
  if (process.ppid !== parent) return false;
  return others.every((pid) => commandLineOf(pid) !== undefined);
}
