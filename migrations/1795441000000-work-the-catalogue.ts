import type { MigrationInterface, QueryRunner } from 'typeorm';
import { idBytes, newId } from '#common';
import { forbidChanges, keepHistory } from './history.js';
import { categoriesFromNames, optionsFromTitles } from './catalogue-from-texts.js';

/**
 * What the staff need to work the catalogue: categories, options, times of sale, every price that there was, warnings, and pictures of goods.
 * Categories and options come from the texts that products and SKUs had.
 */
export class WorkTheCatalogue1795441000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await addCategories(db);
    await addContents(db);
    await addPrices(db);
    await addWarnings(db);
    await addImages(db);
  }

  /** The texts come back as they were, unless somebody has changed them since. Pictures of goods are not kept; what is retired is sold again. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE product_image, stock_warning, sku_price');
    await db.query(
      "DELETE image_rendition FROM image_rendition JOIN image ON image.id = image_id WHERE purpose = 'PRODUCT'",
    );
    await db.query("DELETE FROM image WHERE purpose = 'PRODUCT'");
    await db.query('ALTER TABLE image DROP CONSTRAINT image_whose, DROP FOREIGN KEY image_staff');
    await db.query(
      'ALTER TABLE image DROP INDEX image_of_staff, DROP COLUMN staff_id, MODIFY owner_id BINARY(16) NOT NULL',
    );

    await db.query(
      'ALTER TABLE sku DROP CONSTRAINT sku_low_stock, DROP CONSTRAINT sku_values, DROP INDEX sku_combination',
    );
    await db.query(
      'ALTER TABLE sku DROP COLUMN barcode, DROP COLUMN option_values, DROP COLUMN low_stock_units, DROP COLUMN is_retired',
    );
    await db.query('DROP TRIGGER product_moved');
    await db.query("DELETE FROM status_move WHERE subject = 'product'");
    await db.query('ALTER TABLE product DROP CONSTRAINT product_options, DROP CONSTRAINT product_sale');
    await db.query(`
      ALTER TABLE product
        DROP INDEX product_sale_from, DROP INDEX product_sale_until,
        DROP COLUMN options, DROP COLUMN return_rule, DROP COLUMN sale_from, DROP COLUMN sale_until, DROP COLUMN revision`);

    await db.query("ALTER TABLE product ADD COLUMN category VARCHAR(32) NOT NULL DEFAULT '' AFTER name");
    await db.query('UPDATE product JOIN category ON category.id = category_id SET product.category = name_zh');
    await db.query('ALTER TABLE product ALTER COLUMN category DROP DEFAULT, DROP FOREIGN KEY product_category');
    await db.query(`
      ALTER TABLE product
        DROP INDEX product_of_category, DROP COLUMN category_id, ADD INDEX product_of_category (category, status, id)`);
    await db.query('DROP TABLE category');
  }
}

async function addCategories(db: QueryRunner): Promise<void> {
  // Neighbours have different names; `beside` makes those at the top neighbours too.
  await db.query(`
    CREATE TABLE category (
      id        BINARY(16) PRIMARY KEY,
      parent_id BINARY(16) NULL,
      name_zh   VARCHAR(32) NOT NULL,
      name_en   VARCHAR(32) NOT NULL,
      position  INT NOT NULL,
      is_shown  BOOLEAN NOT NULL,
      beside    BINARY(16) AS (COALESCE(parent_id, REPEAT(CHAR(0), 16))) STORED,
      UNIQUE INDEX category_name (beside, name_zh),
      INDEX category_parent (parent_id),
      CONSTRAINT category_parent FOREIGN KEY (parent_id) REFERENCES category (id)
    )`);
  await categoriesFromNames(db, (name, position) => [idBytes(newId('category')), name, position]);
  await db.query('ALTER TABLE product ADD COLUMN category_id BINARY(16) NULL AFTER name');
  await db.query('UPDATE product JOIN category ON name_zh = product.category SET category_id = category.id');
  await db.query(`
    ALTER TABLE product
      MODIFY category_id BINARY(16) NOT NULL,
      DROP INDEX product_of_category, DROP COLUMN category,
      ADD INDEX product_of_category (category_id, status, id),
      ADD CONSTRAINT product_category FOREIGN KEY (category_id) REFERENCES category (id)`);
}

async function addContents(db: QueryRunner): Promise<void> {
  await db.query(`
    ALTER TABLE product
      ADD COLUMN options     TEXT NULL,
      ADD COLUMN return_rule VARCHAR(24) CHARACTER SET ascii NOT NULL DEFAULT 'SEVEN_DAYS',
      ADD COLUMN sale_from   DATETIME(3) NULL,
      ADD COLUMN sale_until  DATETIME(3) NULL,
      ADD COLUMN revision    INT NOT NULL DEFAULT 1,
      ADD INDEX product_sale_from (sale_from),
      ADD INDEX product_sale_until (sale_until),
      ADD CONSTRAINT product_options CHECK (JSON_VALID(options)),
      ADD CONSTRAINT product_sale CHECK (sale_from < sale_until)`);
  // MySQL gives a TEXT no default.
  await db.query("UPDATE product SET options = '[]'");
  await db.query('ALTER TABLE product MODIFY options TEXT NOT NULL');
  await keepHistory(db, 'product');
  await db.query(`
    ALTER TABLE sku
      ADD COLUMN barcode         VARCHAR(14) CHARACTER SET ascii NULL AFTER code,
      ADD COLUMN option_values   VARCHAR(640) COLLATE utf8mb4_bin NOT NULL DEFAULT '[]',
      ADD COLUMN low_stock_units INT NULL,
      ADD COLUMN is_retired      BOOLEAN NOT NULL DEFAULT FALSE,
      ADD CONSTRAINT sku_low_stock CHECK (low_stock_units >= 0),
      ADD CONSTRAINT sku_values CHECK (JSON_VALID(option_values))`);
  await optionsFromTitles(db);
  await db.query('ALTER TABLE sku ADD UNIQUE INDEX sku_combination (product_id, option_values)');
}

async function addPrices(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE sku_price (
      id          BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
      sku_id      BINARY(16) NOT NULL,
      price_minor BIGINT NOT NULL,
      currency    CHAR(3) CHARACTER SET ascii NOT NULL,
      set_at      DATETIME(3) NOT NULL,
      set_by      VARCHAR(64) NOT NULL,
      reason      VARCHAR(255) NOT NULL,
      INDEX sku_price_of (sku_id, id),
      CONSTRAINT sku_price_of FOREIGN KEY (sku_id) REFERENCES sku (id),
      CONSTRAINT sku_price_minor CHECK (price_minor >= 0)
    )`);
  await db.query(`
    INSERT INTO sku_price (sku_id, price_minor, currency, set_at, set_by, reason)
    SELECT sku.id, price_minor, currency, created_at, 'command:migrate', 'the price from before prices were kept'
    FROM sku JOIN product ON product.id = product_id ORDER BY sku.id`);
  await forbidChanges(db, 'sku_price');
}

async function addWarnings(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE stock_warning (
      id           BINARY(16) PRIMARY KEY,
      sku_id       BINARY(16) NOT NULL,
      since        DATETIME(3) NOT NULL,
      lowest_units INT NOT NULL,
      ended_at     DATETIME(3) NULL,
      is_open      BOOLEAN AS (IF(ended_at IS NULL, TRUE, NULL)) STORED,
      UNIQUE INDEX stock_warning_one_open (sku_id, is_open),
      INDEX stock_warning_standing (is_open, id),
      CONSTRAINT stock_warning_of FOREIGN KEY (sku_id) REFERENCES sku (id)
    )`);
}

async function addImages(db: QueryRunner): Promise<void> {
  await db.query(`
    ALTER TABLE image
      MODIFY owner_id BINARY(16) NULL,
      ADD COLUMN staff_id BINARY(16) NULL AFTER owner_id,
      ADD INDEX image_of_staff (staff_id, started_at),
      ADD CONSTRAINT image_staff FOREIGN KEY (staff_id) REFERENCES staff (id),
      ADD CONSTRAINT image_whose CHECK ((owner_id IS NULL) <> (staff_id IS NULL) AND (purpose = 'PRODUCT') = (staff_id IS NOT NULL))`);
  await db.query(`
    CREATE TABLE product_image (
      image_id   BINARY(16) PRIMARY KEY,
      product_id BINARY(16) NOT NULL,
      position   INT NOT NULL,
      UNIQUE INDEX product_image_place (product_id, position),
      CONSTRAINT product_image_of FOREIGN KEY (product_id) REFERENCES product (id),
      CONSTRAINT product_image_shows FOREIGN KEY (image_id) REFERENCES image (id)
    )`);
}
