import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the runs of the invariants found: the runs, the last word on each invariant, and what was broken from when to when. */
export class WatchInvariants1795341600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE invariant_run (
        id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        started_at  DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        checked     INT NOT NULL DEFAULT 0,
        skipped     INT NOT NULL DEFAULT 0,
        unfinished  INT NOT NULL DEFAULT 0,
        broken      INT NOT NULL DEFAULT 0,
        INDEX invariant_run_finished (finished_at)
      )`);

    await db.query(`
      CREATE TABLE invariant_verdict (
        name      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        outcome   VARCHAR(16) CHARACTER SET ascii NOT NULL,
        problem   VARCHAR(255) NULL,
        judged_at DATETIME(3) NULL
      )`);

    await db.query(`
      CREATE TABLE invariant_incident (
        id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        name          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        first_seen_at DATETIME(3) NOT NULL,
        last_seen_at  DATETIME(3) NOT NULL,
        closed_at     DATETIME(3) NULL,
        broken_rows   INT NOT NULL,
        samples       JSON NOT NULL,
        open          BOOLEAN AS (IF(closed_at IS NULL, TRUE, NULL)) STORED,
        UNIQUE INDEX invariant_incident_one_open (name, open),
        INDEX invariant_incident_closed (closed_at)
      )`);
  }

  /** What was found is lost. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE invariant_incident, invariant_verdict, invariant_run');
  }
}
