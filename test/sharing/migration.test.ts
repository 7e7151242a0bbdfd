import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateSharing1795448000000 as CreateSharing } from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

let shop: OlderShop;
const rows = (sql: string): Promise<unknown> => shop.source.query(sql);

async function migrate(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new CreateSharing()[way](runner);
  await runner.release();
}

beforeAll(async () => {
  shop = await shopBefore(CreateSharing);
  await migrate('up');
});
afterAll(async () => {
  await shop.close();
});

const scene = (id: string, code: string, maker: string): Promise<unknown> =>
  rows(`INSERT INTO share_scene (id, code, target_type, target_id, maker_id, created_at)
        VALUES ('${id}', '${code}', 'PRODUCT', 'p', ${maker}, NOW(3))`);
const artifact = (id: string, address: string): Promise<unknown> =>
  rows(`INSERT INTO share_artifact (id, scene_id, kind, page, version, width, address)
        SELECT '${id}', id, 'CODE', 'a', 'release', 430, ${address} FROM share_scene LIMIT 1`);

describe('a shop that begins to share', () => {
  it('has one scene for each person and thing, and codes of which case matters; those of people who have left are many', async () => {
    await scene('1', 'aaaaaaaaaa', "'m'");
    await expect(scene('2', 'bbbbbbbbbb', "'m'")).rejects.toThrow('share_scene_once');
    await expect(scene('2', 'aaaaaaaaaa', 'NULL')).rejects.toThrow('share_scene_code');
    await scene('2', 'AAAAAAAAAA', 'NULL');
    await scene('3', 'cccccccccc', 'NULL');
  });

  it('has one code of a scene, page, version and width, and none that is made without saying when', async () => {
    await artifact('1', 'NULL');
    await expect(artifact('2', 'NULL')).rejects.toThrow('share_artifact_once');
    await expect(rows("UPDATE share_artifact SET address = 'x'")).rejects.toThrow('share_artifact_made');
  });

  it('has one count for each window, never below nothing', async () => {
    const count = (used: number): Promise<unknown> =>
      rows(`INSERT INTO share_quota (kind, holder_id, starts_at, used) VALUES ('CODE', '', '2026-01-01', ${used})`);
    await expect(count(-1)).rejects.toThrow('share_quota_used');
    await count(0);
    await expect(count(1)).rejects.toThrow('share_quota_once');
  });

  it('can go back, and forth again', async () => {
    await migrate('down');
    expect(await rows("SHOW TABLES LIKE 'share\\_%'")).toEqual([]);
    await migrate('up');
    expect(await rows('SELECT 1 FROM share_scene')).toEqual([]);
  });
});
