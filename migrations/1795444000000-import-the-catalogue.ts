import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/** Files of products that are read, judged as a whole, and only then applied. */
export class ImportTheCatalogue1795444000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE catalog_import (
        id              BINARY(16) PRIMARY KEY,
        status          VARCHAR(24) CHARACTER SET ascii NOT NULL,
        makes_missing   BOOLEAN NOT NULL,
        lines_total     INT NOT NULL,
        mistakes_total  INT NOT NULL,
        lines_applied   INT NOT NULL,
        lines_failed    INT NOT NULL,
        applied_through INT NOT NULL,
        started_by      VARCHAR(64) NOT NULL,
        started_at      DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        decided_by      VARCHAR(64) NULL,
        reason          VARCHAR(255) NULL,
        ended_at        DATETIME(3) NULL,
        INDEX catalog_import_standing (status, started_at),
        INDEX catalog_import_ended (ended_at),
        CONSTRAINT catalog_import_within CHECK (lines_applied + lines_failed BETWEEN 0 AND lines_total),
        CONSTRAINT catalog_import_decided CHECK (status NOT IN ('APPLYING', 'DONE', 'DONE_WITH_FAILURES') OR (decided_by IS NOT NULL AND reason IS NOT NULL))
      )`);
    await keepHistory(db, 'catalog_import');
    // Lines of one product have the same first_line, so that a chunk of products is a range of the index.
    await db.query(`
      CREATE TABLE catalog_import_line (
        import_id       BINARY(16) NOT NULL,
        line_number     INT NOT NULL,
        supplier_name   VARCHAR(64) NOT NULL,
        category_path   VARCHAR(210) NOT NULL,
        product_name    VARCHAR(128) NOT NULL,
        description     TEXT NOT NULL,
        return_rule     VARCHAR(24) CHARACTER SET ascii NOT NULL,
        option_names    VARCHAR(640) NOT NULL,
        option_values   VARCHAR(640) NOT NULL,
        code            VARCHAR(64) NOT NULL,
        barcode         VARCHAR(14) CHARACTER SET ascii NULL,
        weight_grams    INT NULL,
        price_minor     BIGINT NOT NULL,
        currency        CHAR(3) CHARACTER SET ascii NOT NULL DEFAULT 'CNY',
        quantity        INT NOT NULL,
        low_stock_units INT NULL,
        is_on_sale      BOOLEAN NOT NULL,
        sku_id          BINARY(16) NULL,
        product_id      BINARY(16) NULL,
        products_alike  INT NOT NULL DEFAULT 0,
        first_line      INT NULL,
        nth             INT NULL,
        status          VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'WAITING',
        PRIMARY KEY (import_id, line_number),
        INDEX catalog_import_line_code (import_id, code),
        INDEX catalog_import_line_product (import_id, first_line, line_number),
        CONSTRAINT catalog_import_line_of FOREIGN KEY (import_id) REFERENCES catalog_import (id),
        CONSTRAINT catalog_import_line_status CHECK (status IN ('WAITING', 'APPLIED', 'FAILED'))
      )`);
    await db.query(`
      CREATE TABLE catalog_import_mistake (
        import_id   BINARY(16) NOT NULL,
        line_number INT NOT NULL,
        column_name VARCHAR(16) CHARACTER SET ascii NOT NULL,
        kind        VARCHAR(32) CHARACTER SET ascii NOT NULL,
        detail      VARCHAR(64) NOT NULL,
        PRIMARY KEY (import_id, line_number, column_name, kind, detail),
        CONSTRAINT catalog_import_mistake_of FOREIGN KEY (import_id) REFERENCES catalog_import (id)
      )`);
    await db.query('ALTER TABLE product ADD INDEX product_by_name (supplier_id, name)');
  }

  /** What was imported stays; the files it came from are forgotten. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(
      "DELETE FROM job WHERE name IN ('catalog.checkImport', 'catalog.applyImport', 'catalog.endImports')",
    );
    await db.query('DELETE idempotency FROM idempotency JOIN catalog_import ON catalog_import.id = result_id');
    await db.query('DROP TABLE catalog_import_mistake, catalog_import_line');
    await db.query('DROP TABLE catalog_import');
    await db.query("DELETE FROM status_move WHERE subject = 'catalog_import'");
    // The foreign key has taken the new index for its own, and makes itself another one.
    await db.query('ALTER TABLE product DROP FOREIGN KEY product_supplier');
    await db.query('ALTER TABLE product DROP INDEX product_by_name');
    await db.query(
      'ALTER TABLE product ADD CONSTRAINT product_supplier FOREIGN KEY (supplier_id) REFERENCES supplier (id)',
    );
  }
}
