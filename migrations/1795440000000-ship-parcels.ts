import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/**
 * Parcels and what is in them, what WeChat is told of them, and the times by which an order goes on: since when it is to be fulfilled, when the
 * buyer is taken to have it, when it is completed. Goods that were sold and never shipped can come back on sale.
 */
export class ShipParcels1795440000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // `due_at` is what the clock, and whoever ships, look for at each status; the other statuses wait for nobody.
    await db.query(`
      ALTER TABLE orders
        ADD COLUMN to_fulfil_at DATETIME(3) NULL,
        ADD COLUMN receive_by DATETIME(3) NULL,
        ADD COLUMN is_receipt_extended BOOLEAN NOT NULL DEFAULT FALSE,
        ADD COLUMN received_at DATETIME(3) NULL,
        ADD COLUMN completes_at DATETIME(3) NULL,
        ADD COLUMN due_at DATETIME(3) AS (
          CASE status WHEN 'TO_FULFIL' THEN to_fulfil_at WHEN 'SHIPPED' THEN receive_by WHEN 'RECEIVED' THEN completes_at END) STORED,
        ADD INDEX orders_due (status, due_at, id),
        ADD INDEX orders_due_of_supplier (supplier_id, status, due_at, id)`);
    // Only of what is to be fulfilled now: what was refunded before took its goods along, and INV-74 is not about it. By way of another table,
    // because the orders' own trigger writes into status_move; its times are the machine's, which is near enough.
    await db.query(`
      CREATE TABLE order_to_fulfil (PRIMARY KEY (order_id))
      SELECT orders.id AS order_id, COALESCE(MAX(moved_at), placed_at) AS since FROM orders
      LEFT JOIN status_move ON subject_id = orders.id AND subject = 'orders' AND to_status = 'TO_FULFIL'
      WHERE status = 'TO_FULFIL' GROUP BY orders.id, placed_at`);
    await db.query(`
      UPDATE orders JOIN order_to_fulfil ON order_to_fulfil.order_id = orders.id SET orders.to_fulfil_at = order_to_fulfil.since`);
    await db.query('DROP TABLE order_to_fulfil');

    await db.query(`
      ALTER TABLE order_line
        ADD COLUMN shipped_quantity INT NOT NULL DEFAULT 0 AFTER quantity,
        ADD CONSTRAINT order_line_shipped CHECK (shipped_quantity BETWEEN 0 AND quantity)`);

    await db.query(`
      CREATE TABLE parcel (
        id              BINARY(16) NOT NULL PRIMARY KEY,
        order_id        BINARY(16) NOT NULL,
        carrier         VARCHAR(32) CHARACTER SET ascii NOT NULL,
        tracking_number VARBINARY(320) NULL,
        tracking_index  BINARY(32) NULL,
        shipped_by_id   BINARY(16) NOT NULL,
        shipped_at      DATETIME(3) NOT NULL,
        delivered_by_id BINARY(16) NULL,
        delivered_at    DATETIME(3) NULL,
        tracked_at      DATETIME(3) AS (IF(tracking_number IS NULL, NULL, shipped_at)) STORED,
        UNIQUE INDEX parcel_tracked_once (carrier, tracking_index),
        INDEX parcel_of_order (order_id, id),
        INDEX parcel_tracked (tracked_at),
        CONSTRAINT parcel_order FOREIGN KEY (order_id) REFERENCES orders (id),
        CONSTRAINT parcel_tracking_sealed CHECK (OCTET_LENGTH(tracking_number) > 29),
        CONSTRAINT parcel_delivered CHECK ((delivered_at IS NULL) = (delivered_by_id IS NULL))
      )`);
    await db.query(`
      CREATE TABLE parcel_line (
        parcel_id BINARY(16) NOT NULL,
        line_id   BINARY(16) NOT NULL,
        quantity  INT NOT NULL,
        PRIMARY KEY (parcel_id, line_id),
        CONSTRAINT parcel_line_parcel FOREIGN KEY (parcel_id) REFERENCES parcel (id),
        CONSTRAINT parcel_line_of FOREIGN KEY (line_id) REFERENCES order_line (id),
        CONSTRAINT parcel_line_quantity CHECK (quantity > 0)
      )`);

    await db.query(`
      CREATE TABLE shipping_upload (
        id                    BINARY(16) NOT NULL PRIMARY KEY,
        checkout_id           BINARY(16) NOT NULL,
        status                VARCHAR(16) CHARACTER SET ascii NOT NULL,
        revision              INT NOT NULL,
        mode                  VARCHAR(8) CHARACTER SET ascii NULL,
        sent_at               DATETIME(3) NULL,
        uploaded_at           DATETIME(3) NULL,
        parcels_uploaded      INT NOT NULL DEFAULT 0,
        finish_shipping_count TINYINT NOT NULL DEFAULT 0,
        failures              INT NOT NULL DEFAULT 0,
        problem               VARCHAR(255) NULL,
        reminded_at           DATETIME(3) NULL,
        UNIQUE INDEX shipping_upload_of_checkout (checkout_id),
        INDEX shipping_upload_by_status (status, id),
        CONSTRAINT shipping_upload_checkout FOREIGN KEY (checkout_id) REFERENCES checkout (id),
        CONSTRAINT shipping_upload_mode CHECK (mode IN ('UNIFIED', 'SPLIT')),
        CONSTRAINT shipping_upload_stuck CHECK (status <> 'STUCK' OR problem IS NOT NULL)
      )`);
    await keepHistory(db, 'shipping_upload');

    await db.query(`
      ALTER TABLE stock_move
        DROP CONSTRAINT stock_move_kind,
        ADD CONSTRAINT stock_move_kind CHECK (kind IN ('RECEIVE', 'ADJUST', 'RESERVE', 'COMMIT', 'RELEASE', 'RETURN'))`);
  }

  /** Only while nothing has come back on sale: what the older shop reads has no word for it. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE stock_move
        DROP CONSTRAINT stock_move_kind,
        ADD CONSTRAINT stock_move_kind CHECK (kind IN ('RECEIVE', 'ADJUST', 'RESERVE', 'COMMIT', 'RELEASE'))`);
    await db.query('DROP TABLE shipping_upload, parcel_line, parcel');
    await db.query('ALTER TABLE order_line DROP CONSTRAINT order_line_shipped, DROP COLUMN shipped_quantity');
    await db.query(`
      ALTER TABLE orders
        DROP INDEX orders_due, DROP INDEX orders_due_of_supplier, DROP COLUMN due_at, DROP COLUMN to_fulfil_at, DROP COLUMN receive_by,
        DROP COLUMN is_receipt_extended, DROP COLUMN received_at, DROP COLUMN completes_at`);
  }
}
