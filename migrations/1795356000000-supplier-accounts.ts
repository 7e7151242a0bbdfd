import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts of people who work for a supplier. `of_supplier` says the same thing of an account and of a role, and a foreign key over it lets the two
 * meet only where they agree: so SUPPLIER is the only role of an account with a supplier, and no other account can have it.
 */
export class SupplierAccounts1795356000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE staff
        ADD COLUMN supplier_id BINARY(16) NULL AFTER display_name,
        ADD COLUMN of_supplier BOOLEAN AS (supplier_id IS NOT NULL) STORED,
        ADD UNIQUE INDEX staff_of_supplier (id, of_supplier),
        ADD INDEX staff_supplier (supplier_id),
        ADD CONSTRAINT staff_supplier FOREIGN KEY (supplier_id) REFERENCES supplier (id)`);
    await db.query(`
      ALTER TABLE staff_role
        ADD COLUMN of_supplier BOOLEAN AS (role = 'SUPPLIER') STORED,
        ADD INDEX staff_role_fits (staff_id, of_supplier),
        ADD CONSTRAINT staff_role_fits FOREIGN KEY (staff_id, of_supplier) REFERENCES staff (id, of_supplier)`);
    await db.query(`
      CREATE TRIGGER staff_supplier_stays BEFORE UPDATE ON staff FOR EACH ROW
      IF NOT (NEW.supplier_id <=> OLD.supplier_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the supplier of an account is never changed';
      END IF`);
  }

  /** Ends the accounts of suppliers, which nothing before knew how to keep apart; the audit trail remembers them. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER staff_supplier_stays');
    for (const table of ['session', 'staff_recovery_code', 'staff_role'])
      await db.query(`DELETE FROM ${table} WHERE staff_id IN (SELECT id FROM staff WHERE supplier_id IS NOT NULL)`);
    await db.query('DELETE FROM staff WHERE supplier_id IS NOT NULL');
    await db.query('ALTER TABLE staff_role DROP FOREIGN KEY staff_role_fits');
    await db.query('ALTER TABLE staff_role DROP INDEX staff_role_fits, DROP COLUMN of_supplier');
    await db.query('ALTER TABLE staff DROP FOREIGN KEY staff_supplier');
    await db.query(
      'ALTER TABLE staff DROP INDEX staff_supplier, DROP INDEX staff_of_supplier, DROP COLUMN of_supplier, DROP COLUMN supplier_id',
    );
  }
}
