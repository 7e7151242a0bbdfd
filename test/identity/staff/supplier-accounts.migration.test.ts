import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SupplierAccounts1795356000000 as SupplierAccounts } from '../../../migrations/index.js';
import { SUPPLIERS } from '../../../src/invariants/suppliers.js';
import { type OlderShop, shopBefore } from '../../support/older-shop.js';

let shop: OlderShop;

/** A shop from before: two suppliers, and one of the staff at work. */
beforeAll(async () => {
  shop = await shopBefore(SupplierAccounts);
  for (const statement of [
    "INSERT INTO supplier (id, name) VALUES ('orchard', '果园'), ('dairy', '牧场')",
    "INSERT INTO staff (id, login_name, display_name, status) VALUES ('kim', 'kim', '金', 'ACTIVE')",
    "INSERT INTO staff_role (staff_id, role) SELECT id, 'ADMIN' FROM staff",
    session('kim'),
  ])
    await all(statement);
});
afterAll(async () => {
  await shop.close();
});

const all = (sql: string): Promise<object[]> => shop.source.query<object[]>(sql);
const session = (name: string): string => `
  INSERT INTO session (id, staff_id, login_code_hash, refresh_hash, started_at, rotated_at, expires_at)
  SELECT id, id, REPEAT(LEFT(login_name, 1), 32), REPEAT('r', 32), NOW(3), NOW(3), NOW(3) + INTERVAL 1 DAY FROM staff WHERE login_name = '${name}'`;
const account = (name: string, supplier: string): string => `
  INSERT INTO staff (id, login_name, display_name, status, supplier_id)
  SELECT '${name}', '${name}', '${name}', 'ACTIVE', id FROM supplier WHERE name = '${supplier}'`;
const role = (name: string, role: string): string =>
  `INSERT INTO staff_role (staff_id, role) SELECT id, '${role}' FROM staff WHERE login_name = '${name}'`;
const holders = (): Promise<object[]> =>
  all('SELECT login_name, role FROM staff_role JOIN staff ON staff.id = staff_id ORDER BY login_name, role');

async function migrate(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new SupplierAccounts()[way](runner);
  await runner.release();
}

const KIM = { login_name: 'kim', role: 'ADMIN' };

describe('a shop that is older than suppliers’ accounts', () => {
  it('whoever worked for the shop goes on with the same role and session, and belongs to no supplier', async () => {
    await migrate('up');
    expect(await holders()).toEqual([KIM]);
    expect(await all('SELECT COUNT(*) AS sessions FROM session')).toEqual([{ sessions: '1' }]);
    expect(await all('SELECT login_name FROM staff WHERE supplier_id IS NOT NULL')).toEqual([]);
  });

  it('a supplier may have several accounts; they hold no role but their own, which nobody else can be given', async () => {
    for (const name of ['fay', 'lin']) {
      await all(account(name, '果园'));
      await all(role(name, 'SUPPLIER'));
    }
    await all(session('fay'));
    for (const unfit of [role('fay', 'ADMIN'), role('kim', 'SUPPLIER'), "UPDATE staff_role SET role = 'SUPPLIER'"])
      await expect(all(unfit)).rejects.toThrow('staff_role_fits');
    expect(await holders()).toEqual([
      { login_name: 'fay', role: 'SUPPLIER' },
      KIM,
      { login_name: 'lin', role: 'SUPPLIER' },
    ]);
    for (const { sql } of SUPPLIERS) expect(await all(sql)).toEqual([]);
  });

  it('the supplier of an account is one that there is, and stays', async () => {
    await expect(
      all(
        "INSERT INTO staff (id, login_name, display_name, status, supplier_id) VALUES ('x', 'x', 'x', 'ACTIVE', 'x')",
      ),
    ).rejects.toThrow('staff_supplier');
    await expect(all("DELETE FROM supplier WHERE name = '果园'")).rejects.toThrow('staff_supplier');
    for (const change of [
      "UPDATE staff SET supplier_id = (SELECT id FROM supplier WHERE name = '牧场') WHERE login_name = 'fay'",
      "UPDATE staff SET supplier_id = NULL WHERE login_name = 'fay'",
      "UPDATE staff SET supplier_id = (SELECT id FROM supplier WHERE name = '牧场') WHERE login_name = 'kim'",
    ])
      await expect(all(change)).rejects.toThrow('the supplier of an account is never changed');
    await all("UPDATE staff SET status = 'DISABLED' WHERE login_name = 'lin'");
  });

  it('going back ends the suppliers’ accounts and leaves the shop’s own as they are, and it can go on again', async () => {
    await migrate('down');
    expect(await holders()).toEqual([KIM]);
    expect(await all('SELECT login_name FROM staff')).toEqual([{ login_name: 'kim' }]);
    expect(await all('SELECT COUNT(*) AS sessions FROM session')).toEqual([{ sessions: '1' }]);
    await migrate('up');
    expect(await holders()).toEqual([KIM]);
  });
});
