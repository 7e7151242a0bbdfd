import assert from 'node:assert/strict';
import { type EntityManager, IsNull } from 'typeorm';
import { type Turn, turnOf } from './incident.rules.js';
import { InvariantIncident } from './invariant-incident.entity.js';
import { InvariantRun } from './invariant-run.entity.js';
import { isJudged, type Judgement, tally } from './judgement.js';

/** What a run has to tell of one invariant. */
export interface News {
  readonly turn: Turn;
  readonly judgement: Judgement;
}

type RunId = InvariantRun['id'];

/** Makes a note that a run has begun. One that was begun before and not finished lost its worker: it tells nothing, and goes. */
export async function begin(db: EntityManager): Promise<RunId> {
  await db.query('DELETE FROM invariant_run WHERE finished_at IS NULL');
  const { insertId } = await db.query<{ insertId: RunId }>('INSERT INTO invariant_run (started_at) VALUES (NOW(3))');
  return insertId;
}

/** Writes down all that a run has found. In one transaction, so that there is the whole of it or nothing. */
export async function finish(db: EntityManager, id: RunId, judgements: readonly Judgement[]): Promise<News[]> {
  const { affected } = await db
    .createQueryBuilder()
    .update(InvariantRun)
    .set({ ...tally(judgements), finishedAt: () => 'NOW(3)' })
    .where({ id, finishedAt: IsNull() })
    .execute();
  assert(affected === 1, `run ${id} is not there any more`);
  // What was judged was judged after this.
  const { startedAt: at } = await db.findOneByOrFail(InvariantRun, { id });
  await keepVerdicts(db, judgements, at);

  const open = await db.findBy(InvariantIncident, { closedAt: IsNull() });
  const news = judgements.map((judgement): News & { incident: InvariantIncident | undefined } => {
    const incident = open.find(({ name }) => name === judgement.invariant.name);
    return { turn: turnOf(incident, judgement), judgement, incident };
  });
  for (const { turn, judgement, incident } of news) {
    if (turn === 'OPENED') await openIncident(db, judgement, at);
    else if (turn === 'CLOSED') await db.update(InvariantIncident, { id: incident?.id }, { closedAt: at });
    else if (turn !== 'NONE') await seeAgain(db, incident?.id, judgement, at);
  }
  return news;
}

/** What was not judged keeps the time at which it last was. */
async function keepVerdicts(db: EntityManager, judgements: readonly Judgement[], at: Date): Promise<void> {
  const values = judgements.map((judgement) => {
    const { invariant, outcome, problem } = judgement;
    return [invariant.name, outcome, problem, isJudged(judgement) ? at : null];
  });
  await db.query(
    `INSERT INTO invariant_verdict (name, outcome, problem, judged_at) VALUES ?
     ON DUPLICATE KEY UPDATE outcome = VALUES(outcome), problem = VALUES(problem), judged_at = COALESCE(VALUES(judged_at), judged_at)`,
    [values],
  );
}

async function openIncident(db: EntityManager, { invariant, count, rows }: Judgement, at: Date): Promise<void> {
  await db.insert(InvariantIncident, {
    ...{ name: invariant.name, firstSeenAt: at, lastSeenAt: at, closedAt: null },
    ...{ brokenRows: count, samples: [...rows] },
  });
}

async function seeAgain(
  db: EntityManager,
  id: InvariantIncident['id'] | undefined,
  { count, rows }: Judgement,
  at: Date,
): Promise<void> {
  await db.update(InvariantIncident, { id }, { lastSeenAt: at, brokenRows: count, samples: [...rows] });
}
