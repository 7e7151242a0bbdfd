import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which batches of a SKU have come in, which of them is in a parcel, and recalls with the list of whom each is about. */
export class RecallBatches1795447000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE sku_batch (
        id          BINARY(16) NOT NULL PRIMARY KEY,
        sku_id      BINARY(16) NOT NULL,
        number      VARCHAR(64) NOT NULL,
        produced_on DATE NULL,
        expires_on  DATE NULL,
        received_at DATETIME(3) NOT NULL,
        UNIQUE INDEX sku_batch_once (sku_id, number),
        CONSTRAINT sku_batch_sku FOREIGN KEY (sku_id) REFERENCES sku (id),
        CONSTRAINT sku_batch_days CHECK (expires_on >= produced_on)
      )`);
    await db.query(`
      ALTER TABLE parcel_line
        ADD COLUMN batch_id BINARY(16) NULL,
        ADD CONSTRAINT parcel_line_batch FOREIGN KEY (batch_id) REFERENCES sku_batch (id)`);
    // Whom a SKU was sold to is looked for page by page, in the order of the lines.
    await db.query('ALTER TABLE order_line ADD INDEX order_line_of_sku (sku_id, id)');
    await db.query(`
      CREATE TABLE recall (
        id           BINARY(16) NOT NULL PRIMARY KEY,
        bulk_act_id  BINARY(16) NOT NULL,
        sku_id       BINARY(16) NOT NULL,
        batch_id     BINARY(16) NOT NULL,
        batch_number VARCHAR(64) NOT NULL,
        reason       VARCHAR(255) NOT NULL,
        advice       VARCHAR(500) NOT NULL,
        only_certain BOOLEAN NOT NULL,
        proposed_at  DATETIME(3) NOT NULL,
        UNIQUE INDEX recall_of_act (bulk_act_id),
        CONSTRAINT recall_batch FOREIGN KEY (batch_id) REFERENCES sku_batch (id)
      )`);
    await db.query(`
      CREATE TABLE recall_item (
        recall_id         BINARY(16) NOT NULL,
        seq               INT NOT NULL,
        order_id          BINARY(16) NOT NULL,
        line_id           BINARY(16) NOT NULL,
        quantity          INT NOT NULL,
        certain_quantity  INT NOT NULL,
        amount_minor      BIGINT NOT NULL,
        currency          CHAR(3) CHARACTER SET ascii NOT NULL,
        refund_id         BINARY(16) NULL,
        refunded_quantity INT NOT NULL DEFAULT 0,
        refunded_minor    BIGINT NOT NULL DEFAULT 0,
        problem           VARCHAR(64) CHARACTER SET ascii NULL,
        PRIMARY KEY (recall_id, seq),
        UNIQUE INDEX recall_item_once (recall_id, line_id),
        UNIQUE INDEX recall_item_refund (refund_id),
        INDEX recall_item_of_order (order_id),
        INDEX recall_item_of_line (line_id),
        CONSTRAINT recall_item_recall FOREIGN KEY (recall_id) REFERENCES recall (id),
        CONSTRAINT recall_item_line FOREIGN KEY (line_id) REFERENCES order_line (id),
        CONSTRAINT recall_item_quantity CHECK (quantity > 0 AND certain_quantity BETWEEN 0 AND quantity),
        CONSTRAINT recall_item_refunded CHECK (
          refunded_quantity BETWEEN 0 AND quantity AND (refund_id IS NULL) = (refunded_quantity = 0)
          AND (refund_id IS NOT NULL OR refunded_minor = 0) AND (refund_id IS NULL OR problem IS NULL))
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE recall_item, recall');
    await db.query('ALTER TABLE order_line DROP INDEX order_line_of_sku');
    await db.query('ALTER TABLE parcel_line DROP CONSTRAINT parcel_line_batch, DROP COLUMN batch_id');
    await db.query('DROP TABLE sku_batch');
  }
}
