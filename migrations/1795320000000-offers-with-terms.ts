import type { MigrationInterface, QueryRunner } from 'typeorm';
import { idFromBytes } from '#common';
import { forbidChanges } from './history.js';

interface OfferRow {
  readonly id: Buffer;
  readonly size: number;
  readonly ttl_seconds: number;
  readonly units_per_order: number;
  readonly units_per_buyer: number;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly sku_id: Buffer;
  readonly price_minor: string;
  readonly units_max: number;
}

/**
 * An offer prices every SKU of its product, and its terms have revisions: a team keeps the revision that it was opened under.
 * Offers can be frozen, and remember who changed them. Seats say when they were paid, so that the earliest member can take over a team.
 */
export class OffersWithTerms1795320000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE offer_price (
        offer_id     BINARY(16) NOT NULL,
        revision     INT NOT NULL,
        sku_id       BINARY(16) NOT NULL,
        allotment_id BINARY(16) NOT NULL,
        price_minor  BIGINT NOT NULL,
        currency     CHAR(3) CHARACTER SET ascii NOT NULL,
        PRIMARY KEY (offer_id, revision, sku_id),
        CONSTRAINT offer_price_of FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT offer_price_minor CHECK (price_minor >= 0)
      )`);
    await db.query(`
      INSERT INTO offer_price (offer_id, revision, sku_id, allotment_id, price_minor, currency)
      SELECT id, 1, sku_id, allotment_id, price_minor, currency FROM offer`);
    await forbidChanges(db, 'offer_price');

    // There was no limit for an order before, so what was ordered must still be true: as much as any line may have.
    await db.query(`
      ALTER TABLE offer
        ADD COLUMN kind VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT 'PLAIN' AFTER product_id,
        ADD COLUMN revision INT NOT NULL DEFAULT 1 AFTER kind,
        ADD COLUMN units_per_order INT NOT NULL DEFAULT 9999 AFTER ttl_seconds,
        ADD COLUMN frozen_at DATETIME(3) NULL,
        DROP CONSTRAINT offer_price,
        DROP COLUMN sku_id,
        DROP COLUMN allotment_id,
        DROP COLUMN price_minor,
        DROP COLUMN currency,
        ADD CONSTRAINT offer_order_limit CHECK (units_per_order > 0)`);
    await db.query('ALTER TABLE offer ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN revision DROP DEFAULT');
    await db.query('ALTER TABLE offer ALTER COLUMN units_per_order DROP DEFAULT');

    await db.query(`
      ALTER TABLE team
        ADD COLUMN kind VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT 'PLAIN' AFTER offer_id,
        ADD COLUMN revision INT NOT NULL DEFAULT 1 AFTER kind,
        ADD COLUMN units_per_order INT NOT NULL DEFAULT 9999 AFTER ttl_seconds,
        ADD COLUMN units_per_buyer INT NULL AFTER units_per_order,
        DROP COLUMN sku_id,
        DROP COLUMN price_minor,
        DROP COLUMN currency`);
    await db.query(
      'UPDATE team JOIN offer ON offer.id = team.offer_id SET team.units_per_buyer = offer.units_per_buyer',
    );
    await db.query('ALTER TABLE team MODIFY COLUMN units_per_buyer INT NOT NULL, ALTER COLUMN kind DROP DEFAULT');
    await db.query('ALTER TABLE team ALTER COLUMN revision DROP DEFAULT, ALTER COLUMN units_per_order DROP DEFAULT');

    await db.query('ALTER TABLE seat ADD COLUMN paid_at DATETIME(3) NULL AFTER held_until');
    // The moves of a seat were always kept; their times are the machine's, which is near enough to tell who came first.
    // By way of another table, because the seats' own trigger writes into status_move.
    await db.query(`
      CREATE TABLE seat_paid (PRIMARY KEY (seat_id))
      SELECT subject_id AS seat_id, MIN(moved_at) AS paid_at FROM status_move
      WHERE subject = 'seat' AND to_status = 'PAID' GROUP BY subject_id`);
    await db.query('UPDATE seat JOIN seat_paid ON seat_paid.seat_id = seat.id SET seat.paid_at = seat_paid.paid_at');
    await db.query('DROP TABLE seat_paid');

    await db.query(`
      CREATE TABLE offer_change (
        id         BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        offer_id   BINARY(16) NOT NULL,
        kind       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        terms      JSON NOT NULL,
        changed_by VARCHAR(64) NOT NULL,
        reason     VARCHAR(255) NOT NULL,
        changed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX offer_change_of (offer_id, id),
        CONSTRAINT offer_change_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT offer_change_kind CHECK (kind IN ('ADDED', 'CHANGED', 'FROZEN', 'UNFROZEN'))
      )`);
    await recordOffers(db);
    await forbidChanges(db, 'offer_change');
  }

  /** Only while every offer has one SKU and one revision: the old tables have no place for more. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE offer_change');
    await db.query('ALTER TABLE seat DROP COLUMN paid_at');
    for (const [table, after] of [
      ['team', 'offer_id'],
      ['offer', 'product_id'],
    ] as const) {
      await db.query(`
        ALTER TABLE ${table}
          ADD COLUMN sku_id BINARY(16) NULL AFTER ${after},
          ADD COLUMN price_minor BIGINT NULL AFTER size,
          ADD COLUMN currency CHAR(3) CHARACTER SET ascii NULL AFTER price_minor`);
    }
    await db.query('ALTER TABLE offer ADD COLUMN allotment_id BINARY(16) NULL AFTER sku_id');
    await db.query(`
      UPDATE offer JOIN offer_price ON offer_price.offer_id = offer.id
      SET offer.sku_id = offer_price.sku_id, offer.allotment_id = offer_price.allotment_id,
        offer.price_minor = offer_price.price_minor, offer.currency = offer_price.currency`);
    await db.query(`
      UPDATE team JOIN offer ON offer.id = team.offer_id
      SET team.sku_id = offer.sku_id, team.price_minor = offer.price_minor, team.currency = offer.currency`);
    await db.query(`
      ALTER TABLE team
        MODIFY COLUMN sku_id BINARY(16) NOT NULL,
        MODIFY COLUMN price_minor BIGINT NOT NULL,
        MODIFY COLUMN currency CHAR(3) CHARACTER SET ascii NOT NULL,
        DROP COLUMN kind, DROP COLUMN revision, DROP COLUMN units_per_order, DROP COLUMN units_per_buyer`);
    await db.query(`
      ALTER TABLE offer
        MODIFY COLUMN sku_id BINARY(16) NOT NULL,
        MODIFY COLUMN allotment_id BINARY(16) NOT NULL,
        MODIFY COLUMN price_minor BIGINT NOT NULL,
        MODIFY COLUMN currency CHAR(3) CHARACTER SET ascii NOT NULL,
        DROP CONSTRAINT offer_order_limit,
        DROP COLUMN kind, DROP COLUMN revision, DROP COLUMN units_per_order, DROP COLUMN frozen_at,
        ADD CONSTRAINT offer_price CHECK (price_minor >= 0)`);
    await db.query('DROP TABLE offer_price');
  }
}

/** Offers that were made before changes were kept begin with what they say now. */
async function recordOffers(db: QueryRunner): Promise<void> {
  const offers = (await db.query(`
    SELECT offer.*, offer_price.sku_id, offer_price.price_minor, allotment.units_max FROM offer
    JOIN offer_price ON offer_price.offer_id = offer.id JOIN allotment ON allotment.id = offer_price.allotment_id`)) as OfferRow[];
  for (const offer of offers) {
    const terms = {
      ...{ kind: 'PLAIN', revision: 1, size: offer.size, ttlSeconds: offer.ttl_seconds },
      ...{ unitsPerOrder: offer.units_per_order, unitsPerBuyer: offer.units_per_buyer },
      ...{ startsAt: offer.starts_at, endsAt: offer.ends_at, frozenAt: null },
      prices: [
        {
          skuId: idFromBytes('sku', offer.sku_id),
          priceMinor: Number(offer.price_minor),
          unitsMax: offer.units_max,
        },
      ],
    };
    await db.query('INSERT INTO offer_change (offer_id, kind, terms, changed_by, reason) VALUES (?, ?, ?, ?, ?)', [
      ...[offer.id, 'ADDED', JSON.stringify(terms)],
      ...['command:migrate', 'made before changes were kept'],
    ]);
  }
}
