import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';

/** Double entry by construction: each transfer names both accounts, is posted once for its source (INV-3), and stays as it is (INV-2). */
export class CreateLedger1795219203000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE transfer (
        id           BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        debit        VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        credit       VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency     CHAR(3) CHARACTER SET ascii NOT NULL,
        code         VARCHAR(24) CHARACTER SET ascii NOT NULL,
        source_type  VARCHAR(16) CHARACTER SET ascii NOT NULL,
        source_id    BINARY(16) NOT NULL,
        kind         VARCHAR(24) CHARACTER SET ascii NOT NULL,
        posted_at    DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        UNIQUE INDEX transfer_posts_once (source_type, source_id, kind),
        INDEX transfer_debit (debit),
        INDEX transfer_credit (credit),
        CONSTRAINT transfer_positive CHECK (amount_minor > 0),
        CONSTRAINT transfer_two_accounts CHECK (debit <> credit)
      )`);
    await forbidChanges(db, 'transfer');

    // Balances of cold accounts only; hot ones (channel, platform) are summed from their transfers.
    await db.query(`
      CREATE TABLE account (
        path          VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
        balance_minor BIGINT NOT NULL,
        currency      CHAR(3) CHARACTER SET ascii NOT NULL,
        CONSTRAINT account_not_overdrawn CHECK (balance_minor >= 0)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE account, transfer');
  }
}
