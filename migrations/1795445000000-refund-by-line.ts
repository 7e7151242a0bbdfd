import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Money goes back for units of lines: how many of a line and how much of its amount are promised back, how many will never be shipped, and how many
 * came back and are for sale again. An order's goods may come back on sale in several steps.
 */
export class RefundByLine1795445000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE order_line
        ADD COLUMN cancelled_quantity INT NOT NULL DEFAULT 0 AFTER shipped_quantity,
        ADD COLUMN restocked_quantity INT NOT NULL DEFAULT 0 AFTER cancelled_quantity,
        ADD COLUMN refunding_quantity INT NOT NULL DEFAULT 0,
        ADD COLUMN refunding_minor BIGINT NOT NULL DEFAULT 0,
        DROP CONSTRAINT order_line_shipped,
        ADD CONSTRAINT order_line_shipped
          CHECK (shipped_quantity >= 0 AND cancelled_quantity >= 0 AND shipped_quantity + cancelled_quantity <= quantity),
        ADD CONSTRAINT order_line_restocked CHECK (restocked_quantity BETWEEN 0 AND shipped_quantity),
        ADD CONSTRAINT order_line_refunding CHECK (refunding_quantity BETWEEN cancelled_quantity AND quantity),
        ADD CONSTRAINT order_line_refunding_amount CHECK (refunding_minor BETWEEN 0 AND amount_minor)`);
    await db.query(`
      CREATE TABLE refund_line (
        refund_id          BINARY(16) NOT NULL,
        line_id            BINARY(16) NOT NULL,
        quantity           INT NOT NULL,
        cancelled_quantity INT NOT NULL,
        amount_minor       BIGINT NOT NULL,
        PRIMARY KEY (refund_id, line_id),
        INDEX refund_line_of (line_id),
        CONSTRAINT refund_line_refund FOREIGN KEY (refund_id) REFERENCES refund (id),
        CONSTRAINT refund_line_of FOREIGN KEY (line_id) REFERENCES order_line (id),
        CONSTRAINT refund_line_quantity CHECK (quantity > 0 AND cancelled_quantity BETWEEN 0 AND quantity),
        CONSTRAINT refund_line_amount CHECK (amount_minor >= 0)
      )`);
    // What comes back may come in parts; everything else happens once to a hold. An index passes over what is NULL.
    await db.query(`
      ALTER TABLE stock_move
        ADD COLUMN once BOOLEAN AS (IF(kind = 'RETURN', NULL, TRUE)) STORED,
        DROP INDEX stock_move_once,
        ADD UNIQUE INDEX stock_move_once (order_id, sku_id, hold, kind, once)`);
  }

  /** Only while nothing of an order came back in two steps: the older shop knows one. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE stock_move
        DROP INDEX stock_move_once,
        ADD UNIQUE INDEX stock_move_once (order_id, sku_id, hold, kind),
        DROP COLUMN once`);
    await db.query('DROP TABLE refund_line');
    await db.query(`
      ALTER TABLE order_line
        DROP CONSTRAINT order_line_shipped, DROP CONSTRAINT order_line_restocked, DROP CONSTRAINT order_line_refunding,
        DROP CONSTRAINT order_line_refunding_amount,
        DROP COLUMN cancelled_quantity, DROP COLUMN restocked_quantity, DROP COLUMN refunding_quantity, DROP COLUMN refunding_minor,
        ADD CONSTRAINT order_line_shipped CHECK (shipped_quantity BETWEEN 0 AND quantity)`);
  }
}
