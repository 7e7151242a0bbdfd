import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A checkout may be tried more than once under new numbers, one at a time, and still be paid by one capture; a price may be zero;
 * an order counts what it has promised back; a refund says until when the channel is left alone with it.
 */
export class PaymentsAtTheirEdges1795309200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // `live` lets a checkout have one attempt at a time that somebody could pay.
    await db.query(`
      ALTER TABLE payment
        ADD COLUMN attempt TINYINT UNSIGNED NOT NULL DEFAULT 1 AFTER checkout_id,
        ADD COLUMN live BOOLEAN AS (IF(status IN ('INIT', 'PENDING'), TRUE, NULL)) STORED,
        ADD UNIQUE INDEX payment_attempt (checkout_id, attempt),
        ADD UNIQUE INDEX payment_one_live (checkout_id, live),
        DROP INDEX payment_of_checkout`);

    // A checkout is honoured once, whichever of its attempts brought the money (INV-12).
    await db.query('ALTER TABLE capture ADD COLUMN checkout_id BINARY(16) NULL AFTER payment_id');
    await db.query(
      'UPDATE capture JOIN payment ON payment.id = capture.payment_id SET capture.checkout_id = payment.checkout_id',
    );
    await db.query(`
      ALTER TABLE capture
        MODIFY COLUMN checkout_id BINARY(16) NOT NULL,
        ADD COLUMN refunds TINYINT UNSIGNED NOT NULL DEFAULT 0 AFTER refunded_minor,
        ADD INDEX capture_of_payment (payment_id),
        ADD UNIQUE INDEX capture_honours_checkout_once (checkout_id, honours),
        DROP INDEX capture_honours_once`);
    await db.query('UPDATE capture SET refunds = (SELECT COUNT(*) FROM refund WHERE refund.capture_id = capture.id)');

    await db.query(`
      ALTER TABLE refund
        ADD COLUMN note VARCHAR(200) NULL AFTER reason,
        ADD COLUMN requested_by_id BINARY(16) NULL AFTER note,
        ADD COLUMN queries INT UNSIGNED NOT NULL DEFAULT 0,
        ADD COLUMN manual_after DATETIME(3) NULL`);
    await db.query('UPDATE refund SET manual_after = created_at + INTERVAL 72 HOUR');
    await db.query('ALTER TABLE refund MODIFY COLUMN manual_after DATETIME(3) NOT NULL');

    await db.query('ALTER TABLE orders ADD COLUMN refunding_minor BIGINT NOT NULL DEFAULT 0 AFTER payable_minor');
    await db.query(`
      UPDATE orders JOIN (
        SELECT order_id, SUM(amount_minor) AS promised_minor FROM refund WHERE status <> 'CLOSED' GROUP BY order_id
      ) AS promised ON promised.order_id = orders.id
      SET refunding_minor = promised_minor`);
    await db.query(`
      ALTER TABLE orders
        DROP CONSTRAINT orders_refunded,
        ADD CONSTRAINT orders_refunded CHECK (0 <= refunded_minor AND refunded_minor <= refunding_minor AND refunding_minor <= payable_minor)`);

    await db.query('ALTER TABLE sku DROP CONSTRAINT sku_price, ADD CONSTRAINT sku_price CHECK (price_minor >= 0)');
    await db.query(
      'ALTER TABLE offer DROP CONSTRAINT offer_price, ADD CONSTRAINT offer_price CHECK (price_minor >= 0)',
    );
  }

  /** Only while nothing has used the new freedom: a second attempt or a price of zero has no place in the old tables. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE offer DROP CONSTRAINT offer_price, ADD CONSTRAINT offer_price CHECK (price_minor > 0)');
    await db.query('ALTER TABLE sku DROP CONSTRAINT sku_price, ADD CONSTRAINT sku_price CHECK (price_minor > 0)');
    await db.query(`
      ALTER TABLE orders
        DROP CONSTRAINT orders_refunded,
        DROP COLUMN refunding_minor,
        ADD CONSTRAINT orders_refunded CHECK (refunded_minor BETWEEN 0 AND payable_minor)`);
    await db.query(
      'ALTER TABLE refund DROP COLUMN manual_after, DROP COLUMN queries, DROP COLUMN requested_by_id, DROP COLUMN note',
    );
    await db.query(`
      ALTER TABLE capture
        ADD UNIQUE INDEX capture_honours_once (payment_id, honours),
        DROP INDEX capture_honours_checkout_once,
        DROP INDEX capture_of_payment,
        DROP COLUMN refunds,
        DROP COLUMN checkout_id`);
    await db.query(`
      ALTER TABLE payment
        ADD UNIQUE INDEX payment_of_checkout (checkout_id),
        DROP INDEX payment_one_live,
        DROP INDEX payment_attempt,
        DROP COLUMN live,
        DROP COLUMN attempt`);
  }
}
