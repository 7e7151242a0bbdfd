import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order says where it goes, sealed. Orders from before do not know, and nothing is made up for them; every new one must. */
export class OrdersGoSomewhere1795316400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The longest address has 450 characters of up to 4 bytes, some digits and the names of its fields. What is shorter than a seal is none.
    await db.query(`
      ALTER TABLE orders
        ADD COLUMN delivery VARBINARY(2400) NULL,
        ADD CONSTRAINT orders_delivery_sealed CHECK (OCTET_LENGTH(delivery) > 29)`);
    // NOT NULL for what is written from now on; it can still be emptied when nobody may know any more where an order went.
    await db.query(`
      CREATE TRIGGER orders_go_somewhere BEFORE INSERT ON orders FOR EACH ROW
      IF NEW.delivery IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a new order must say where it goes';
      END IF`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER orders_go_somewhere');
    await db.query('ALTER TABLE orders DROP CONSTRAINT orders_delivery_sealed, DROP COLUMN delivery');
  }
}
