import { createUnionType, Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { TooManyAttempts } from '#identity';
import type { InvariantStatus } from './incident.rules.js';
import type { Invariant } from './invariant.js';
import { InvariantIncident } from './invariant-incident.entity.js';
import { InvariantRun } from './invariant-run.entity.js';

const STATUSES: Readonly<Record<InvariantStatus, { description: string }>> = {
  HOLDS: { description: 'It held when it was last looked at.' },
  BROKEN: { description: 'It was seen broken, and has not been seen to hold since.' },
  UNFINISHED: { description: 'The last run could not judge it: it ran out of time or failed.' },
  SKIPPED: { description: 'The last run could not judge it, because something was in flight.' },
  NEVER_JUDGED: { description: 'No run has judged it yet.' },
};
export const InvariantStatusType = Object.fromEntries(Object.keys(STATUSES).map((status) => [status, status]));
registerEnumType(InvariantStatusType, {
  name: 'InvariantStatus',
  description: 'How something stands that must always hold.',
  valuesMap: STATUSES,
});

@ObjectType({ description: 'Something that must hold whatever happens, and how it stands.' })
export class InvariantStanding {
  @Field(() => String, { description: 'Its number, such as `INV-16`; several may share one.' })
  readonly number: string;

  @Field(() => String, { description: 'Its own name.' })
  readonly name: string;

  readonly holds: Invariant['holds'];

  @Field(() => InvariantStatusType, { description: 'How it stands.' })
  readonly status: InvariantStatus;

  @Field(() => Date, { nullable: true, description: 'When the run began that last judged it; null if none has.' })
  readonly lastJudgedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why the last run could not judge it, if it is UNFINISHED.' })
  readonly problem: string | null;

  @Field(() => InvariantIncident, { nullable: true, description: 'What is broken; null if nothing is.' })
  readonly incident: InvariantIncident | null;

  constructor(
    { number, name, holds }: Invariant,
    standing: Pick<InvariantStanding, 'status' | 'lastJudgedAt' | 'problem' | 'incident'>,
  ) {
    this.number = number;
    this.name = name;
    this.holds = holds;
    this.status = standing.status;
    this.lastJudgedAt = standing.lastJudgedAt;
    this.problem = standing.problem;
    this.incident = standing.incident;
  }
}

@ObjectType({ description: 'Whether everything holds that must: money, seats, stock, people.' })
export class InvariantReport {
  @Field(() => InvariantRun, { nullable: true, description: 'The last run that was finished; null if none was.' })
  readonly lastRun: InvariantRun | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the run began that is under way; null if none is. A run whose worker died counts until the next begins.',
  })
  readonly runningSince: Date | null;

  @Field(() => [InvariantStanding], { description: 'Everything that must hold, in the order of the list.' })
  readonly invariants: readonly InvariantStanding[];

  constructor({ lastRun, runningSince, invariants }: InvariantReport) {
    this.lastRun = lastRun;
    this.runningSince = runningSince;
    this.invariants = invariants;
  }
}

export const InvariantsCheckResult = createUnionType({
  name: 'InvariantsCheckResult',
  description: 'How everything stands while a worker looks again, or why it does not.',
  types: () => [InvariantReport, TooManyAttempts] as const,
});
