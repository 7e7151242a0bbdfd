export { checkInvariants, type Findings, report } from './check.js';
export { type Invariant } from './invariant.js';
export { purgeInvariantRuns, runInvariants } from './invariant.jobs.js';
export { InvariantIncident } from './invariant-incident.entity.js';
export { InvariantRun } from './invariant-run.entity.js';
export { InvariantVerdict } from './invariant-verdict.entity.js';
export { InvariantsModule } from './invariants.module.js';
export { INVARIANTS } from './list.js';
export { IN_FLIGHT_OR_HELD, isQuiet } from './quiet.js';
