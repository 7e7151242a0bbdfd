import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANGES: readonly (readonly [table: string, event: 'INSERT' | 'UPDATE', product: string])[] = [
  ['product', 'INSERT', 'NEW.id'],
  ['product', 'UPDATE', 'NEW.id'],
  ['sku', 'INSERT', 'NEW.product_id'],
  ['sku', 'UPDATE', 'NEW.product_id'],
];

/** The words under which products are found. Products that are there already are taken up by the worker. */
export class Search1795443000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE search_term (
        id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        term VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
        pinyin VARCHAR(255) CHARACTER SET ascii NULL,
        products INT NOT NULL,
        UNIQUE INDEX search_term_once (term),
        INDEX search_term_sound (pinyin)
      )`);
    await db.query(`
      CREATE TABLE search_variant (
        variant VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
        term_id INT UNSIGNED NOT NULL,
        PRIMARY KEY (variant, term_id)
      )`);
    await db.query(`
      CREATE TABLE search_posting (
        product_id BINARY(16) NOT NULL,
        term_id INT UNSIGNED NOT NULL,
        impact SMALLINT UNSIGNED NOT NULL,
        PRIMARY KEY (product_id, term_id),
        INDEX search_posting_best (term_id, impact, product_id)
      )`);
    await db.query(`
      CREATE TABLE search_product (
        product_id BINARY(16) PRIMARY KEY,
        price_minor BIGINT NOT NULL,
        currency CHAR(3) CHARACTER SET ascii NOT NULL,
        version SMALLINT UNSIGNED NOT NULL,
        indexed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX search_product_old (version, indexed_at)
      )`);
    await db.query(`
      CREATE TABLE search_change (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        product_id BINARY(16) NOT NULL
      )`);
    for (const [table, event, product] of CHANGES) {
      await db.query(`
        CREATE TRIGGER ${table}_search_${event.toLowerCase()} AFTER ${event} ON ${table} FOR EACH ROW
        INSERT INTO search_change (product_id) VALUES (${product})`);
    }
    await db.query(`
      CREATE TRIGGER category_search_update AFTER UPDATE ON category FOR EACH ROW
      IF NEW.name_zh <> OLD.name_zh OR NEW.name_en <> OLD.name_en OR NOT (NEW.parent_id <=> OLD.parent_id) THEN
        INSERT INTO search_change (product_id) SELECT id FROM product WHERE category_id = NEW.id;
      END IF`);
    await db.query('INSERT INTO search_change (product_id) SELECT id FROM product');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER category_search_update');
    for (const [table, event] of CHANGES) await db.query(`DROP TRIGGER ${table}_search_${event.toLowerCase()}`);
    for (const table of ['change', 'product', 'posting', 'variant', 'term'])
      await db.query(`DROP TABLE search_${table}`);
  }
}
