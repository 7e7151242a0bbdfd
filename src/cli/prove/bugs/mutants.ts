import type { SeededBug } from '../bug.js';

const TEST = 'test/proof/mutants.test.ts';

export const MUTANTS: readonly SeededBug[] = [
  {
    name: 'the score of the rules rounds up',
    file: 'src/cli/mutants/report.ts',
    search: 'Math.floor(',
    replace: 'Math.ceil(',
    caughtBy: { file: TEST, test: 'a little below, however it rounds is enough' },
  },
  {
    name: 'one file of rules may be below as long as all together are not',
    file: 'src/cli/mutants/report.ts',
    search: '[...scores, total].every(isAboveMin)',
    replace: 'isAboveMin(total)',
    caughtBy: { file: TEST, test: 'with one file below, among many is enough' },
  },
  {
    name: 'a change that was said to change nothing is believed for ever',
    file: 'src/cli/mutants/report.ts',
    search: ' && scores.every(({ stale }) => stale.length === 0)',
    replace: '',
    caughtBy: { file: TEST, test: 'where that is not there any more is enough' },
  },
];
