import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges, keepHistory } from './history.js';

/** Invoices of orders, what is on each, and when each came to where it stands. */
export class CreateInvoices1795446000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // `live` lets an order have one invoice at most that is asked for or stands; the other two times let retention find what it is about.
    await db.query(`
      CREATE TABLE invoice (
        id            BINARY(16) NOT NULL PRIMARY KEY,
        order_id      BINARY(16) NOT NULL,
        buyer_id      BINARY(16) NOT NULL,
        status        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        title_kind    VARCHAR(16) CHARACTER SET ascii NOT NULL,
        title         VARBINARY(640) NULL,
        tax_number    VARBINARY(320) NULL,
        email         VARBINARY(1280) NULL,
        amount_minor  BIGINT NULL,
        freight_minor BIGINT NULL,
        currency      CHAR(3) CHARACTER SET ascii NOT NULL,
        issuer        VARCHAR(32) CHARACTER SET ascii NULL,
        taken_by_id   BINARY(16) NULL,
        problem       VARCHAR(255) NULL,
        failure       VARCHAR(16) CHARACTER SET ascii NULL,
        failure_note  VARCHAR(255) NULL,
        number        CHAR(20) CHARACTER SET ascii NULL,
        issued_on     DATE NULL,
        file_hash     BINARY(32) NULL,
        red_number    CHAR(20) CHARACTER SET ascii NULL,
        red_issued_on DATE NULL,
        red_file_hash BINARY(32) NULL,
        moved_at      DATETIME(3) NOT NULL,
        live          BINARY(16) AS (IF(status IN ('REQUESTED', 'ISSUING', 'ISSUED', 'REVERSING'), order_id, NULL)) STORED,
        titled_at     DATETIME(3) AS (IF(title IS NULL, NULL, moved_at)) STORED,
        emailed_at    DATETIME(3) AS (IF(email IS NULL, NULL, moved_at)) STORED,
        UNIQUE INDEX invoice_live (live),
        UNIQUE INDEX invoice_number (number),
        UNIQUE INDEX invoice_red_number (red_number),
        INDEX invoice_of_order (order_id, id),
        INDEX invoice_of_buyer (buyer_id, id),
        INDEX invoice_by_status (status, id),
        INDEX invoice_titled (titled_at),
        INDEX invoice_emailed (emailed_at),
        CONSTRAINT invoice_order FOREIGN KEY (order_id) REFERENCES orders (id),
        CONSTRAINT invoice_sealed CHECK (OCTET_LENGTH(title) > 29 AND OCTET_LENGTH(tax_number) > 29 AND OCTET_LENGTH(email) > 29),
        CONSTRAINT invoice_failed CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
        CONSTRAINT invoice_issued CHECK (
          (status IN ('ISSUED', 'REVERSING', 'REVERSED')) = (number IS NOT NULL)
          AND (number IS NULL) = (issued_on IS NULL) AND (number IS NULL) = (file_hash IS NULL)),
        CONSTRAINT invoice_reversed CHECK (
          (status = 'REVERSED') = (red_number IS NOT NULL)
          AND (red_number IS NULL) = (red_issued_on IS NULL) AND (red_number IS NULL) = (red_file_hash IS NULL))
      )`);
    await keepHistory(db, 'invoice');
    await db.query(`
      CREATE TABLE invoice_line (
        invoice_id       BINARY(16) NOT NULL,
        line_id          BINARY(16) NOT NULL,
        title            VARCHAR(255) NOT NULL,
        quantity         INT NOT NULL,
        unit_price_minor BIGINT NOT NULL,
        amount_minor     BIGINT NOT NULL,
        currency         CHAR(3) CHARACTER SET ascii NOT NULL,
        PRIMARY KEY (invoice_id, line_id),
        CONSTRAINT invoice_line_of FOREIGN KEY (invoice_id) REFERENCES invoice (id),
        CONSTRAINT invoice_line_line FOREIGN KEY (line_id) REFERENCES order_line (id),
        CONSTRAINT invoice_line_amount CHECK (quantity > 0 AND amount_minor > 0 AND amount_minor <= quantity * unit_price_minor)
      )`);
    await forbidChanges(db, 'invoice_line');
    await db.query(`
      CREATE TABLE invoice_step (
        invoice_id BINARY(16) NOT NULL,
        status     VARCHAR(16) CHARACTER SET ascii NOT NULL,
        reached_at DATETIME(3) NOT NULL,
        PRIMARY KEY (invoice_id, status),
        CONSTRAINT invoice_step_of FOREIGN KEY (invoice_id) REFERENCES invoice (id)
      )`);
    await forbidChanges(db, 'invoice_step');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DELETE FROM status_move WHERE subject = 'invoice'");
    await db.query('DROP TABLE invoice_step, invoice_line, invoice');
  }
}
