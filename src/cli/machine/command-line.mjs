import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * The command line of a process, or undefined if there is none such. A process id alone proves nothing: ids are given out again.
 *
 * @param {number} pid
 */
export async function commandLineOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  // Small images have no `ps`; macOS has no `/proc`. A zombie's command line is empty, and it holds nothing any more.
  const commandLine = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  return commandLine?.trim() || undefined;
}

/** @param {number} pid */
async function fromProc(pid) {
  const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return raw?.replaceAll('\0', ' ');
}

/** @param {number} pid */
async function fromPs(pid) {
  try {
    return (await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return undefined;
  }
}
