import type { SeededBug } from '../bug.js';

const TEST = 'test/invariants/meddling.test.ts';

const RUNS = 'test/invariants/runs.test.ts';

/** The checker itself: one that finds nothing would call everything sound. */
export const INVARIANTS: readonly SeededBug[] = [
  {
    name: 'the checker of invariants finds nothing',
    file: 'src/invariants/check.ts',
    search: 'else if (sight.count > 0) broken.push(',
    replace: 'else if (sight.count < 0) broken.push(',
    caughtBy: { file: TEST, test: 'meddling with the database is caught' },
  },
  {
    name: 'the invariant of kept balances finds nothing',
    file: 'src/invariants/money.ts',
    search: 'WHERE balance_minor <> COALESCE(balance, 0) OR',
    replace: 'WHERE FALSE AND',
    caughtBy: { file: TEST, test: 'INV-4' },
  },
  {
    name: 'the invariant of a team’s counts finds nothing',
    file: 'src/invariants/teams.ts',
    search: 'HAVING seats_paid > size OR live <> seats_live OR paid <> seats_paid',
    replace: 'HAVING FALSE',
    caughtBy: { file: TEST, test: 'INV-7' },
  },
  {
    name: 'what ran out of time counts as holding',
    file: 'src/invariants/judge.ts',
    search: "outcome: 'UNFINISHED', problem: problemOf(error)",
    replace: "outcome: 'HOLDS', problem: problemOf(error)",
    caughtBy: { file: RUNS, test: 'because it runs out of time is unfinished' },
  },
  {
    name: 'an incident is never closed',
    file: 'src/invariants/incident.rules.ts',
    search: "return open ? 'CLOSED' : 'NONE';",
    replace: "return 'NONE';",
    caughtBy: { file: RUNS, test: 'is one incident from when it is first seen until it is mended' },
  },
  {
    name: 'an incident is over when nobody could judge',
    file: 'src/invariants/incident.rules.ts',
    search: "if (outcome === 'HOLDS') return open",
    replace: "if (outcome !== 'BROKEN') return open",
    caughtBy: { file: RUNS, test: 'stays broken while it is skipped' },
  },
  {
    name: 'what was skipped counts as judged',
    file: 'src/invariants/judgement.ts',
    search: "return outcome === 'HOLDS' || outcome === 'BROKEN';",
    replace: "return outcome !== 'UNFINISHED';",
    caughtBy: { file: RUNS, test: 'is skipped while work is due' },
  },
  {
    name: 'what needs rest is judged while a worker is at it',
    file: 'src/invariants/judge.ts',
    search: 'inFlight: IN_FLIGHT_OR_HELD',
    replace: "inFlight: 'SELECT 1 FROM job WHERE run_at <= NOW(3)'",
    caughtBy: { file: RUNS, test: 'is skipped while a worker is at it' },
  },
  {
    name: 'a run that takes longer than its lease is begun by another beside it',
    file: 'src/invariants/invariants.service.ts',
    search: '      await claim.renew(db);\n      judgements.push(',
    replace: '      judgements.push(',
    caughtBy: { file: RUNS, test: 'leave a run to the one who is at it' },
  },
  {
    name: 'a worker that has lost its lease writes down what it found',
    file: 'src/invariants/invariants.service.ts',
    search: '      await claim.renew(db);\n      return finish(',
    replace: '      return finish(',
    caughtBy: { file: RUNS, test: 'that lose it in the very last look' },
  },
  {
    name: 'a worker that starts ends the lease of the one that is at a scheduled task',
    file: 'src/jobs/job.queue.ts',
    search: 'run_at = IF(attempt = 0, LEAST(run_at, VALUES(run_at) + INTERVAL ? SECOND), run_at)`,',
    replace: 'run_at = LEAST(run_at, VALUES(run_at) + INTERVAL ? SECOND)`,',
    caughtBy: {
      file: 'test/jobs/schedule.test.ts',
      test: 'is left to the worker that is at it by one that starts meanwhile',
    },
  },
];
