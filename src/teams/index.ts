export { Offer, type OfferId } from './offers/offer.entity.js';
export type { OfferChange } from './offers/offer-change.js';
export { OfferPrice } from './offers/offer-price.entity.js';
export { FormingService } from './forming.service.js';
export { LeavingService } from './leaving.service.js';
export {
  EARLIEST_AT,
  LATEST_AT,
  PRICE_MINOR_MAX,
  SHARE_UNITS_MAX,
  SIZE_MAX,
  SIZE_MIN,
  SKUS_MAX,
  TTL_SECONDS_MAX,
  UNITS_PER_BUYER_MAX,
} from './offers/offer.limits.js';
export type { OfferTermsPrice } from './offers/offer-terms.js';
export { OfferSheetsService, OfferStanding } from './offers/offer-sheets.service.js';
export { type NewOffer, type NewTerms, OffersService } from './offers/offers.service.js';
export { Seat, type SeatId } from './seat.entity.js';
export { SeatingService } from './seating.service.js';
export { Team, type TeamId } from './team.entity.js';
export type { TeamOpenInput } from './team.inputs.js';
export { expireTeams, teamFailed, teamFormed } from './team.jobs.js';
export { seatLife, teamLife } from './team.rules.js';
export { TeamsModule } from './teams.module.js';
export { TeamsService } from './teams.service.js';
