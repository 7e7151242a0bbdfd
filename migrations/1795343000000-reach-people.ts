import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People have a telephone number and an address book, sealed. Who exists already has neither until they give it. */
export class ReachPeople1795343000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // A number has 16 characters at most, a seal adds 29. The index is not unique: several people may have one telephone (ADR 15).
    await db.query(`
      ALTER TABLE user
        ADD COLUMN phone           VARBINARY(64) NULL AFTER nickname,
        ADD COLUMN phone_index     BINARY(32) NULL AFTER phone,
        ADD COLUMN phone_code_hash BINARY(32) NULL AFTER phone_index,
        ADD INDEX user_phone (phone_index),
        ADD CONSTRAINT user_phone_sealed CHECK (OCTET_LENGTH(phone) > 29),
        ADD CONSTRAINT user_phone_found CHECK ((phone IS NULL) = (phone_index IS NULL))`);

    // The longest contents have 470 characters of up to 4 bytes, some digits and the names of their fields.
    await db.query(`
      CREATE TABLE address (
        id           BINARY(16) NOT NULL PRIMARY KEY,
        user_id      BINARY(16) NOT NULL,
        contents     VARBINARY(2400) NULL,
        is_default   BOOLEAN NOT NULL,
        removed_at   DATETIME(3) NULL,
        sole_default BOOLEAN AS (IF(is_default, TRUE, NULL)) STORED,
        UNIQUE INDEX address_one_default (user_id, sole_default),
        INDEX address_removed (removed_at),
        CONSTRAINT address_of FOREIGN KEY (user_id) REFERENCES user (id),
        CONSTRAINT address_contents_sealed CHECK (OCTET_LENGTH(contents) > 29),
        CONSTRAINT address_removed_says_nothing CHECK ((contents IS NULL) = (removed_at IS NOT NULL)),
        CONSTRAINT address_default_stands CHECK (removed_at IS NULL OR NOT is_default)
      )`);
  }

  /** Numbers and address books are lost. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE address');
    await db.query(`
      ALTER TABLE user
        DROP CONSTRAINT user_phone_found, DROP CONSTRAINT user_phone_sealed, DROP INDEX user_phone,
        DROP COLUMN phone_code_hash, DROP COLUMN phone_index, DROP COLUMN phone`);
  }
}
