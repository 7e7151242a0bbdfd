import type { EntityManager } from 'typeorm';
import { idBytes, type Transactor } from '#common';
import type { CatalogImportId } from './catalog-import.entity.js';

/** Which SKU each line is about, and so which product: a code that the shop has is that SKU. */
const FIND_SKUS = `
  UPDATE catalog_import_line AS line LEFT JOIN sku ON sku.code = line.code
  SET line.sku_id = sku.id, line.product_id = sku.product_id, line.products_alike = 0
  WHERE line.import_id = ?`;

/** To which product a new code belongs: to the one that other lines or the shop have under its supplier and name. */
const FIND_PRODUCTS = `
  UPDATE catalog_import_line AS line JOIN (
    SELECT supplier_name, product_name, MIN(product_id) AS product_id, COUNT(DISTINCT product_id) AS alike FROM (
      SELECT supplier_name, product_name, product_id FROM catalog_import_line
      WHERE import_id = ? AND sku_id IS NOT NULL
      UNION SELECT new_line.supplier_name, new_line.product_name, product.id
      FROM catalog_import_line AS new_line
      JOIN supplier ON supplier.name = new_line.supplier_name
      JOIN product ON product.supplier_id = supplier.id AND product.name = new_line.product_name
      WHERE new_line.import_id = ? AND new_line.sku_id IS NULL
    ) AS candidate GROUP BY supplier_name, product_name
  ) AS named ON named.supplier_name = line.supplier_name AND named.product_name = line.product_name
  SET line.product_id = named.product_id, line.products_alike = named.alike
  WHERE line.import_id = ? AND line.sku_id IS NULL`;

/** Puts the lines of each product together, and numbers them. */
const GROUP_LINES = `
  UPDATE catalog_import_line AS line JOIN (
    SELECT line_number, MIN(line_number) OVER (PARTITION BY product_id, new_supplier, new_product) AS first_line,
      ROW_NUMBER() OVER (PARTITION BY product_id, new_supplier, new_product ORDER BY line_number) AS nth
    FROM (
      SELECT line_number, product_id, IF(product_id IS NULL, supplier_name, NULL) AS new_supplier,
        IF(product_id IS NULL, product_name, NULL) AS new_product
      FROM catalog_import_line WHERE import_id = ?
    ) AS keyed
  ) AS placed ON placed.line_number = line.line_number
  SET line.first_line = placed.first_line, line.nth = placed.nth
  WHERE line.import_id = ?`;

const KEEP_TWICE = `
  INSERT INTO catalog_import_mistake (import_id, line_number, column_name, kind, detail)
  SELECT line.import_id, line.line_number, 'sku_code', 'CODE_TWICE', twice.first_line
  FROM catalog_import_line AS line JOIN (
    SELECT code, MIN(line_number) AS first_line FROM catalog_import_line WHERE import_id = ? GROUP BY code HAVING COUNT(*) > 1
  ) AS twice ON twice.code = line.code
  WHERE line.import_id = ? AND line.line_number > twice.first_line
  ON DUPLICATE KEY UPDATE kind = VALUES(kind)`;

const KEEP_AMBIGUOUS = `
  INSERT INTO catalog_import_mistake (import_id, line_number, column_name, kind, detail)
  SELECT import_id, line_number, 'product', 'PRODUCT_AMBIGUOUS', '' FROM catalog_import_line
  WHERE import_id = ? AND products_alike > 1
  ON DUPLICATE KEY UPDATE kind = VALUES(kind)`;

/**
 * Finds out for all staged lines of an import at once which SKU and product they are about, and writes down codes that are there twice and names that could
 * mean several products. Doing it again changes nothing, unless the shop has changed.
 */
export async function placeLines(transactor: Transactor, id: CatalogImportId): Promise<void> {
  const importId = idBytes(id);
  for (const statement of [FIND_SKUS, FIND_PRODUCTS, GROUP_LINES, KEEP_TWICE, KEEP_AMBIGUOUS]) {
    const parameters = Array.from(statement.matchAll(/\?/g), () => importId);
    await transactor.run((db: EntityManager) => db.query(statement, parameters));
  }
}
