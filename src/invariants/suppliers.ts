import type { Invariant } from './invariant.js';

export const SUPPLIERS: readonly Invariant[] = [
  {
    number: 'INV-38',
    name: 'suppliers-accounts-are-just-that',
    holds: {
      zh: '供应商账号只有供应商角色，且其供应商存在；其他员工账号没有该角色。',
      en: 'A supplier’s account has the role SUPPLIER, no other, and a supplier that exists; no other account has that role.',
    },
    sql: `SELECT HEX(staff.id) AS staff, HEX(supplier_id) AS supplier, COALESCE(roles, '') AS roles FROM staff
          LEFT JOIN supplier ON supplier.id = supplier_id
          LEFT JOIN (
            SELECT staff_id, GROUP_CONCAT(role ORDER BY role SEPARATOR ' ') AS roles, SUM(role = 'SUPPLIER') AS of_suppliers
            FROM staff_role GROUP BY staff_id
          ) AS held ON held.staff_id = staff.id
          WHERE IF(supplier_id IS NULL, of_suppliers > 0, supplier.id IS NULL OR NOT (roles <=> 'SUPPLIER'))`,
  },
];
