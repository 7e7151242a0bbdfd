import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Suppliers' statements, month by month, and what is paid out to them. */
export class PaySuppliers1795451001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE supplier_statement (
        id             BINARY(16) NOT NULL PRIMARY KEY,
        supplier_id    BINARY(16) NOT NULL,
        starts_at      DATETIME(3) NOT NULL,
        ends_at        DATETIME(3) NOT NULL,
        opening_minor  BIGINT NOT NULL,
        settled_minor  BIGINT NOT NULL,
        returned_minor BIGINT NOT NULL,
        paid_minor     BIGINT NOT NULL,
        closing_minor  BIGINT NOT NULL,
        entries        INT NOT NULL,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        closed_at      DATETIME(3) NOT NULL,
        UNIQUE INDEX supplier_statement_once (supplier_id, currency, ends_at),
        CONSTRAINT supplier_statement_sums CHECK (closing_minor = opening_minor + settled_minor - returned_minor - paid_minor),
        CONSTRAINT supplier_statement_time CHECK (starts_at < ends_at AND ends_at <= closed_at)
      )`);
    await db.query(`
      CREATE TABLE payout (
        id             BINARY(16) NOT NULL PRIMARY KEY,
        supplier_id    BINARY(16) NOT NULL,
        amount_minor   BIGINT NOT NULL,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        status         VARCHAR(16) CHARACTER SET ascii NOT NULL,
        reason         VARCHAR(255) NOT NULL,
        proposed_by_id BINARY(16) NOT NULL,
        proposed_at    DATETIME(3) NOT NULL,
        approved_by_id BINARY(16) NULL,
        approved_at    DATETIME(3) NULL,
        reference      VARCHAR(64) NULL,
        paid_on        DATE NULL,
        ended_at       DATETIME(3) NULL,
        open_of_id     BINARY(16) AS (IF(ended_at IS NULL, supplier_id, NULL)) STORED,
        INDEX payout_of_supplier (supplier_id, id),
        UNIQUE INDEX payout_one_open (open_of_id),
        UNIQUE INDEX payout_reference (reference),
        CONSTRAINT payout_supplier FOREIGN KEY (supplier_id) REFERENCES supplier (id),
        CONSTRAINT payout_amount CHECK (amount_minor > 0),
        CONSTRAINT payout_two_people CHECK (approved_by_id <> proposed_by_id),
        CONSTRAINT payout_ended CHECK (
          (ended_at IS NULL) = (status IN ('PROPOSED', 'APPROVED')) AND (reference IS NULL) = (status <> 'PAID')
          AND (paid_on IS NULL) = (status <> 'PAID') AND (status NOT IN ('APPROVED', 'PAID') OR approved_by_id IS NOT NULL))
      )`);
    await keepHistory(db, 'payout');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE payout, supplier_statement');
  }
}
