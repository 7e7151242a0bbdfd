import { readdir, readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { withFreshness } from './freshness.js';
import { runSuite, type SuiteTest } from './suite.js';

declare global {
  /** The switch between the mutants of a file, and what they count. Stryker gives it this name. */
  var __stryker__: InstrumenterContext | undefined;
}

/** Tests that need no database: rules by table, and by property. */
const RULE_TESTS = /\.rules\.test\.ts$|^proof\/properties\/[^/]+\.test\.ts$/;

interface Trial {
  /** What is active while modules are loaded, for what is only done then. */
  readonly mutated: string | null;
  readonly activeMutant: string | undefined;
  readonly isWanted: (id: string) => boolean;
  readonly isBailing: boolean;
}

/** Runs the rule tests for Stryker, in the process that it gives us. A module is loaded again only where a mutant wants it. */
class RuleTestRunner implements TestRunner {
  #files: readonly string[] = [];
  #turns = 0;

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  /** Loads every test once, so that it is known what imports what. */
  async init(): Promise<void> {
    register('./hooks.js', import.meta.url);
    const names = await readdir('test', { recursive: true });
    this.#files = names.filter((name) => RULE_TESTS.test(name)).sort();
    await this.#run(this.#files, { ...UNCHANGED, isWanted: () => false });
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = await this.#run(this.#files, UNCHANGED);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: context().mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, sandboxFileName, hitLimit, disableBail } = options;
    const wanted = testFilter && new Set(testFilter);
    Object.assign(context(), { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    const tests = await this.#run(await this.#nearestFirst(sandboxFileName, wanted), {
      mutated: options.mutantActivation === 'static' ? pathToFileURL(sandboxFileName).href : null,
      activeMutant: activeMutant.id,
      isWanted: (id) => wanted?.has(id) ?? true,
      isBailing: !disableBail,
    });
    const stuck = determineHitLimitReached(context().hitCount, hitLimit);
    return toMutantRunResult(stuck ?? { status: DryRunStatus.Complete, tests });
  }

  /** Those that name the file that is changed are the likeliest to notice. */
  async #nearestFirst(changed: string, wanted: ReadonlySet<string> | undefined): Promise<string[]> {
    const files = this.#files.filter((file) => !wanted || [...wanted].some((id) => id.startsWith(`${file} `)));
    const texts = await Promise.all(files.map((file) => readFile(join('test', file), 'utf8')));
    const name = `/${basename(changed, '.ts')}.js'`;
    const isNear = (_: string, index: number): boolean => texts[index]?.includes(name) === true;
    return [...files.filter(isNear), ...files.filter((file, index) => !isNear(file, index))];
  }

  async #run(files: readonly string[], trial: Trial): Promise<TestResult[]> {
    const turn = String((this.#turns += 1));
    const results: TestResult[] = [];
    for (const file of files) {
      if (trial.isBailing && results.some(({ status }) => status === TestStatus.Failed)) break;
      results.push(...(await runFile(file, turn, trial)));
    }
    context().activeMutant = undefined;
    return results;
  }
}

const UNCHANGED: Trial = { mutated: null, activeMutant: undefined, isWanted: () => true, isBailing: false };

async function runFile(file: string, turn: string, { mutated, activeMutant, ...wishes }: Trial): Promise<TestResult[]> {
  const path = join('test', file);
  const load = async (): Promise<void> => {
    context().activeMutant = mutated === null ? undefined : activeMutant;
    await import(withFreshness(pathToFileURL(path).href, { turn, mutated }));
    context().activeMutant = activeMutant;
  };
  try {
    const tests = await runSuite(file, load, {
      ...wishes,
      onTest: (id) => (context().currentTestId = id ?? undefined),
    });
    return tests.map((test) => resultOf(test, path));
  } catch (error) {
    // What cannot even be loaded was noticed, unless nothing was changed.
    if (activeMutant === undefined) throw error;
    return [resultOf({ id: file, milliseconds: 0, failure: String(error) }, path)];
  }
}

function resultOf({ id, milliseconds, failure }: SuiteTest, fileName: string): TestResult {
  const result = { id, name: id, timeSpentMs: milliseconds, fileName };
  return failure === null
    ? { ...result, status: TestStatus.Success }
    : { ...result, status: TestStatus.Failed, failureMessage: failure };
}

function context(): InstrumenterContext {
  return (globalThis.__stryker__ ??= {});
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', RuleTestRunner)];
