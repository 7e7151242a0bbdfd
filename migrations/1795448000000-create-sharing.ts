import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is shared, the codes and links that WeChat made of it, and how many it was asked for. */
export class CreateSharing1795448000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE share_scene (
        id          BINARY(16) NOT NULL PRIMARY KEY,
        code        CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        target_type VARCHAR(16) CHARACTER SET ascii NOT NULL,
        target_id   BINARY(16) NOT NULL,
        maker_id    BINARY(16) NULL,
        created_at  DATETIME(3) NOT NULL,
        UNIQUE INDEX share_scene_code (code),
        UNIQUE INDEX share_scene_once (maker_id, target_id)
      )`);
    await db.query(`
      CREATE TABLE share_artifact (
        id          BINARY(16) NOT NULL PRIMARY KEY,
        scene_id    BINARY(16) NOT NULL,
        kind        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        page        VARCHAR(128) CHARACTER SET ascii NOT NULL,
        version     VARCHAR(8) CHARACTER SET ascii NOT NULL,
        width       INT NOT NULL,
        address     VARCHAR(255) NULL,
        size_bytes  INT NULL,
        made_at     DATETIME(3) NULL,
        expires_at  DATETIME(3) NULL,
        attempt     INT NOT NULL DEFAULT 0,
        lease_until DATETIME(3) NULL,
        problem     VARCHAR(16) CHARACTER SET ascii NULL,
        UNIQUE INDEX share_artifact_once (scene_id, kind, page, version, width),
        INDEX share_artifact_expires (expires_at),
        CONSTRAINT share_artifact_scene FOREIGN KEY (scene_id) REFERENCES share_scene (id),
        CONSTRAINT share_artifact_made CHECK ((address IS NULL) = (made_at IS NULL))
      )`);
    await db.query(`
      CREATE TABLE share_quota (
        id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
        kind      VARCHAR(16) CHARACTER SET ascii NOT NULL,
        holder_id BINARY(16) NOT NULL,
        starts_at DATETIME(3) NOT NULL,
        used      INT NOT NULL,
        UNIQUE INDEX share_quota_once (kind, holder_id, starts_at),
        INDEX share_quota_starts (starts_at),
        INDEX share_quota_holder (holder_id),
        CONSTRAINT share_quota_used CHECK (used >= 0)
      )`);
    await db.query(`
      CREATE TABLE share_call (
        id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
        artifact_id BINARY(16) NOT NULL,
        kind        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        starts_at   DATETIME(3) NOT NULL,
        called_at   DATETIME(3) NOT NULL,
        INDEX share_call_window (starts_at, kind),
        INDEX share_call_artifact (artifact_id, called_at),
        INDEX share_call_called (called_at)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE share_call, share_quota, share_artifact, share_scene');
  }
}
