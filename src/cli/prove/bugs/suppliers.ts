import type { SeededBug } from '../bug.js';

const MIGRATION = 'migrations/1795356000000-supplier-accounts.ts';
/** Its tests go up and down the migration in their order. */
const MIGRATION_TESTS = {
  file: 'test/identity/staff/supplier-accounts.migration.test.ts',
  test: 'a shop that is older than suppliers’ accounts',
};
const SUPPLIERS_TEST = 'test/catalog/suppliers.test.ts';

export const SUPPLIERS: readonly SeededBug[] = [
  {
    name: 'a supplier sees everybody’s stock',
    file: 'src/catalog/suppliers/suppliers.service.ts',
    search: 'where: { supplierId, ...(last ?',
    replace: 'where: { ...(last ?',
    caughtBy: { file: SUPPLIERS_TEST, test: 'sees its own products and nobody else’s' },
  },
  {
    name: 'the suppliers’ door is open to all of the staff',
    file: 'src/catalog/suppliers/suppliers.resolver.ts',
    search: "@Allow('SUPPLIER')\n  @Query(() => SuppliedProductConnection, {",
    replace: "@Allow('STAFF')\n  @Query(() => SuppliedProductConnection, {",
    caughtBy: { file: SUPPLIERS_TEST, test: 'is seen by no buyer, no guest and nobody of the shop’s own staff' },
  },
  {
    name: 'a supplier’s account may get another role',
    file: 'src/identity/staff/staff-accounts.service.ts',
    search: '      expectFit(roles, supplierId);\n      const held',
    replace: '      const held',
    caughtBy: { file: 'test/cli/staff.test.ts', test: 'gives its accounts no other role' },
  },
  {
    name: 'the database lets a supplier’s account have another role',
    file: MIGRATION,
    search: 'FOREIGN KEY (staff_id, of_supplier) REFERENCES staff (id, of_supplier)',
    replace: 'FOREIGN KEY (staff_id) REFERENCES staff (id)',
    caughtBy: MIGRATION_TESTS,
  },
  {
    name: 'the database lets an account go over to another supplier',
    file: MIGRATION,
    search: 'IF NOT (NEW.supplier_id <=> OLD.supplier_id) THEN',
    replace: 'IF OLD.supplier_id IS NULL AND NEW.supplier_id IS NOT NULL THEN',
    caughtBy: MIGRATION_TESTS,
  },
  {
    name: 'nobody looks at the roles of suppliers’ accounts',
    file: 'src/invariants/suppliers.ts',
    search: "supplier.id IS NULL OR NOT (roles <=> 'SUPPLIER')",
    replace: 'supplier.id IS NULL',
    caughtBy: { file: 'test/invariants/meddling.test.ts', test: 'INV-38: DELETE FROM staff_role' },
  },
];
