import assert from 'node:assert/strict';
import { type EntityManager, type EntityTarget, type FindOptionsWhere, In, type ObjectLiteral } from 'typeorm';

/** Which states may follow which; a state without followers is terminal. */
export interface StateMachine<Status extends string> {
  readonly moves: Readonly<Record<Status, readonly Status[]>>;

  allows(from: Status, to: Status): boolean;
  isTerminal(status: Status): boolean;
}

/** A life cycle as data. It names every status, or it does not compile. */
export function stateMachine<Status extends string>(moves: Record<Status, readonly Status[]>): StateMachine<Status> {
  return {
    moves,
    allows: (from, to) => moves[from].includes(to),
    isTerminal: (status) => moves[status].length === 0,
  };
}

interface Moving<Status extends string> extends ObjectLiteral {
  id: string;
  status: Status;
}

/**
 * Moves a row on, in the table and in memory, and only if it still stands where the caller saw it.
 * The database's triggers keep the history (`status_move`), so no move goes unrecorded.
 *
 * @param set further columns to change with the move
 * @throws AssertionError if the machine does not know the move, or somebody else moved the row: callers hold its lock, so both are bugs
 */
export async function move<Status extends string, Row extends Moving<Status>>(
  db: EntityManager,
  entity: EntityTarget<Row>,
  machine: StateMachine<Status>,
  row: Row,
  to: Status,
  set: Partial<Row> = {},
): Promise<void> {
  const moved = await tryMove(db, entity, machine, row, to, set);
  assert(moved, `${row.id} is no longer ${row.status}, so it cannot become ${to}`);
}

/** As `move`, for many rows that stand at the same status, in one statement; further columns become the same in all of them. */
export async function moveAll<Status extends string, Row extends Moving<Status>>(
  db: EntityManager,
  entity: EntityTarget<Row>,
  machine: StateMachine<Status>,
  rows: readonly Row[],
  to: Status,
  set: Partial<Row> = {},
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { status } = first;
  const stray = rows.find((row) => row.status !== status);
  assert(!stray, `${String(stray?.id)} is ${String(stray?.status)}, not ${status} like the others`);
  assert(machine.allows(status, to), `${first.id} cannot go from ${status} to ${to}`);
  const where = { id: In(rows.map(({ id }) => id)), status } as unknown as FindOptionsWhere<Row>;
  const changes = { ...set, status: to };
  const { affected } = await db.update(entity, where, changes);
  assert(affected === rows.length, `only ${String(affected)} of ${rows.length} rows were still ${status}`);
  for (const row of rows) Object.assign(row, changes);
}

/** As `move`, for callers that do not hold the row's lock: false if somebody else was first. */
export async function tryMove<Status extends string, Row extends Moving<Status>>(
  db: EntityManager,
  entity: EntityTarget<Row>,
  machine: StateMachine<Status>,
  row: Row,
  to: Status,
  set: Partial<Row> = {},
): Promise<boolean> {
  assert(machine.allows(row.status, to), `${row.id} cannot go from ${row.status} to ${to}`);
  const changes = { ...set, status: to };
  const where = { id: row.id, status: row.status } as FindOptionsWhere<Row>;
  const { affected } = await db.update(entity, where, changes);
  if (affected !== 1) return false;
  Object.assign(row, changes);
  return true;
}
