import { addEventHandler, type Event, getState, resetState, run } from 'jest-circus';

/** As long as any test has under Jest; a mutant that never comes to an end is ended by Stryker. */
const TEST_TIMEOUT_MS = 60_000;

export interface SuiteTest {
  /** The file and the full name; tests of one name in one file are one. */
  readonly id: string;
  readonly milliseconds: number;
  /** What the first thing that failed said; null if nothing did. */
  readonly failure: string | null;
}

interface Terms {
  readonly isWanted: (id: string) => boolean;
  /** Whether nothing is run any more once a test has failed. */
  readonly isBailing: boolean;
  /** Is told of each test before it runs, and with null after it. */
  readonly onTest: (id: string | null) => void;
}

type CircusTest = Extract<Event, { name: 'test_start' }>['test'];

/** Runs the tests that `load` declares, one after the other, and tells what came of those that were wanted. */
export async function runSuite(file: string, load: () => Promise<unknown>, terms: Terms): Promise<SuiteTest[]> {
  resetState();
  getState().testTimeout = TEST_TIMEOUT_MS;
  const results: SuiteTest[] = [];
  listener = (event) => {
    if (event.name === 'test_start') {
      const id = idOf(file, event.test);
      const isOver = terms.isBailing && results.some(({ failure }) => failure !== null);
      if (isOver || !terms.isWanted(id)) event.test.mode = 'skip';
      else terms.onTest(id);
    } else if (event.name === 'test_done') {
      terms.onTest(null);
      results.push(resultOf(file, event.test));
    }
  };
  try {
    await load();
    await run();
  } finally {
    listener = null;
  }
  return results;
}

let listener: ((event: Event) => void) | null = null;

addEventHandler((event) => listener?.(event));

function resultOf(file: string, test: CircusTest): SuiteTest {
  const thrown: unknown = test.errors[0];
  // With what a test threw comes an error that says where the test was declared, for what has no stack of its own.
  const [error, declared] = Array.isArray(thrown) ? (thrown as readonly unknown[]) : [thrown];
  return {
    id: idOf(file, test),
    milliseconds: test.duration ?? 0,
    failure: test.errors.length === 0 ? null : String(error ?? declared),
  };
}

function idOf(file: string, test: CircusTest): string {
  const names: string[] = [test.name];
  for (let block = test.parent; block.parent; block = block.parent) names.unshift(block.name);
  return [file, ...names].join(' ');
}
