import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catcher } from './bug.js';

/** Longer than any test may take with what is around it; whoever needs more hangs. */
const PATIENCE_SECONDS = 180;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const TAIL_LINES = 12;

/** What we read of the results that Jest writes with `--json`. */
export interface JestResults {
  readonly testResults: readonly {
    /** Why the file could not be run at all, among other things. */
    readonly message: string;
    readonly assertionResults: readonly TestResult[];
  }[];
  /** Files that could not be run. */
  readonly numRuntimeErrorTestSuites: number;
}

export interface TestResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[] | null;
}

/** Jest ended without results. */
export class JestDied extends Error {
  override readonly name = 'JestDied';
}

/**
 * Runs some tests of a copy of the project, on the server that TEST_DATABASE_URL names.
 *
 * @throws JestDied if it does not come to an end, or to results
 */
export async function runJest(directory: string, catchers: readonly Catcher[]): Promise<JestResults> {
  const results = join(tmpdir(), `results-${randomUUID()}.json`);
  const args = [
    '--experimental-vm-modules',
    join(directory, 'node_modules/jest/bin/jest.js'),
    ...['--runInBand', '--silent', '--json', `--outputFile=${results}`],
    // What a bug leaves open must not keep the process alive.
    '--forceExit',
    `--testNamePattern=${catchers.map(({ test }) => escaped(test)).join('|')}`,
    ...['--runTestsByPath', ...new Set(catchers.map(({ file }) => file))],
  ];
  const end = await ending(directory, args);
  const text = await readFile(results, 'utf8').catch(() => null);
  if (text === null) throw new JestDied(end);
  return JSON.parse(text) as JestResults;
}

/** How Jest ended, with the last it said. Its exit code is not asked: the results say more. */
function ending(cwd: string, args: readonly string[]): Promise<string> {
  const options = {
    cwd,
    timeout: PATIENCE_SECONDS * 1_000,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_BYTES_MAX,
  } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, _stdout, stderr) => {
      const how = error?.killed ? `it did not come to an end within ${PATIENCE_SECONDS} s` : 'it gave no results';
      resolve([how, ...stderr.trimEnd().split('\n').slice(-TAIL_LINES)].join('\n'));
    });
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
