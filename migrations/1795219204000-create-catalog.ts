import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';

/** What is sold, and how much of it is left. */
export class CreateCatalog1795219204000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE supplier (
        id   BINARY(16) PRIMARY KEY,
        name VARCHAR(64) NOT NULL,
        UNIQUE INDEX supplier_name (name)
      )`);

    await db.query(`
      CREATE TABLE product (
        id          BINARY(16) PRIMARY KEY,
        supplier_id BINARY(16) NOT NULL,
        name        VARCHAR(128) NOT NULL,
        category    VARCHAR(32) NOT NULL,
        description TEXT NOT NULL,
        status      VARCHAR(8) CHARACTER SET ascii NOT NULL,
        created_at  DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX product_list (status, id),
        INDEX product_of_category (category, status, id),
        CONSTRAINT product_supplier FOREIGN KEY (supplier_id) REFERENCES supplier (id)
      )`);

    await db.query(`
      CREATE TABLE sku (
        id          BINARY(16) PRIMARY KEY,
        product_id  BINARY(16) NOT NULL,
        code        VARCHAR(64) NOT NULL,
        title       VARCHAR(128) NOT NULL,
        price_minor BIGINT NOT NULL,
        currency    CHAR(3) CHARACTER SET ascii NOT NULL,
        UNIQUE INDEX sku_code (code),
        INDEX sku_of_product (product_id),
        CONSTRAINT sku_product FOREIGN KEY (product_id) REFERENCES product (id),
        CONSTRAINT sku_price CHECK (price_minor > 0)
      )`);

    await db.query(`
      CREATE TABLE stock (
        sku_id   BINARY(16) PRIMARY KEY,
        on_hand  INT NOT NULL,
        reserved INT NOT NULL,
        sold     INT NOT NULL,
        CONSTRAINT stock_on_hand CHECK (on_hand >= 0),
        CONSTRAINT stock_reserved CHECK (reserved >= 0),
        CONSTRAINT stock_sold CHECK (sold >= 0)
      )`);

    await db.query(`
      CREATE TABLE allotment (
        id          BINARY(16) PRIMARY KEY,
        sku_id      BINARY(16) NOT NULL,
        units_max   INT NOT NULL,
        units_taken INT NOT NULL DEFAULT 0,
        CONSTRAINT allotment_not_exceeded CHECK (units_taken BETWEEN 0 AND units_max)
      )`);

    // An order holds stock once, and once more if a late payment is seated again: that is what \`hold\` counts.
    // \`ends\` lets each hold be committed or released, never both (INV-17).
    await db.query(`
      CREATE TABLE stock_move (
        id           BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        sku_id       BINARY(16) NOT NULL,
        order_id     BINARY(16) NULL,
        hold         TINYINT NOT NULL DEFAULT 1,
        kind         VARCHAR(8) CHARACTER SET ascii NOT NULL,
        quantity     INT NOT NULL,
        allotment_id BINARY(16) NULL,
        moved_at     DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        ends         BOOLEAN AS (IF(kind IN ('COMMIT', 'RELEASE'), TRUE, NULL)) STORED,
        UNIQUE INDEX stock_move_once (order_id, sku_id, hold, kind),
        UNIQUE INDEX stock_move_ends_once (order_id, sku_id, hold, ends),
        INDEX stock_move_of_sku (sku_id),
        CONSTRAINT stock_move_kind CHECK (kind IN ('RECEIVE', 'ADJUST', 'RESERVE', 'COMMIT', 'RELEASE')),
        CONSTRAINT stock_move_of_order CHECK ((kind IN ('RECEIVE', 'ADJUST')) = (order_id IS NULL)),
        CONSTRAINT stock_move_quantity CHECK (quantity > 0 OR kind = 'ADJUST')
      )`);
    await forbidChanges(db, 'stock_move');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE stock_move, allotment, stock, sku, product, supplier');
  }
}
