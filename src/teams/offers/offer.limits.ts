/**
 * Between which bounds the terms of an offer lie. The API's inputs and the command hold to the same numbers;
 * what the bounds leave open is judged by `offer.rules.ts`.
 */

/** As many as a chat group can be asked for; the database checks it, too. */
export const SIZE_MIN = 2;
export const SIZE_MAX = 100;

/** SKUs of one offer, as many as lines of a checkout. */
export const SKUS_MAX = 50;

/** Ten million yuan: beyond any price, and far from where sums of many units stop being exact. */
export const PRICE_MINOR_MAX = 1_000_000_000;

export const UNITS_PER_BUYER_MAX = 1_000_000;
export const SHARE_UNITS_MAX = 10_000_000;

/** Offers lie within these years: a time beyond them is a slip of the keyboard, and one far beyond them no database keeps. */
export const EARLIEST_AT = new Date('2000-01-01T00:00:00Z');
export const LATEST_AT = new Date('2100-01-01T00:00:00Z');

/**
 * A team may take 48 hours to fill and not more. WeChat wants goods shipped within 48 hours of the payment (发货信息管理),
 * and the opener has paid when the time starts to count: a team that takes longer makes the shop late before it can ship.
 */
export const TTL_SECONDS_MAX = 48 * 3_600;
