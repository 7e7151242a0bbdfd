import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first of three steps that take WeChat's names for people out of the database in plain: columns for the sealed ones. */
export class MakeRoomForSeals1795305600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE user
        CHANGE openid openid_plain VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        CHANGE unionid unionid_plain VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL`);
    // A seal is longer than 29 bytes, a plain openid or unionid has 28: what is not sealed does not fit.
    await db.query(`
      ALTER TABLE user
        ADD COLUMN openid        VARBINARY(128) NULL AFTER id,
        ADD COLUMN openid_index  BINARY(32) NULL AFTER openid,
        ADD COLUMN unionid       VARBINARY(128) NULL AFTER openid_index,
        ADD COLUMN unionid_index BINARY(32) NULL AFTER unionid,
        ADD COLUMN session_key   VARBINARY(128) NULL AFTER unionid_index,
        ADD UNIQUE INDEX user_openid_index (openid_index),
        ADD INDEX user_unionid_index (unionid_index),
        ADD CONSTRAINT user_openid_sealed CHECK (OCTET_LENGTH(openid) > 29),
        ADD CONSTRAINT user_unionid_sealed CHECK (OCTET_LENGTH(unionid) > 29),
        ADD CONSTRAINT user_session_key_sealed CHECK (OCTET_LENGTH(session_key) > 29)`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const column of ['openid', 'unionid', 'session_key']) {
      await db.query(`ALTER TABLE user DROP CONSTRAINT user_${column}_sealed`);
    }
    await db.query(`
      ALTER TABLE user DROP INDEX user_openid_index, DROP INDEX user_unionid_index,
        DROP COLUMN openid, DROP COLUMN openid_index, DROP COLUMN unionid, DROP COLUMN unionid_index, DROP COLUMN session_key`);
    await db.query(`
      ALTER TABLE user
        CHANGE openid_plain openid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        CHANGE unionid_plain unionid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL`);
  }
}
