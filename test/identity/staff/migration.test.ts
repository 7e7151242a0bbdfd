import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as migrations from '../../../migrations/index.js';
import { PEOPLE } from '../../../src/invariants/people.js';
import { STAFF } from '../../../src/invariants/staff.js';
import { migrateBetween, type OlderShop, shopBefore } from '../../support/older-shop.js';

const { Staff1795350000000: Staff, KeepAnAuditTrail1795353000000: KeepAnAuditTrail } = migrations;

let shop: OlderShop;

/** A shop from before: a buyer who runs it, with a session, and one who only buys. */
beforeAll(async () => {
  shop = await shopBefore(Staff);
  const statements = [
    "INSERT INTO user (id, openid, openid_index, status) VALUES ('olga', REPEAT('x', 40), 'o', 'ACTIVE'), ('ana', REPEAT('x', 40), 'a', 'ACTIVE')",
    `INSERT INTO session (id, user_id, login_code_hash, refresh_hash, started_at, rotated_at, expires_at)
     SELECT id, id, openid_index, 'r', NOW(3), NOW(3), NOW(3) + INTERVAL 1 DAY FROM user`,
    "INSERT INTO role_grant (user_id, role, granted_by) SELECT id, 'OPERATOR', 'command:root' FROM user WHERE openid_index LIKE 'o%'",
    "INSERT INTO user_change (user_id, kind, role, changed_by, reason) SELECT user_id, 'ROLE_GRANTED', role, granted_by, 'new' FROM role_grant",
  ];
  for (const statement of statements) await shop.source.query(statement);
});
afterAll(async () => {
  await shop.close();
});

const all = (sql: string): Promise<object[]> => shop.source.query<object[]>(sql);
async function migrate(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new Staff()[way](runner);
  await runner.release();
}
/** Judged by the audit trail, in which later on all is that had been written down. */
const expectSoundPeople = async (): Promise<void> => {
  await migrateBetween(shop, [Staff, KeepAnAuditTrail], 'up');
  for (const { sql } of [...PEOPLE, ...STAFF]) expect(await all(sql)).toEqual([]);
  await migrateBetween(shop, [Staff, KeepAnAuditTrail], 'down');
};

describe('a shop whose staff were buyers', () => {
  it('has nobody with a role afterwards, says so in the history, and keeps everybody logged in as a buyer', async () => {
    await migrate('up');
    expect(await all('SELECT * FROM staff UNION ALL SELECT * FROM staff')).toEqual([]);
    expect(await all('SELECT kind, role, changed_by FROM user_change ORDER BY id')).toEqual([
      { kind: 'ROLE_GRANTED', role: 'OPERATOR', changed_by: 'command:root' },
      { kind: 'ROLE_REVOKED', role: 'OPERATOR', changed_by: 'command:migrate' },
    ]);
    expect(await all('SELECT COUNT(user_id) AS users, COUNT(staff_id) AS staff FROM session')).toEqual([
      { users: '2', staff: '0' },
    ]);
    await expectSoundPeople();
  });

  it('lets a session belong to one person of one kind only, and nobody be enrolled without both factors', async () => {
    await all("INSERT INTO staff (id, login_name, display_name, status) VALUES ('kim', 'kim', '金', 'ACTIVE')");
    await all(
      "INSERT INTO staff_change (staff_id, kind, roles, changed_by, reason) SELECT id, 'ADDED', '', 'command:root', 'new' FROM staff",
    );
    await expect(all('UPDATE session SET staff_id = (SELECT id FROM staff)')).rejects.toThrow('session_of_one');
    await expect(all('UPDATE session SET user_id = NULL')).rejects.toThrow('session_of_one');
    await expect(all('UPDATE staff SET enrolled_at = NOW(3)')).rejects.toThrow('staff_enrolled');
    await expect(all("UPDATE staff_change SET reason = 'another'")).rejects.toThrow('never changed or deleted');
    await all("UPDATE session SET user_id = NULL, staff_id = (SELECT id FROM staff) WHERE login_code_hash LIKE 'a%'");
  });

  it('can go back, without the staff’s sessions and without giving any role back, and on again', async () => {
    await migrate('down');
    expect(await all('SELECT role FROM role_grant')).toEqual([]);
    expect(await all('SELECT COUNT(user_id) AS users FROM session')).toEqual([{ users: '1' }]);
    await migrate('up');
    await expectSoundPeople();
  });
});
