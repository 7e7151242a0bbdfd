import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Images that people upload, in which widths they are shown, and which of them stands for whom. */
export class CreateMedia1795351000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE image (
        id           BINARY(16) NOT NULL PRIMARY KEY,
        owner_id     BINARY(16) NOT NULL,
        purpose      VARCHAR(16) CHARACTER SET ascii NOT NULL,
        type         VARCHAR(8) CHARACTER SET ascii NOT NULL,
        size_bytes   INT UNSIGNED NOT NULL,
        status       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        problem      VARCHAR(16) CHARACTER SET ascii NULL,
        width        INT UNSIGNED NULL,
        height       INT UNSIGNED NULL,
        blurhash     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        started_at   DATETIME(3) NOT NULL,
        upload_until DATETIME(3) NOT NULL,
        uploaded_at  DATETIME(3) NULL,
        INDEX image_of_owner (owner_id, id),
        INDEX image_of_day (owner_id, started_at),
        INDEX image_open (status, id),
        CONSTRAINT image_owner FOREIGN KEY (owner_id) REFERENCES user (id),
        CONSTRAINT image_size CHECK (size_bytes > 0),
        CONSTRAINT image_seen CHECK ((status = 'READY') = (width IS NOT NULL AND height IS NOT NULL AND blurhash IS NOT NULL)),
        CONSTRAINT image_problem CHECK ((status = 'REFUSED') = (problem IS NOT NULL))
      )`);
    await keepHistory(db, 'image');

    await db.query(`
      CREATE TABLE image_rendition (
        image_id   BINARY(16) NOT NULL,
        format     VARCHAR(8) CHARACTER SET ascii NOT NULL,
        width      INT UNSIGNED NOT NULL,
        size_bytes INT UNSIGNED NOT NULL,
        PRIMARY KEY (image_id, format, width),
        CONSTRAINT image_rendition_of FOREIGN KEY (image_id) REFERENCES image (id)
      )`);

    await db.query(`
      CREATE TABLE avatar (
        user_id  BINARY(16) NOT NULL PRIMARY KEY,
        image_id BINARY(16) NOT NULL,
        UNIQUE INDEX avatar_image (image_id),
        CONSTRAINT avatar_of FOREIGN KEY (user_id) REFERENCES user (id),
        CONSTRAINT avatar_shows FOREIGN KEY (image_id) REFERENCES image (id)
      )`);
  }

  /** What was uploaded stays in the storage, and nobody knows of it any more. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE avatar, image_rendition, image');
  }
}
