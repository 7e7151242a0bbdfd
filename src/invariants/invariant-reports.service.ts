import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import { statusOf } from './incident.rules.js';
import { type Invariant, TO_JUDGE } from './invariant.js';
import { InvariantIncident } from './invariant-incident.entity.js';
import { InvariantReport, InvariantStanding } from './invariant-report.js';
import { InvariantRun } from './invariant-run.entity.js';
import { InvariantVerdict } from './invariant-verdict.entity.js';

/** How everything stands that must hold, as the last run left it. Any process answers the same. */
@Injectable()
export class InvariantReportsService {
  constructor(
    private readonly source: DataSource,
    @Inject(TO_JUDGE) private readonly invariants: readonly Invariant[],
  ) {}

  async report(): Promise<InvariantReport> {
    const db = this.source.manager;
    const newestFirst = { id: 'DESC' } as const;
    const [lastRun, running, verdicts, incidents] = await Promise.all([
      db.findOne(InvariantRun, { where: { finishedAt: Not(IsNull()) }, order: newestFirst }),
      db.findOne(InvariantRun, { where: { finishedAt: IsNull() }, order: newestFirst }),
      db.find(InvariantVerdict),
      db.findBy(InvariantIncident, { closedAt: IsNull() }),
    ]);
    const verdictOf = new Map(verdicts.map((verdict) => [verdict.name, verdict]));
    const incidentOf = new Map(incidents.map((incident) => [incident.name, incident]));
    const invariants = this.invariants.map((invariant) =>
      standingOf(invariant, verdictOf.get(invariant.name), incidentOf.get(invariant.name) ?? null),
    );
    return new InvariantReport({ lastRun, runningSince: running?.startedAt ?? null, invariants });
  }
}

function standingOf(
  invariant: Invariant,
  verdict: InvariantVerdict | undefined,
  incident: InvariantIncident | null,
): InvariantStanding {
  return new InvariantStanding(invariant, {
    status: statusOf(verdict, incident !== null),
    lastJudgedAt: verdict?.judgedAt ?? null,
    problem: verdict?.problem ?? null,
    incident,
  });
}
