import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The third step: what has been sealed is no longer kept in plain. */
export class DropPlainPeople1795305602000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE user DROP INDEX user_openid, DROP COLUMN openid_plain, DROP COLUMN unionid_plain,
        MODIFY openid VARBINARY(128) NOT NULL,
        MODIFY openid_index BINARY(32) NOT NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE user
        MODIFY openid VARBINARY(128) NULL,
        MODIFY openid_index BINARY(32) NULL,
        ADD COLUMN openid_plain VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD COLUMN unionid_plain VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD UNIQUE INDEX user_openid (openid_plain)`);
  }
}
