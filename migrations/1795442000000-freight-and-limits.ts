import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';

/**
 * Freight by region and weight, limits for buying alone, and what explains a price. An order keeps what it was charged, so no later change of a
 * template or a price alters what its buyer is shown. A foreign key over the supplier lets a product follow only its own supplier's templates.
 */
export class FreightAndLimits1795442000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE freight_template (
        id          BINARY(16) PRIMARY KEY,
        supplier_id BINARY(16) NOT NULL,
        name        VARCHAR(64) NOT NULL,
        revision    INT NOT NULL,
        terms       TEXT NOT NULL,
        currency    CHAR(3) CHARACTER SET ascii NOT NULL,
        UNIQUE INDEX freight_template_own (id, supplier_id),
        INDEX freight_template_of_supplier (supplier_id, id),
        CONSTRAINT freight_template_supplier FOREIGN KEY (supplier_id) REFERENCES supplier (id),
        CONSTRAINT freight_template_terms CHECK (JSON_VALID(terms))
      )`);
    await db.query(`
      ALTER TABLE product
        ADD COLUMN freight_template_id BINARY(16) NULL,
        ADD INDEX product_freight (freight_template_id, supplier_id),
        ADD CONSTRAINT product_freight FOREIGN KEY (freight_template_id, supplier_id)
          REFERENCES freight_template (id, supplier_id)`);
    await db.query(`
      ALTER TABLE sku
        ADD COLUMN weight_grams INT NULL,
        ADD COLUMN units_per_order INT NULL,
        ADD COLUMN units_per_buyer INT NULL,
        ADD CONSTRAINT sku_weight CHECK (weight_grams > 0),
        ADD CONSTRAINT sku_order_limit CHECK (units_per_order > 0),
        ADD CONSTRAINT sku_buyer_limit CHECK (units_per_buyer > 0)`);

    await db.query(`
      ALTER TABLE orders
        ADD COLUMN freight_minor BIGINT NOT NULL DEFAULT 0 AFTER hold,
        ADD INDEX orders_of_buyer_by_status (buyer_id, status, id),
        ADD CONSTRAINT orders_freight CHECK (freight_minor BETWEEN 0 AND payable_minor)`);
    await db.query('ALTER TABLE order_line ADD COLUMN single_price_minor BIGINT NULL AFTER unit_price_minor');
    // What a team's goods would have cost alone was not kept; what was bought alone cost just that.
    await db.query(`
      UPDATE order_line JOIN orders ON orders.id = order_line.order_id
      SET single_price_minor = unit_price_minor WHERE NOT awaits_team`);
    await db.query(`
      CREATE TABLE order_freight (
        order_id        BINARY(16) NOT NULL,
        template_id     BINARY(16) NOT NULL,
        name            VARCHAR(64) NOT NULL,
        region          CHAR(2) CHARACTER SET ascii NULL,
        weight_grams    BIGINT NOT NULL,
        goods_minor     BIGINT NOT NULL,
        first_grams     INT NOT NULL,
        first_minor     BIGINT NOT NULL,
        step_grams      INT NOT NULL,
        step_minor      BIGINT NOT NULL,
        free_from_minor BIGINT NULL,
        amount_minor    BIGINT NOT NULL,
        currency        CHAR(3) CHARACTER SET ascii NOT NULL,
        PRIMARY KEY (order_id, template_id),
        CONSTRAINT order_freight_of FOREIGN KEY (order_id) REFERENCES orders (id),
        CONSTRAINT order_freight_steps CHECK (step_grams > 0),
        CONSTRAINT order_freight_amount CHECK (amount_minor >= 0)
      )`);
    await forbidChanges(db, 'order_freight');

    await db.query(`
      CREATE TABLE sku_buyer (
        buyer_id BINARY(16) NOT NULL,
        sku_id   BINARY(16) NOT NULL,
        units    INT NOT NULL,
        PRIMARY KEY (buyer_id, sku_id),
        CONSTRAINT sku_buyer_units CHECK (units >= 0)
      )`);
    await db.query(`
      INSERT INTO sku_buyer (buyer_id, sku_id, units)
      SELECT buyer_id, sku_id, SUM(quantity) FROM orders JOIN order_line ON order_line.order_id = orders.id
      WHERE NOT awaits_team AND status NOT IN ('CANCELLED', 'PAID_LATE', 'REFUNDED') GROUP BY buyer_id, sku_id`);
  }

  /**
   * Takes freight away from what is shown, not from what was paid: an order keeps its `payable_minor`. So it refuses where freight was charged,
   * because the lines would no longer sum to what was paid.
   */
  async down(db: QueryRunner): Promise<void> {
    const charged = (await db.query('SELECT 1 FROM orders WHERE freight_minor > 0 LIMIT 1')) as unknown[];
    if (charged.length > 0)
      throw new Error('Freight was charged: going back would leave orders that nothing explains.');
    await db.query('DROP TABLE sku_buyer, order_freight');
    await db.query('ALTER TABLE order_line DROP COLUMN single_price_minor');
    await db.query(
      'ALTER TABLE orders DROP CONSTRAINT orders_freight, DROP INDEX orders_of_buyer_by_status, DROP COLUMN freight_minor',
    );
    await db.query(`
      ALTER TABLE sku
        DROP CONSTRAINT sku_weight, DROP CONSTRAINT sku_order_limit, DROP CONSTRAINT sku_buyer_limit,
        DROP COLUMN weight_grams, DROP COLUMN units_per_order, DROP COLUMN units_per_buyer`);
    await db.query('ALTER TABLE product DROP FOREIGN KEY product_freight');
    await db.query('ALTER TABLE product DROP INDEX product_freight, DROP COLUMN freight_template_id');
    await db.query('DROP TABLE freight_template');
  }
}
