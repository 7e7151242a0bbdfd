import type { EntityManager } from 'typeorm';
import { idBytes } from '#common';
import type { UserId } from '#identity';
import type { OfferId } from './offers/offer.entity.js';
import type { Team } from './team.entity.js';

/** How many units a buyer has by an offer. */
export interface BuyerUnits {
  readonly offerId: OfferId;
  readonly buyerId: UserId;
  readonly quantity: number;
}

/**
 * Counts units towards the buyer's limit, and holds the buyer's row until the transaction ends. It comes before the team's lock.
 *
 * @returns false, and counts nothing, if they would be more than the offer gives one buyer
 */
export async function takeUnits(
  db: EntityManager,
  { unitsPerBuyer }: Pick<Team, 'unitsPerBuyer'>,
  units: BuyerUnits,
): Promise<boolean> {
  const key = keyOf(units);
  await db.query(
    'INSERT INTO offer_buyer (offer_id, buyer_id, units) VALUES (?, ?, 0) ON DUPLICATE KEY UPDATE units = units',
    key,
  );
  const { affectedRows } = await db.query<{ affectedRows: number }>(
    'UPDATE offer_buyer SET units = units + ? WHERE offer_id = ? AND buyer_id = ? AND units + ? <= ?',
    [units.quantity, ...key, units.quantity, unitsPerBuyer],
  );
  return affectedRows === 1;
}

/** Takes the buyer's row before the team's, for what may give units back later in the transaction. */
export async function lockUnits(db: EntityManager, units: Omit<BuyerUnits, 'quantity'>): Promise<void> {
  await db.query('SELECT units FROM offer_buyer WHERE offer_id = ? AND buyer_id = ? FOR UPDATE', keyOf(units));
}

export async function giveUnitsBack(db: EntityManager, units: BuyerUnits): Promise<void> {
  await db.query('UPDATE offer_buyer SET units = units - ? WHERE offer_id = ? AND buyer_id = ?', [
    units.quantity,
    ...keyOf(units),
  ]);
}

function keyOf({ offerId, buyerId }: Omit<BuyerUnits, 'quantity'>): [Buffer, Buffer] {
  return [idBytes(offerId), idBytes(buyerId)];
}
