import type { Team, TeamStatus } from '../team.entity.js';
import type { TeamHappening } from './team-change.js';

/** What the members of a team, and how it stands, can be told by: any visible change of a team changes one of them. */
export type TeamState = Pick<Team, 'status' | 'seatsLive' | 'seatsPaid' | 'expiresAt'>;

export function hasChanged(before: TeamState, after: TeamState): boolean {
  return (
    before.status !== after.status ||
    before.seatsLive !== after.seatsLive ||
    before.seatsPaid !== after.seatsPaid ||
    before.expiresAt?.getTime() !== after.expiresAt?.getTime()
  );
}

const BY_STATUS: Readonly<Record<TeamStatus, TeamHappening | null>> = {
  PENDING: null,
  FORMING: 'OPENED',
  FORMED: 'FORMED',
  FAILED: 'FAILED',
  ABORTED: 'ABORTED',
  MERGED: 'MERGED',
  CLOSED: 'FORMED', // Whoever was told last before it formed hears of that; what became of the orders is theirs to hear.
};

/**
 * What must have happened to a team between two looks at it, in the order in which it happens. Counts tell what came of it in sum: a
 * seat that one left and another took between the looks is as it was.
 */
export function whatHappened(before: TeamState, after: TeamState): TeamHappening[] {
  const happened: (TeamHappening | null)[] = [
    after.seatsLive > before.seatsLive ? 'JOINED' : null,
    after.seatsPaid > before.seatsPaid ? 'PAID' : null,
    after.seatsLive < before.seatsLive ? 'LEFT' : null,
    after.status === before.status ? null : BY_STATUS[after.status],
  ];
  return happened.filter((one) => one !== null);
}

const OPEN: ReadonlySet<TeamStatus> = new Set(['PENDING', 'FORMING']);

/** Whether a team has come to its end for those who watch it. Seats and orders go on, and are told of to their buyers. */
export function isOver({ status }: Pick<Team, 'status'>): boolean {
  return !OPEN.has(status);
}
