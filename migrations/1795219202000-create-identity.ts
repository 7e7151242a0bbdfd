import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People and their sessions. A login code opens at most one session (INV-36). */
export class CreateIdentity1795219202000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE user (
        id         BINARY(16) PRIMARY KEY,
        openid     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        unionid    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        status     VARCHAR(16) CHARACTER SET ascii NOT NULL,
        created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        UNIQUE INDEX user_openid (openid)
      )`);

    await db.query(`
      CREATE TABLE session (
        id              BINARY(16) PRIMARY KEY,
        user_id         BINARY(16) NOT NULL,
        login_code_hash BINARY(32) NOT NULL,
        refresh_hash    BINARY(32) NOT NULL,
        previous_hash   BINARY(32) NULL,
        rotated_at      DATETIME(3) NOT NULL,
        expires_at      DATETIME(3) NOT NULL,
        revoked_at      DATETIME(3) NULL,
        UNIQUE INDEX session_login_code (login_code_hash),
        INDEX session_of_user (user_id),
        INDEX session_expiry (expires_at),
        CONSTRAINT session_user FOREIGN KEY (user_id) REFERENCES user (id)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE session, user');
  }
}
