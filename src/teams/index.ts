export { Offer, type OfferId } from './offer.entity.js';
export { OffersService } from './offers.service.js';
export { Seat, type SeatId } from './seat.entity.js';
export { SeatingService } from './seating.service.js';
export { Team, type TeamId } from './team.entity.js';
export { expireTeams } from './team.jobs.js';
export { seatLife, teamLife } from './team.rules.js';
export { TeamsModule } from './teams.module.js';
export { TeamsService } from './teams.service.js';
