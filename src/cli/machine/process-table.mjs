/** What the system knows of processes, and how they are told to end. Small images have no `ps`; macOS has no `/proc`. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Where a field is in `/proc/PID/stat` (proc(5)) after the name, which is in brackets and may hold anything. */
const STAT = { parent: 1, startedTicks: 19 };
const isLinux = process.platform === 'linux';

/**
 * The command line of a process, or undefined if there is none such. A zombie's is empty, and it holds nothing any more.
 *
 * @param {number} pid
 */
export function commandLineOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const commandLine = isLinux ? fromProc(pid, 'cmdline')?.replaceAll('\0', ' ') : fromPs(pid, 'command');
  return commandLine?.trim() || undefined;
}

/**
 * What no other process has, or undefined if there is none such. An id alone proves nothing: ids are given out again, in a
 * container within minutes, and often to the same command.
 *
 * @param {number} pid
 */
export function identityOf(pid) {
  const commandLine = commandLineOf(pid);
  const startedAt = isLinux ? fromStat(pid, STAT.startedTicks) : fromPs(pid, 'lstart');
  return commandLine && startedAt ? `${pid} ${startedAt.trim()} ${commandLine}` : undefined;
}

/** @param {number} pid */
export function parentOf(pid) {
  return Number(isLinux ? fromStat(pid, STAT.parent) : fromPs(pid, 'ppid'));
}

/**
 * Tells a process and all that it has started itself.
 *
 * @param {number} pid the leader of its group
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/**
 * @param {number} pid
 * @param {string} file
 */
function fromProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {number} field
 */
function fromStat(pid, field) {
  const stat = fromProc(pid, 'stat');
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[field];
}

/**
 * @param {number} pid
 * @param {string} column
 */
function fromPs(pid, column) {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
