import { In } from 'typeorm';
import type { ProductId } from '#catalog';
import { defineLoader, defineOwnLoader, groupInOrder, oneInOrder } from '#common';
import { viewerOf } from '#identity';
import type { OrderId } from '#orders';
import { Offer, type OfferId } from './offers/offer.entity.js';
import { OfferPrice } from './offers/offer-price.entity.js';
import { Seat } from './seat.entity.js';
import { Team, type TeamId } from './team.entity.js';
import { standingsByOffers, standingsInTeams } from './pages/standing.js';
import { joinableTeamsByOffer } from './pages/team.queries.js';
import { LIVE } from './team.rules.js';

export const offerById = defineLoader(async (db, ids: readonly OfferId[]) =>
  oneInOrder(ids, await db.findBy(Offer, { id: In(ids) }), ({ id }) => id),
);

/** One revision of an offer's terms, as a key. */
export type RevisionKey = `${OfferId}@${number}`;

/** What each SKU costs under a revision of an offer's terms, in the order of the SKUs. */
export const pricesOfRevision = defineLoader(async (db, keys: readonly RevisionKey[]) => {
  const where = keys.map((key) => {
    const [offerId, revision] = key.split('@') as [OfferId, string];
    return { offerId, revision: Number(revision) };
  });
  const prices = await db.find(OfferPrice, { where, order: { skuId: 'ASC' } });
  return groupInOrder(keys, prices, ({ offerId, revision }): RevisionKey => `${offerId}@${revision}`);
});

export const offersOfProduct = defineLoader(async (db, ids: readonly ProductId[]) => {
  const offers = await db.find(Offer, { where: { productId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, offers, ({ productId }) => productId);
});

/** How many teams that can be joined a page shows at once. */
export const JOINABLE_SHOWN = 5;

/** For each offer the first few teams that the viewer could join now: one more than is shown, because the page of a team leaves that one out. */
export const joinableTeamsOfOffer = defineOwnLoader(async (db, ids: readonly OfferId[], { businessTime, request }) => {
  const reader = { viewerId: viewerOf(request)?.id ?? null, now: await businessTime.read(db) };
  const teams = await joinableTeamsByOffer(db, ids, reader, JOINABLE_SHOWN + 1);
  return groupInOrder(ids, teams, ({ offerId }) => offerId);
});

export const teamById = defineLoader(async (db, ids: readonly TeamId[]) =>
  oneInOrder(ids, await db.findBy(Team, { id: In(ids) }), ({ id }) => id),
);

/** Seats that are held or paid, in the order in which they were taken. */
export const liveSeatsOfTeam = defineLoader(async (db, ids: readonly TeamId[]) => {
  const seats = await db.find(Seat, { where: { teamId: In(ids), status: In(LIVE) }, order: { id: 'ASC' } });
  return groupInOrder(ids, seats, ({ teamId }) => teamId);
});

/** The newest seat that whoever asks has ever had in a team. */
export const lastOwnSeatInTeam = defineOwnLoader(async (db, ids: readonly TeamId[], { request }) => {
  const viewer = viewerOf(request);
  if (!viewer) return ids.map(() => null);
  const seats = await db.find(Seat, { where: { teamId: In(ids), buyerId: viewer.id }, order: { id: 'ASC' } });
  return groupInOrder(ids, seats, ({ teamId }) => teamId).map((own) => own.at(-1) ?? null);
});

export const seatOfOrder = defineLoader(async (db, ids: readonly OrderId[]) =>
  oneInOrder(ids, await db.findBy(Seat, { orderId: In(ids) }), ({ orderId }) => orderId),
);

/** How whoever asks stands to a team, and to an offer: what the buttons of a page depend on. */
export const standingInTeam = defineOwnLoader(async (db, ids: readonly TeamId[], { request }) => {
  const standings = await standingsInTeams(db, ids, viewerOf(request)?.id ?? null);
  return ids.map((id) => standings.get(id) ?? null);
});

export const standingByOffer = defineOwnLoader(async (db, ids: readonly OfferId[], { request }) => {
  const standings = await standingsByOffers(db, ids, viewerOf(request)?.id ?? null);
  return ids.map((id) => standings.get(id) ?? null);
});
