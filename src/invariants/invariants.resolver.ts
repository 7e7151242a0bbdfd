import { UseInterceptors } from '@nestjs/common';
import { Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, RefusalsAsResults } from '#common';
import { Allow } from '#identity';
import { InvariantIncident } from './invariant-incident.entity.js';
import { InvariantReport, InvariantsCheckResult, InvariantStanding } from './invariant-report.js';
import { InvariantReportsService } from './invariant-reports.service.js';
import { InvariantsService } from './invariants.service.js';

/** The operators' door to what must hold. */
@Resolver(() => InvariantReport)
@UseInterceptors(RefusalsAsResults)
export class InvariantsResolver {
  constructor(
    private readonly checker: InvariantsService,
    private readonly reports: InvariantReportsService,
  ) {}

  @Allow('ADMIN')
  @Query(() => InvariantReport, {
    description: 'For ADMIN. Whether everything holds that must, as the last run found it.',
  })
  invariants(): Promise<InvariantReport> {
    return this.reports.report();
  }

  @Allow('ADMIN')
  @Mutation(() => InvariantsCheckResult, {
    description:
      'For ADMIN. Let a worker look now whether everything holds. While one is at it, that is what was asked for. The answer is how things stand meanwhile.',
  })
  async invariantsCheck(): Promise<InvariantReport> {
    await this.checker.ask();
    return this.reports.report();
  }
}

@Resolver(() => InvariantStanding)
export class InvariantStandingResolver {
  @ResolveField(() => String, { description: 'What must hold, in the language of the request.' })
  holds(@Parent() { holds }: InvariantStanding, @Context() { language }: ApiContext): string {
    return holds[language];
  }
}

@Resolver(() => InvariantIncident)
export class InvariantIncidentResolver {
  @ResolveField(() => [String], {
    description: 'The first few of the broken rows, each as JSON: ids, amounts and words of ours.',
  })
  rows(@Parent() { samples }: InvariantIncident): string[] {
    return samples.map((row) => JSON.stringify(row));
  }
}
