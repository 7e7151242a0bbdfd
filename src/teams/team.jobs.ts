import { defineFact, defineJob } from '#jobs';
import type { SeatId } from './seat.entity.js';
import type { TeamId } from './team.entity.js';

export const teamFormed = defineFact<{ teamId: TeamId }>('teams.formed');

/** A team has failed with this seat paid: its money goes back. */
export const teamFailed = defineFact<{ teamId: TeamId; seatId: SeatId }>('teams.failed');

/** Gives one member of a failed team the money back; each on its own, so that none waits for another. */
export const refundSeat = defineJob<{ seatId: SeatId }>('teams.refundSeat');

/** Scheduled: ends teams that did not fill in time. */
export const expireTeams = defineJob<Record<string, never>>('teams.expire');
