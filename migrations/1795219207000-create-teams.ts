import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Offers, teams and seats. The unique key on \`live\` allows one live seat for each buyer and any number of past ones. */
export class CreateTeams1795219207000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE offer (
        id              BINARY(16) PRIMARY KEY,
        product_id      BINARY(16) NOT NULL,
        sku_id          BINARY(16) NOT NULL,
        allotment_id    BINARY(16) NOT NULL,
        size            INT NOT NULL,
        price_minor     BIGINT NOT NULL,
        currency        CHAR(3) CHARACTER SET ascii NOT NULL,
        ttl_seconds     INT NOT NULL,
        units_per_buyer INT NOT NULL,
        starts_at       DATETIME(3) NOT NULL,
        ends_at         DATETIME(3) NOT NULL,
        INDEX offer_of_product (product_id, ends_at),
        CONSTRAINT offer_size CHECK (size BETWEEN 2 AND 100),
        CONSTRAINT offer_price CHECK (price_minor > 0),
        CONSTRAINT offer_limit CHECK (units_per_buyer > 0),
        CONSTRAINT offer_lasts CHECK (starts_at < ends_at)
      )`);

    // A row to lock and to guard for each buyer's limit (INV-27): counting seats would let two requests through at once.
    await db.query(`
      CREATE TABLE offer_buyer (
        offer_id BINARY(16) NOT NULL,
        buyer_id BINARY(16) NOT NULL,
        units    INT NOT NULL,
        PRIMARY KEY (offer_id, buyer_id),
        CONSTRAINT offer_buyer_units CHECK (units >= 0)
      )`);

    await db.query(`
      CREATE TABLE team (
        id           BINARY(16) PRIMARY KEY,
        offer_id     BINARY(16) NOT NULL,
        sku_id       BINARY(16) NOT NULL,
        opened_by_id BINARY(16) NOT NULL,
        status       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        size         INT NOT NULL,
        price_minor  BIGINT NOT NULL,
        currency     CHAR(3) CHARACTER SET ascii NOT NULL,
        ttl_seconds  INT NOT NULL,
        seats_live   INT NOT NULL,
        seats_paid   INT NOT NULL,
        opened_at    DATETIME(3) NOT NULL,
        expires_at   DATETIME(3) NULL,
        INDEX team_forming (offer_id, status, seats_paid, id),
        INDEX team_expiry (status, expires_at),
        CONSTRAINT team_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT team_seats CHECK (0 <= seats_paid AND seats_paid <= seats_live AND seats_live <= size)
      )`);
    await keepHistory(db, 'team');

    await db.query(`
      CREATE TABLE seat (
        id         BINARY(16) PRIMARY KEY,
        team_id    BINARY(16) NOT NULL,
        offer_id   BINARY(16) NOT NULL,
        buyer_id   BINARY(16) NOT NULL,
        order_id   BINARY(16) NOT NULL,
        status     VARCHAR(16) CHARACTER SET ascii NOT NULL,
        quantity   INT NOT NULL,
        held_until DATETIME(3) NOT NULL,
        live       BOOLEAN AS (IF(status IN ('HELD', 'PAID', 'CONFIRMED'), TRUE, NULL)) STORED,
        UNIQUE INDEX seat_of_order (order_id),
        UNIQUE INDEX seat_one_live_per_buyer (team_id, buyer_id, live),
        INDEX seat_of_buyer (buyer_id, id),
        CONSTRAINT seat_team FOREIGN KEY (team_id) REFERENCES team (id),
        CONSTRAINT seat_quantity CHECK (quantity > 0)
      )`);
    await keepHistory(db, 'seat');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE seat, team, offer_buyer, offer');
  }
}
