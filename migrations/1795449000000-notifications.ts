import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** What WeChat pushes, and what people are told: the inbox, what is sent into their WeChat, and what they have allowed. */
export class Notifications1795449000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE wechat_push (
        id           BINARY(16) NOT NULL PRIMARY KEY,
        identity     BINARY(32) NOT NULL,
        event        VARCHAR(64) NOT NULL,
        openid_index BINARY(32) NULL,
        said         JSON NULL,
        created_at   DATETIME(3) NOT NULL,
        received_at  DATETIME(3) NOT NULL,
        UNIQUE INDEX wechat_push_once (identity),
        INDEX wechat_push_received (received_at)
      )`);
    await db.query(`
      CREATE TABLE message (
        id          BINARY(16) NOT NULL PRIMARY KEY,
        user_id     BINARY(16) NOT NULL,
        kind        VARCHAR(32) CHARACTER SET ascii NOT NULL,
        subject_id  BINARY(16) NOT NULL,
        occasion_id BINARY(16) NOT NULL,
        params      JSON NOT NULL,
        created_at  DATETIME(3) NOT NULL,
        read_at     DATETIME(3) NULL,
        UNIQUE INDEX message_once (user_id, kind, occasion_id),
        INDEX message_of_user (user_id, id),
        INDEX message_unread (user_id, read_at, id),
        INDEX message_created (created_at)
      )`);
    // A delivery goes with its message, whether retention or its owner deletes it.
    await db.query(`
      CREATE TABLE message_delivery (
        id          BINARY(16) NOT NULL PRIMARY KEY,
        user_id     BINARY(16) NOT NULL,
        kind        VARCHAR(32) CHARACTER SET ascii NOT NULL,
        status      VARCHAR(16) CHARACTER SET ascii NOT NULL,
        due_at      DATETIME(3) NOT NULL,
        stale_at    DATETIME(3) NOT NULL,
        template_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        intended_at DATETIME(3) NULL,
        started_at  DATETIME(3) NULL,
        failures    INT NOT NULL DEFAULT 0,
        code        VARCHAR(32) CHARACTER SET ascii NULL,
        result      VARCHAR(16) CHARACTER SET ascii NULL,
        INDEX message_delivery_due (status, due_at, id),
        INDEX message_delivery_started (status, started_at),
        INDEX message_delivery_sent (user_id, intended_at),
        CONSTRAINT message_delivery_of FOREIGN KEY (id) REFERENCES message (id) ON DELETE CASCADE,
        CONSTRAINT message_delivery_intended CHECK (
          status IN ('WAITING', 'DROPPED', 'REFUSED') OR (intended_at IS NOT NULL AND template_id IS NOT NULL))
      )`);
    await keepHistory(db, 'message_delivery');
    await db.query(`
      CREATE TABLE message_grant (
        id          BINARY(16) NOT NULL PRIMARY KEY,
        user_id     BINARY(16) NOT NULL,
        template_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        reported    INT NOT NULL DEFAULT 0,
        pushed      INT NOT NULL DEFAULT 0,
        taken       INT NOT NULL DEFAULT 0,
        voided      INT NOT NULL DEFAULT 0,
        UNIQUE INDEX message_grant_once (user_id, template_id),
        CONSTRAINT message_grant_left CHECK (taken >= 0 AND voided >= 0 AND taken + voided <= GREATEST(reported, pushed))
      )`);
    await db.query(`
      CREATE TABLE message_setting (
        user_id   BINARY(16) NOT NULL,
        kind      VARCHAR(32) CHARACTER SET ascii NOT NULL,
        off_since DATETIME(3) NOT NULL,
        PRIMARY KEY (user_id, kind)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DELETE FROM status_move WHERE subject = 'message_delivery'");
    await db.query('DROP TABLE message_setting, message_grant, message_delivery, message, wechat_push');
  }
}
