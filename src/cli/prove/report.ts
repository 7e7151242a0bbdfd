import type { SeededBug } from './bug.js';
import type { Verdict } from './verdict.js';

/** Each bug with the test that must catch it. */
export function listOf(bugs: readonly SeededBug[]): string {
  return bugs.map(({ name, caughtBy: { file, test } }) => `${name}\n    ${file}: ${test}`).join('\n');
}

/** What came of one bug, and how that was seen. */
export function lineOf({ name, caughtBy: { file, test } }: SeededBug, verdict: Verdict, seconds: number): string {
  const took = `(${file}, ${seconds.toFixed(1)} s)`;
  if (verdict.kind === 'CAUGHT') return `caught ${name} by ${verdict.by} ${took}\n    ${verdict.because}`;
  if (verdict.kind === 'NOT_CAUGHT') return `NOT CAUGHT ${name} by ${test} ${took}`;
  return `PROVES NOTHING ${name} ${took}\n    ${verdict.because.replaceAll('\n', '\n    ')}`;
}

/** The last line, which other tools read. */
export function report(proof: readonly Verdict[]): string {
  const count = (kind: Verdict['kind']): number => proof.filter((verdict) => verdict.kind === kind).length;
  return `prove: ${proof.length} bugs, ${count('CAUGHT')} caught, ${count('NOT_CAUGHT')} not caught, ${count('PROVES_NOTHING')} proving nothing`;
}
