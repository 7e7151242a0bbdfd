import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People have names, sealed, and may keep out of each other’s way. Who exists already has no name until they give one. */
export class NameAndBlockPeople1795312800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // 200 UTF-16 code units are 600 bytes of UTF-8 at most; a seal adds 29 (docs/adr/0008-sealed-values.md).
    await db.query(`
      ALTER TABLE user
        ADD COLUMN nickname VARBINARY(640) NULL AFTER session_key,
        ADD CONSTRAINT user_nickname_sealed CHECK (OCTET_LENGTH(nickname) > 29)`);

    // Two indexes, each with both columns: whether somebody is blocked, in either direction, is one entry of an index and no row.
    await db.query(`
      CREATE TABLE user_block (
        id         BINARY(16) NOT NULL PRIMARY KEY,
        user_id    BINARY(16) NOT NULL,
        blocked_id BINARY(16) NOT NULL,
        blocked_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        UNIQUE INDEX user_block_once (user_id, blocked_id),
        INDEX user_block_of (blocked_id, user_id),
        CONSTRAINT user_block_by FOREIGN KEY (user_id) REFERENCES user (id),
        CONSTRAINT user_block_whom FOREIGN KEY (blocked_id) REFERENCES user (id),
        CONSTRAINT user_block_another CHECK (user_id <> blocked_id)
      )`);

    await db.query(`
      CREATE TABLE lifted_block (
        id        BINARY(16) NOT NULL PRIMARY KEY,
        user_id   BINARY(16) NOT NULL,
        lifted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX lifted_block_age (lifted_at),
        CONSTRAINT lifted_block_by FOREIGN KEY (user_id) REFERENCES user (id)
      )`);
  }

  /** Names and blocks are lost. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE lifted_block, user_block');
    await db.query('ALTER TABLE user DROP CONSTRAINT user_nickname_sealed, DROP COLUMN nickname');
  }
}
