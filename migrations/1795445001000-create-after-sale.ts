import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepHistory } from './history.js';

/**
 * After-sale cases, what each is about, and its steps. A line counts the units that open cases ask for, and those of them that are not to be shipped
 * meanwhile; an order counts its open cases.
 */
export class CreateAfterSale1795445001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE orders
        ADD COLUMN open_after_sales INT NOT NULL DEFAULT 0,
        ADD CONSTRAINT orders_open_after_sales CHECK (open_after_sales >= 0)`);
    await db.query(`
      ALTER TABLE order_line
        ADD COLUMN claimed_quantity INT NOT NULL DEFAULT 0,
        ADD COLUMN withheld_quantity INT NOT NULL DEFAULT 0,
        DROP CONSTRAINT order_line_shipped,
        ADD CONSTRAINT order_line_shipped CHECK (
          shipped_quantity >= 0 AND cancelled_quantity >= 0 AND shipped_quantity + cancelled_quantity + withheld_quantity <= quantity),
        ADD CONSTRAINT order_line_claimed CHECK (claimed_quantity >= 0 AND refunding_quantity + claimed_quantity <= quantity),
        ADD CONSTRAINT order_line_withheld CHECK (withheld_quantity BETWEEN 0 AND claimed_quantity)`);
    await db.query(`
      CREATE TABLE after_sale (
        id              BINARY(16) NOT NULL PRIMARY KEY,
        order_id        BINARY(16) NOT NULL,
        buyer_id        BINARY(16) NOT NULL,
        supplier_id     BINARY(16) NOT NULL,
        kind            VARCHAR(24) CHARACTER SET ascii NOT NULL,
        reason          VARCHAR(24) CHARACTER SET ascii NOT NULL,
        status          VARCHAR(16) CHARACTER SET ascii NOT NULL,
        is_unshipped    BOOLEAN NOT NULL,
        is_appealed     BOOLEAN NOT NULL DEFAULT FALSE,
        is_resaleable   BOOLEAN NULL,
        freight_minor   BIGINT NOT NULL,
        amount_minor    BIGINT NOT NULL,
        currency        CHAR(3) CHARACTER SET ascii NOT NULL,
        refund_id       BINARY(16) NULL,
        carrier         VARCHAR(32) CHARACTER SET ascii NULL,
        tracking_number VARBINARY(320) NULL,
        applied_at      DATETIME(3) NOT NULL,
        sent_at         DATETIME(3) NULL,
        due_at          DATETIME(3) NULL,
        closed_at       DATETIME(3) NULL,
        listed_at       DATETIME(3) AS (COALESCE(due_at, closed_at)) STORED,
        tracked_at      DATETIME(3) AS (IF(tracking_number IS NULL, NULL, applied_at)) STORED,
        UNIQUE INDEX after_sale_refund (refund_id),
        INDEX after_sale_of_order (order_id, id),
        INDEX after_sale_of_buyer (buyer_id, id),
        INDEX after_sale_listed (status, listed_at, id),
        INDEX after_sale_listed_of_supplier (supplier_id, status, listed_at, id),
        INDEX after_sale_due (status, due_at, id),
        INDEX after_sale_tracked (tracked_at),
        CONSTRAINT after_sale_order FOREIGN KEY (order_id) REFERENCES orders (id),
        CONSTRAINT after_sale_refund FOREIGN KEY (refund_id) REFERENCES refund (id),
        CONSTRAINT after_sale_open CHECK ((due_at IS NULL) = (closed_at IS NOT NULL)),
        CONSTRAINT after_sale_amount CHECK (freight_minor >= 0 AND amount_minor >= freight_minor),
        CONSTRAINT after_sale_refunded CHECK ((status IN ('REFUNDING', 'DONE')) = (refund_id IS NOT NULL)),
        CONSTRAINT after_sale_sent CHECK ((sent_at IS NULL) = (carrier IS NULL)),
        CONSTRAINT after_sale_tracking_sealed CHECK (OCTET_LENGTH(tracking_number) > 29)
      )`);
    await keepHistory(db, 'after_sale');
    await db.query(`
      CREATE TABLE after_sale_line (
        after_sale_id BINARY(16) NOT NULL,
        line_id       BINARY(16) NOT NULL,
        quantity      INT NOT NULL,
        amount_minor  BIGINT NOT NULL,
        PRIMARY KEY (after_sale_id, line_id),
        INDEX after_sale_line_of (line_id),
        CONSTRAINT after_sale_line_case FOREIGN KEY (after_sale_id) REFERENCES after_sale (id),
        CONSTRAINT after_sale_line_of FOREIGN KEY (line_id) REFERENCES order_line (id),
        CONSTRAINT after_sale_line_quantity CHECK (quantity > 0),
        CONSTRAINT after_sale_line_amount CHECK (amount_minor >= 0)
      )`);
    await db.query(`
      CREATE TABLE after_sale_step (
        id            BINARY(16) NOT NULL PRIMARY KEY,
        after_sale_id BINARY(16) NOT NULL,
        status        VARCHAR(16) CHARACTER SET ascii NOT NULL,
        actor         VARCHAR(16) CHARACTER SET ascii NOT NULL,
        note          VARBINARY(2400) NULL,
        moved_at      DATETIME(3) NOT NULL,
        noted_at      DATETIME(3) AS (IF(note IS NULL, NULL, moved_at)) STORED,
        INDEX after_sale_step_of (after_sale_id, id),
        INDEX after_sale_step_noted (noted_at),
        CONSTRAINT after_sale_step_case FOREIGN KEY (after_sale_id) REFERENCES after_sale (id),
        CONSTRAINT after_sale_step_sealed CHECK (OCTET_LENGTH(note) > 29)
      )`);
    await db.query(`
      CREATE TABLE after_sale_image (
        image_id      BINARY(16) NOT NULL PRIMARY KEY,
        after_sale_id BINARY(16) NOT NULL,
        position      TINYINT NOT NULL,
        INDEX after_sale_image_of (after_sale_id, position),
        CONSTRAINT after_sale_image_case FOREIGN KEY (after_sale_id) REFERENCES after_sale (id),
        CONSTRAINT after_sale_image_of FOREIGN KEY (image_id) REFERENCES image (id)
      )`);
    await db.query('ALTER TABLE image ADD COLUMN is_kept BOOLEAN NOT NULL DEFAULT FALSE');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE image DROP COLUMN is_kept');
    await db.query('DROP TABLE after_sale_image, after_sale_step, after_sale_line, after_sale');
    await db.query(`
      ALTER TABLE order_line
        DROP CONSTRAINT order_line_shipped, DROP CONSTRAINT order_line_claimed, DROP CONSTRAINT order_line_withheld,
        DROP COLUMN claimed_quantity, DROP COLUMN withheld_quantity,
        ADD CONSTRAINT order_line_shipped
          CHECK (shipped_quantity >= 0 AND cancelled_quantity >= 0 AND shipped_quantity + cancelled_quantity <= quantity)`);
    await db.query('ALTER TABLE orders DROP CONSTRAINT orders_open_after_sales, DROP COLUMN open_after_sales');
  }
}
