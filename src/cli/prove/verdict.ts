import type { JestResults } from './jest.js';

/** What came of one bug. */
export type Verdict =
  | { readonly kind: 'CAUGHT'; readonly by: string; readonly because: string }
  | { readonly kind: 'NOT_CAUGHT' }
  /** It does not apply, its tests cannot be run, or there are none: whether it would be caught, nobody knows. */
  | { readonly kind: 'PROVES_NOTHING'; readonly because: string };

/** Whether a bug was caught by the tests that ran while it was in. A file that cannot even be read by Jest catches nothing: any typing error does that. */
export function verdictOf({ testResults, numRuntimeErrorTestSuites }: JestResults): Verdict {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ status }) => status === 'failed');
  if (failed) return { kind: 'CAUGHT', by: failed.fullName, because: gistOf(failed.failureMessages?.[0] ?? '') };
  if (numRuntimeErrorTestSuites > 0) {
    const messages = testResults.map(({ message }) => message);
    return { kind: 'PROVES_NOTHING', because: `it does not run: ${messages.join('\n')}` };
  }
  const hasRun = tests.some(({ status }) => status === 'passed');
  return hasRun ? { kind: 'NOT_CAUGHT' } : { kind: 'PROVES_NOTHING', because: 'there is no test of that name' };
}

const LINES_SHOWN = 3;

/** What a failed expectation says in its first lines, without the colours that Jest gives to terminals and without where it stands. */
function gistOf(message: string): string {
  const lines = message.replace(/\u001B\[\d+m/g, '').split('\n');
  const said = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('at '));
  return said.slice(0, LINES_SHOWN).join(' ');
}
