import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Checkouts (what is paid at once), their orders (one for each supplier) and lines. */
export class CreateOrders1795219206000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout (
        id            BINARY(16) PRIMARY KEY,
        buyer_id      BINARY(16) NOT NULL,
        status        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        payable_minor BIGINT NOT NULL,
        currency      CHAR(3) CHARACTER SET ascii NOT NULL,
        placed_at     DATETIME(3) NOT NULL,
        pay_until     DATETIME(3) NOT NULL,
        INDEX checkout_of_buyer (buyer_id, id)
      )`);
    await keepHistory(db, 'checkout');

    await db.query(`
      CREATE TABLE orders (
        id             BINARY(16) PRIMARY KEY,
        checkout_id    BINARY(16) NOT NULL,
        buyer_id       BINARY(16) NOT NULL,
        supplier_id    BINARY(16) NOT NULL,
        status         VARCHAR(24) CHARACTER SET ascii NOT NULL,
        awaits_team    BOOLEAN NOT NULL,
        hold           TINYINT NOT NULL,
        payable_minor  BIGINT NOT NULL,
        refunded_minor BIGINT NOT NULL DEFAULT 0,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        placed_at      DATETIME(3) NOT NULL,
        INDEX orders_of_checkout (checkout_id),
        INDEX orders_of_buyer (buyer_id, id),
        CONSTRAINT orders_refunded CHECK (refunded_minor BETWEEN 0 AND payable_minor)
      )`);
    await keepHistory(db, 'orders');

    await db.query(`
      CREATE TABLE order_line (
        id               BINARY(16) PRIMARY KEY,
        order_id         BINARY(16) NOT NULL,
        sku_id           BINARY(16) NOT NULL,
        allotment_id     BINARY(16) NULL,
        title            VARCHAR(257) NOT NULL,
        quantity         INT NOT NULL,
        unit_price_minor BIGINT NOT NULL,
        amount_minor     BIGINT NOT NULL,
        UNIQUE INDEX order_line_once (order_id, sku_id),
        CONSTRAINT order_line_order FOREIGN KEY (order_id) REFERENCES orders (id),
        CONSTRAINT order_line_quantity CHECK (quantity > 0),
        CONSTRAINT order_line_amount CHECK (amount_minor = quantity * unit_price_minor)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE order_line, orders, checkout');
  }
}
