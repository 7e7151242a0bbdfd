import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Payments, what the channel really captured for them, and what goes back. */
export class CreatePayments1795219205000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payment (
        id            BINARY(16) PRIMARY KEY,
        checkout_id   BINARY(16) NOT NULL,
        out_trade_no  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        status        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        amount_minor  BIGINT NOT NULL,
        currency      CHAR(3) CHARACTER SET ascii NOT NULL,
        description   VARCHAR(127) NOT NULL,
        prepay_id     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        expires_at    DATETIME(3) NOT NULL,
        queries       INT UNSIGNED NOT NULL DEFAULT 0,
        next_query_at DATETIME(3) NULL,
        UNIQUE INDEX payment_of_checkout (checkout_id),
        UNIQUE INDEX payment_out_trade_no (out_trade_no),
        INDEX payment_overdue (status, expires_at),
        INDEX payment_to_query (next_query_at),
        CONSTRAINT payment_amount CHECK (amount_minor > 0)
      )`);
    await keepHistory(db, 'payment');

    // \`honours\` lets a payment be honoured by one capture only; any further one is refunded (INV-12).
    await db.query(`
      CREATE TABLE capture (
        id                  BINARY(16) PRIMARY KEY,
        payment_id          BINARY(16) NOT NULL,
        transaction_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        purpose             VARCHAR(16) CHARACTER SET ascii NOT NULL,
        amount_minor        BIGINT NOT NULL,
        currency            CHAR(3) CHARACTER SET ascii NOT NULL,
        refunding_minor     BIGINT NOT NULL DEFAULT 0,
        refunded_minor      BIGINT NOT NULL DEFAULT 0,
        refund_submitted_at DATETIME(3) NULL,
        succeeded_at        DATETIME(3) NOT NULL,
        honours             BOOLEAN AS (IF(purpose = 'CHECKOUT', TRUE, NULL)) STORED,
        UNIQUE INDEX capture_transaction (transaction_id),
        UNIQUE INDEX capture_honours_once (payment_id, honours),
        CONSTRAINT capture_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
        CONSTRAINT capture_amount CHECK (amount_minor > 0),
        CONSTRAINT capture_not_over_refunded CHECK (0 <= refunded_minor AND refunded_minor <= refunding_minor AND refunding_minor <= amount_minor)
      )`);

    await db.query(`
      CREATE TABLE refund (
        id                BINARY(16) PRIMARY KEY,
        capture_id        BINARY(16) NOT NULL,
        order_id          BINARY(16) NULL,
        out_refund_no     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        reason            VARCHAR(16) CHARACTER SET ascii NOT NULL,
        amount_minor      BIGINT NOT NULL,
        currency          CHAR(3) CHARACTER SET ascii NOT NULL,
        account           VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        status            VARCHAR(16) CHARACTER SET ascii NOT NULL,
        channel_refund_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        problem           VARCHAR(255) NULL,
        predecessor_id    BINARY(16) NULL,
        created_at        DATETIME(3) NOT NULL,
        succeeded_at      DATETIME(3) NULL,
        UNIQUE INDEX refund_out_refund_no (out_refund_no),
        UNIQUE INDEX refund_one_successor (predecessor_id),
        INDEX refund_of_order (order_id),
        INDEX refund_of_capture (capture_id),
        INDEX refund_by_status (status, created_at),
        CONSTRAINT refund_capture FOREIGN KEY (capture_id) REFERENCES capture (id),
        CONSTRAINT refund_amount CHECK (amount_minor > 0)
      )`);
    await keepHistory(db, 'refund');

    await db.query(`
      CREATE TABLE channel_event (
        id          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
        event_type  VARCHAR(32) CHARACTER SET ascii NOT NULL,
        resource    JSON NOT NULL,
        received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE channel_event, refund, capture, payment');
  }
}
