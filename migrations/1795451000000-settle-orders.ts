import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';

const KEPT_FOR_GOOD = ['supplier_rate', 'supplier_entry'] as const;

/** What commission is agreed with suppliers, how completed orders were split, and what suppliers are owed and why. */
export class SettleOrders1795451000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // A supplier owes when money goes back that was settled before.
    await db.query(`
      ALTER TABLE account
        DROP CONSTRAINT account_not_overdrawn,
        ADD CONSTRAINT account_not_overdrawn CHECK (balance_minor >= 0 OR path LIKE 'supplier:%:payable')`);
    await db.query(`
      CREATE TABLE supplier_rate (
        id             BINARY(16) NOT NULL PRIMARY KEY,
        supplier_id    BINARY(16) NOT NULL,
        commission_bps SMALLINT NOT NULL,
        valid_from     DATETIME(3) NOT NULL,
        INDEX supplier_rate_at (supplier_id, valid_from, id),
        CONSTRAINT supplier_rate_supplier FOREIGN KEY (supplier_id) REFERENCES supplier (id),
        CONSTRAINT supplier_rate_part CHECK (commission_bps BETWEEN 0 AND 10000)
      )`);
    await db.query(`
      CREATE TABLE settlement (
        order_id                  BINARY(16) NOT NULL PRIMARY KEY,
        supplier_id               BINARY(16) NOT NULL,
        settled_at                DATETIME(3) NOT NULL,
        kept_minor                BIGINT NOT NULL,
        base_minor                BIGINT NOT NULL,
        commission_bps            SMALLINT NOT NULL,
        commission_minor          BIGINT NOT NULL,
        supplier_minor            BIGINT NOT NULL,
        returned_minor            BIGINT NOT NULL,
        commission_returned_minor BIGINT NOT NULL,
        supplier_returned_minor   BIGINT NOT NULL,
        currency                  CHAR(3) CHARACTER SET ascii NOT NULL,
        INDEX settlement_of_supplier (supplier_id, settled_at),
        CONSTRAINT settlement_parts CHECK (
          base_minor BETWEEN 0 AND kept_minor AND commission_minor BETWEEN 0 AND base_minor AND supplier_minor >= 0
          AND commission_minor + supplier_minor <= kept_minor),
        CONSTRAINT settlement_returned CHECK (
          returned_minor BETWEEN 0 AND kept_minor AND commission_returned_minor BETWEEN 0 AND commission_minor
          AND supplier_returned_minor BETWEEN 0 AND supplier_minor)
      )`);
    await db.query(`
      CREATE TABLE settlement_share (
        order_id       BINARY(16) NOT NULL,
        seq            SMALLINT NOT NULL,
        payee          VARCHAR(32) CHARACTER SET ascii NOT NULL,
        account        VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        amount_minor   BIGINT NOT NULL,
        returned_minor BIGINT NOT NULL,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        PRIMARY KEY (order_id, seq),
        CONSTRAINT settlement_share_returned CHECK (returned_minor BETWEEN 0 AND amount_minor)
      )`);
    await db.query(`
      CREATE TABLE supplier_entry (
        id           BINARY(16) NOT NULL PRIMARY KEY,
        supplier_id  BINARY(16) NOT NULL,
        kind         VARCHAR(24) CHARACTER SET ascii NOT NULL,
        order_id     BINARY(16) NULL,
        refund_id    BINARY(16) NULL,
        payout_id    BINARY(16) NULL,
        amount_minor BIGINT NOT NULL,
        currency     CHAR(3) CHARACTER SET ascii NOT NULL,
        booked_at    DATETIME(3) NOT NULL,
        INDEX supplier_entry_at (supplier_id, currency, booked_at, id),
        INDEX supplier_entry_of_order (order_id),
        UNIQUE INDEX supplier_entry_of_refund (refund_id),
        UNIQUE INDEX supplier_entry_of_payout (payout_id, kind),
        CONSTRAINT supplier_entry_about CHECK ((order_id IS NULL) = (payout_id IS NOT NULL) AND amount_minor <> 0)
      )`);
    for (const table of KEPT_FOR_GOOD) await forbidChanges(db, table);
    // Orders that were completed before are settled by a worker, which has the rules.
    await db.query(`
      INSERT INTO job (name, args, run_at)
      SELECT 'orders.settleCompleted', '{}', NOW(3) FROM DUAL WHERE EXISTS (SELECT 1 FROM orders WHERE status = 'COMPLETED')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DELETE FROM job WHERE name = 'orders.settleCompleted'");
    await db.query('DROP TABLE supplier_entry, settlement_share, settlement, supplier_rate');
    await db.query(`
      ALTER TABLE account
        DROP CONSTRAINT account_not_overdrawn,
        ADD CONSTRAINT account_not_overdrawn CHECK (balance_minor >= 0)`);
  }
}
