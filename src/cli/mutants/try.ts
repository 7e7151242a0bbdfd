import { readFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { textAt } from './text.js';

/** What came of one small change of the rules. */
export interface Trial {
  /** By its path in the project. */
  readonly file: string;
  readonly line: number;
  /** What was replaced, as it stands in the file, and by what. */
  readonly original: string;
  readonly replacement: string;
  /** Whether a test has failed, or never came to its end. */
  readonly isKilled: boolean;
}

/** Reaches the end only of what is stuck: a test that is slow, because the machine is busy, has noticed nothing. */
const PATIENCE_MS = 120_000;

/** What a test has noticed by failing, or by turning round a hundred times as often as without the change. */
const KILLED: ReadonlySet<string> = new Set<MutantResult['status']>(['Killed', 'Timeout']);

/** Changes these files of the project that this process stands in, one thing at a time, in a copy below the temporary directory. */
export async function tryMutants(files: readonly string[]): Promise<readonly Trial[]> {
  const stryker = new Stryker({
    mutate: [...files],
    testRunner: 'rules',
    plugins: [join(import.meta.dirname, 'runner.js')],
    concurrency: availableParallelism(),
    coverageAnalysis: 'perTest',
    timeoutMS: PATIENCE_MS,
    // Types are not asked: the compiler that turns them into JavaScript takes them away.
    disableTypeChecks: false,
    ignorePatterns: ['.data', '.env', 'dist', 'docs'],
    tempDirName: join(tmpdir(), 'mutants'),
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
  });
  const results = await stryker.runMutationTest();
  return Promise.all(results.map(trialOf));
}

async function trialOf({ fileName, location, replacement, status }: MutantResult): Promise<Trial> {
  const text = await readFile(fileName, 'utf8');
  return {
    file: relative('.', fileName),
    line: location.start.line,
    original: textAt(text, location),
    replacement,
    isKilled: KILLED.has(status),
  };
}
