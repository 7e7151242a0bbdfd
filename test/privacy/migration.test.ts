import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { idBytes, newId } from '#common';
import { CreatePrivacy1795354000000 } from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

let older: OlderShop;
const [ana, bo] = [newId('user'), newId('user')];
const SEAL = Buffer.alloc(40, 7);

beforeAll(async () => {
  older = await shopBefore(CreatePrivacy1795354000000);
  for (const [number, id] of [ana, bo].entries()) {
    await older.source.query(
      "INSERT INTO user (id, openid, openid_index, nickname, status) VALUES (?, ?, ?, ?, 'ACTIVE')",
      [idBytes(id), SEAL, Buffer.alloc(32, number), SEAL],
    );
  }
  await older.source.query(
    `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
     VALUES ('1', '1', ?, '1', 'COMPLETED', FALSE, 1, 1, 'CNY', '2026-01-02', ?)`,
    [idBytes(ana), SEAL],
  );
});
afterAll(async () => {
  await older.close();
});

const users = (): Promise<{ status: string; openid: Buffer; openid_index: Buffer; nickname: Buffer | null }[]> =>
  older.source.query('SELECT status, openid, openid_index, nickname FROM user ORDER BY id');

it('people and orders of before stay as they are, there and back again; who was erased meanwhile comes back as nobody', async () => {
  const before = await users();
  const runner = older.source.createQueryRunner();
  const migration = new CreatePrivacy1795354000000();
  await migration.up(runner);
  expect(await users()).toEqual(before);
  expect(await older.source.query('SELECT addressed_at FROM orders')).toEqual([
    { addressed_at: new Date('2026-01-02T00:00:00Z') },
  ]);
  await runner.query(
    "UPDATE user SET openid = NULL, openid_index = NULL, nickname = NULL, status = 'ERASED', erased_at = NOW(3) WHERE id = ?",
    [idBytes(bo)],
  );
  await migration.down(runner);
  await runner.release();
  const [first, second] = await users();
  expect(first).toEqual(before[0]);
  expect(second).toMatchObject({ status: 'DISABLED', nickname: null });
  expect(second!.openid).not.toEqual(SEAL);
});
