import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** The channel's bills of each day, their lines, and how they differ from our books; refunds that were paid by a bank transfer. */
export class CreateReconciliation1795450000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bill_day (
        id            BINARY(16) NOT NULL PRIMARY KEY,
        type          VARCHAR(16) CHARACTER SET ascii NOT NULL,
        day           DATE NOT NULL,
        status        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        lines_total   INT NOT NULL DEFAULT 0,
        in_minor      BIGINT NOT NULL DEFAULT 0,
        out_minor     BIGINT NOT NULL DEFAULT 0,
        fee_minor     BIGINT NOT NULL DEFAULT 0,
        opening_minor BIGINT NULL,
        closing_minor BIGINT NULL,
        currency      CHAR(3) CHARACTER SET ascii NOT NULL,
        hash          CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
        problem       VARCHAR(255) NULL,
        next_try_at   DATETIME(3) NOT NULL,
        fetched_at    DATETIME(3) NULL,
        closed_at     DATETIME(3) NULL,
        UNIQUE INDEX bill_day_once (type, day),
        INDEX bill_day_by_status (status, day, type),
        CONSTRAINT bill_day_fetched CHECK ((fetched_at IS NULL) = (status = 'WAITING')),
        CONSTRAINT bill_day_closed CHECK ((closed_at IS NULL) = (status <> 'CLOSED'))
      )`);
    await db.query(`
      CREATE TABLE bill_line (
        id             BIGINT UNSIGNED NOT NULL PRIMARY KEY AUTO_INCREMENT,
        bill_day_id    BINARY(16) NOT NULL,
        seq            INT NOT NULL,
        kind           VARCHAR(16) CHARACTER SET ascii NOT NULL,
        happened_at    DATETIME(3) NOT NULL,
        channel_number VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        our_number     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        state          VARCHAR(16) CHARACTER SET ascii NULL,
        amount_minor   BIGINT NOT NULL,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        fee_minor      BIGINT NOT NULL,
        fee_millionths INT NOT NULL,
        balance_minor  BIGINT NULL,
        UNIQUE INDEX bill_line_once (bill_day_id, seq),
        INDEX bill_line_of_channel (channel_number, kind),
        INDEX bill_line_of_ours (our_number, kind),
        CONSTRAINT bill_line_day FOREIGN KEY (bill_day_id) REFERENCES bill_day (id)
      )`);
    await db.query(`
      CREATE TABLE finding (
        id             BINARY(16) NOT NULL PRIMARY KEY,
        bill_day_id    BINARY(16) NOT NULL,
        kind           VARCHAR(16) CHARACTER SET ascii NOT NULL,
        subject        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        about          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        our_number     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        channel_number VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ours_minor     BIGINT NULL,
        theirs_minor   BIGINT NULL,
        currency       CHAR(3) CHARACTER SET ascii NOT NULL,
        our_state      VARCHAR(16) CHARACTER SET ascii NULL,
        their_state    VARCHAR(16) CHARACTER SET ascii NULL,
        advice         VARCHAR(24) CHARACTER SET ascii NOT NULL,
        status         VARCHAR(16) CHARACTER SET ascii NOT NULL,
        found_at       DATETIME(3) NOT NULL,
        resolved_at    DATETIME(3) NULL,
        resolved_by_id BINARY(16) NULL,
        reason         VARCHAR(255) NULL,
        UNIQUE INDEX finding_once (bill_day_id, subject, kind, about),
        INDEX finding_by_status (status, kind, id),
        CONSTRAINT finding_day FOREIGN KEY (bill_day_id) REFERENCES bill_day (id),
        CONSTRAINT finding_resolved CHECK ((resolved_at IS NULL) = (status = 'OPEN')),
        CONSTRAINT finding_resolved_by CHECK ((resolved_by_id IS NOT NULL AND reason IS NOT NULL) = (status = 'RESOLVED'))
      )`);
    for (const table of ['bill_day', 'finding']) await keepHistory(db, table);
    // Both are asked for by their day.
    await db.query('ALTER TABLE capture ADD INDEX capture_succeeded (succeeded_at)');
    await db.query(`
      ALTER TABLE refund
        ADD COLUMN outside_reference VARCHAR(64) CHARACTER SET ascii NULL,
        ADD INDEX refund_succeeded (succeeded_at),
        ADD CONSTRAINT refund_outside CHECK (outside_reference IS NULL OR status = 'SUCCEEDED')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE refund DROP CONSTRAINT refund_outside, DROP INDEX refund_succeeded, DROP COLUMN outside_reference`);
    await db.query('ALTER TABLE capture DROP INDEX capture_succeeded');
    await db.query('DROP TABLE finding, bill_line, bill_day');
  }
}
