import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every module leans on: the keys of repeated requests, the clock of a replay, and the history of every life cycle. */
export class CreateCommon1795219200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE idempotency (
        actor_id        BINARY(16) NOT NULL,
        idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        request_hash    BINARY(32) NOT NULL,
        result_id       BINARY(16) NOT NULL,
        created_at      DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        PRIMARY KEY (actor_id, idempotency_key),
        INDEX idempotency_created (created_at)
      )`);

    await db.query(`
      CREATE TABLE simulated_clock (
        id     TINYINT PRIMARY KEY,
        now_at DATETIME(3) NOT NULL,
        CONSTRAINT simulated_clock_is_one CHECK (id = 1)
      )`);

    // Filled by a trigger on each table with a life cycle, so that no move can go unrecorded.
    await db.query(`
      CREATE TABLE status_move (
        id          BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        subject     VARCHAR(16) CHARACTER SET ascii NOT NULL,
        subject_id  BINARY(16) NOT NULL,
        from_status VARCHAR(24) CHARACTER SET ascii NOT NULL,
        to_status   VARCHAR(24) CHARACTER SET ascii NOT NULL,
        moved_at    DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX status_move_of (subject_id)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE status_move, simulated_clock, idempotency');
  }
}
