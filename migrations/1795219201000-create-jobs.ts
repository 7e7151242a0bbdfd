import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Outbox and queue in one. `run_at` is null once nothing is left to run, so its index holds live rows only;
 * that index is what lets a second worker skip locked rows instead of waiting for them.
 */
export class CreateJobs1795219201000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE job (
        id             BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        name           VARCHAR(128) CHARACTER SET ascii NOT NULL,
        args           JSON NOT NULL,
        unique_key     VARCHAR(128) CHARACTER SET ascii NULL,
        status         VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'READY',
        run_at         DATETIME(3) NULL,
        attempt        INT UNSIGNED NOT NULL DEFAULT 0,
        lease          INT UNSIGNED NOT NULL DEFAULT 0,
        repeat_seconds INT UNSIGNED NULL,
        reason         TEXT NULL,
        created_at     DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        ended_at       DATETIME(3) NULL,
        UNIQUE INDEX job_unique_key (unique_key),
        INDEX job_due (run_at),
        INDEX job_ended (status, ended_at),
        CONSTRAINT job_dead_has_reason CHECK (status <> 'DEAD' OR reason IS NOT NULL),
        CONSTRAINT job_ready_is_due CHECK ((status = 'READY') = (run_at IS NOT NULL))
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE job');
  }
}
