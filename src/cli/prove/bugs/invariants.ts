import type { SeededBug } from '../bug.js';

const TEST = 'test/cli/invariants.test.ts';

/** The checker itself: one that finds nothing would call everything sound. */
export const INVARIANTS: readonly SeededBug[] = [
  {
    name: 'the checker of invariants finds nothing',
    file: 'src/cli/invariants/check.ts',
    search: 'if (rows.length > 0) broken.push({ invariant, rows });',
    replace: 'if (rows.length < 0) broken.push({ invariant, rows });',
    caughtBy: { file: TEST, test: 'meddling with the database is caught' },
  },
  {
    name: 'the invariant of kept balances finds nothing',
    file: 'src/cli/invariants/money.ts',
    search: 'WHERE balance_minor <> COALESCE(balance, 0) OR balance_minor < 0',
    replace: 'WHERE FALSE',
    caughtBy: { file: TEST, test: 'INV-4' },
  },
  {
    name: 'the invariant of a team’s counts finds nothing',
    file: 'src/cli/invariants/teams.ts',
    search: 'HAVING seats_paid > size OR live <> seats_live OR paid <> seats_paid',
    replace: 'HAVING FALSE',
    caughtBy: { file: TEST, test: 'INV-7' },
  },
];
