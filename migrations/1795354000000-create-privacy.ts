import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents and looks; people who can be erased; and what retention finds its rows by. */
export class CreatePrivacy1795354000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.#people(db);
    await db.query(`
      CREATE TABLE consent (
        id       BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id  BINARY(16) NOT NULL,
        purpose  VARCHAR(24) CHARACTER SET ascii NOT NULL,
        version  SMALLINT UNSIGNED NOT NULL,
        kind     VARCHAR(16) CHARACTER SET ascii NOT NULL,
        language CHAR(2) CHARACTER SET ascii NOT NULL,
        acted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX consent_of (user_id, purpose, id),
        CONSTRAINT consent_user FOREIGN KEY (user_id) REFERENCES user (id),
        CONSTRAINT consent_version CHECK (version > 0),
        CONSTRAINT consent_kind CHECK (kind IN ('GIVEN', 'WITHDRAWN')),
        CONSTRAINT consent_language CHECK (language IN ('zh', 'en'))
      )`);
    await db.query(`
      CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent rows are never changed or deleted'`);
    // The proof that somebody has agreed goes only with the person, when its time is over.
    await db.query(`
      CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent FOR EACH ROW
      IF (SELECT status FROM user WHERE id = OLD.user_id) <> 'ERASED' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent rows are never changed or deleted';
      END IF`);
    // No foreign key: a look is noted even if nothing else of the person is touched. The second index counts exports.
    await db.query(`
      CREATE TABLE look (
        id        BINARY(16) PRIMARY KEY,
        user_id   BINARY(16) NOT NULL,
        actor_id  VARCHAR(64) CHARACTER SET ascii NOT NULL,
        category  VARCHAR(32) CHARACTER SET ascii NOT NULL,
        operation VARCHAR(64) CHARACTER SET ascii NOT NULL,
        looked_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX look_of (user_id, id),
        INDEX look_by_operation (user_id, operation, looked_at),
        INDEX look_age (looked_at)
      )`);
    await db.query(`
      CREATE TRIGGER look_no_update BEFORE UPDATE ON look FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'look rows are never changed'`);
    await this.#retention(db);
  }

  /** Somebody who was erased comes back as disabled and without a name, because nobody knows any more who it was. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE channel_event DROP INDEX channel_event_age');
    await db.query('ALTER TABLE refund DROP INDEX refund_noted, DROP COLUMN noted_at');
    await db.query('ALTER TABLE orders DROP INDEX orders_addressed, DROP COLUMN addressed_at');
    await db.query('DROP TABLE look');
    await db.query('DROP TABLE consent');
    await db.query(
      'ALTER TABLE user DROP CONSTRAINT user_nameless, DROP CONSTRAINT user_found, DROP CONSTRAINT user_erasure',
    );
    await db.query(
      `UPDATE user SET status = 'DISABLED', openid = REPEAT('\\0', 30), openid_index = UNHEX(SHA2(id, 256)) WHERE openid IS NULL`,
    );
    await db.query(`
      ALTER TABLE user
        MODIFY openid VARBINARY(128) NOT NULL,
        MODIFY openid_index BINARY(32) NOT NULL,
        DROP INDEX user_erased, DROP COLUMN erased_at`);
  }

  async #people(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE user
        MODIFY openid VARBINARY(128) NULL,
        MODIFY openid_index BINARY(32) NULL,
        ADD COLUMN erased_at DATETIME(3) NULL,
        ADD INDEX user_erased (erased_at),
        ADD CONSTRAINT user_nameless CHECK (status NOT IN ('ERASING', 'ERASED') OR
          COALESCE(openid, unionid, unionid_index, session_key, nickname, phone, phone_index, phone_code_hash) IS NULL),
        ADD CONSTRAINT user_found CHECK (status IN ('ERASING', 'ERASED') = (openid IS NULL) AND (openid IS NULL) = (openid_index IS NULL)),
        ADD CONSTRAINT user_erasure CHECK ((status = 'ERASED') = (erased_at IS NOT NULL))`);
  }

  /** An index that leads only to what is still to be emptied, however much was emptied before. */
  async #retention(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE orders
        ADD COLUMN addressed_at DATETIME(3) AS (IF(delivery IS NULL, NULL, placed_at)) STORED,
        ADD INDEX orders_addressed (addressed_at)`);
    await db.query(`
      ALTER TABLE refund
        ADD COLUMN noted_at DATETIME(3) AS (IF(note IS NULL, NULL, succeeded_at)) STORED,
        ADD INDEX refund_noted (noted_at)`);
    await db.query('ALTER TABLE channel_event ADD INDEX channel_event_age (received_at)');
  }
}
