import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { idBytes, newId } from '#common';
import { Address, ADDRESS_SEALS, type UserId } from '#identity';
import * as migrations from '../../../migrations/index.js';
import { type OlderShop, shopBefore } from '../../support/older-shop.js';
import { vaultOf } from '../../support/people.js';

const { ReachPeople1795343000000: ReachPeople } = migrations;
const person: UserId = newId('user');

let shop: OlderShop;
let source: DataSource;

/** A shop from before, with one person in it. */
beforeAll(async () => {
  shop = await shopBefore(ReachPeople);
  ({ source } = shop);
  await source.query(
    "INSERT INTO user (id, openid, openid_index, status) VALUES (?, REPEAT('o', 40), REPEAT('i', 32), 'ACTIVE')",
    [idBytes(person)],
  );
});
afterAll(async () => {
  await shop.close();
});

async function migrate(direction: 'up' | 'down'): Promise<void> {
  const runner = source.createQueryRunner();
  await new ReachPeople()[direction](runner);
  await runner.release();
}
const people = (): Promise<object[]> => source.query<object[]>('SELECT phone, phone_index, status FROM user');

describe('a shop that is older than telephone numbers and address books', () => {
  it('keeps its people, of whom it knows neither, and can keep both from now on', async () => {
    await migrate('up');
    expect(await people()).toEqual([{ phone: null, phone_index: null, status: 'ACTIVE' }]);
    const id = newId('address');
    const contents = vaultOf().seal(ADDRESS_SEALS.contents, id, '新港中路397号');
    await source.manager.insert(Address, { id, userId: person, contents, isDefault: true });
    await source.query("UPDATE user SET phone = REPEAT('p', 40), phone_index = REPEAT('i', 32)");
  });

  it('can go back, which loses them, and forth again', async () => {
    await migrate('down');
    expect(await source.query('SELECT status FROM user')).toEqual([{ status: 'ACTIVE' }]);
    await expect(source.query('SELECT 1 FROM address')).rejects.toThrow("doesn't exist");
    await migrate('up');
    expect(await people()).toEqual([{ phone: null, phone_index: null, status: 'ACTIVE' }]);
  });
});
