import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Bulk acts on money: proposed by one of the staff, approved by another, then done piece by piece. */
export class BulkActsNeedTwo1795353001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bulk_act (
        id             BINARY(16) NOT NULL PRIMARY KEY,
        kind           VARCHAR(64) CHARACTER SET ascii NOT NULL,
        status         VARCHAR(16) CHARACTER SET ascii NOT NULL,
        input          TEXT NOT NULL,
        reason         VARCHAR(255) NOT NULL,
        items_total    INT NOT NULL,
        amount_minor   BIGINT NOT NULL,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        items_tried    INT NOT NULL,
        proposed_by_id BINARY(16) NOT NULL,
        proposed_at    DATETIME(3) NOT NULL,
        expires_at     DATETIME(3) NOT NULL,
        decided_by_id  BINARY(16) NULL,
        decided_at     DATETIME(3) NULL,
        INDEX bulk_act_to_decide (status, expires_at),
        CONSTRAINT bulk_act_proposer FOREIGN KEY (proposed_by_id) REFERENCES staff (id),
        CONSTRAINT bulk_act_needs_two CHECK (
          status NOT IN ('APPROVED', 'DONE') OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)),
        CONSTRAINT bulk_act_within CHECK (items_tried BETWEEN 0 AND items_total)
      )`);
    await keepHistory(db, 'bulk_act');
    await db.query(`
      CREATE TABLE bulk_failure (
        bulk_act_id  BINARY(16) NOT NULL,
        subject_id   BINARY(16) NOT NULL,
        subject_type VARCHAR(16) CHARACTER SET ascii NOT NULL,
        problem      VARCHAR(64) CHARACTER SET ascii NOT NULL,
        PRIMARY KEY (bulk_act_id, subject_id),
        CONSTRAINT bulk_failure_of FOREIGN KEY (bulk_act_id) REFERENCES bulk_act (id)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE bulk_failure, bulk_act');
  }
}
