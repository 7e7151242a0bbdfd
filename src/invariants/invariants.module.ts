import { Module } from '@nestjs/common';
import { TO_JUDGE } from './invariant.js';
import { InvariantMetrics } from './invariant.metrics.js';
import { InvariantReportsService } from './invariant-reports.service.js';
import { InvariantIncidentResolver, InvariantsResolver, InvariantStandingResolver } from './invariants.resolver.js';
import { InvariantsService } from './invariants.service.js';
import { InvariantsWorker } from './invariants.worker.js';
import { INVARIANTS } from './list.js';

/** What must hold in the whole shop: looked at by the clock, told when it does not. */
@Module({
  providers: [
    { provide: TO_JUDGE, useValue: INVARIANTS },
    InvariantsService,
    InvariantReportsService,
    InvariantsResolver,
    InvariantStandingResolver,
    InvariantIncidentResolver,
    InvariantMetrics,
    InvariantsWorker,
  ],
})
export class InvariantsModule {}
