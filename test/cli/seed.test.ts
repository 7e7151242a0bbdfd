import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { Run } from './run.js';
import { temporaryDirectory } from './support.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  await database.drop();
});

it('fills a shop that talks to the real WeChat with products only, says why, and does so once', async () => {
  const directory = await temporaryDirectory();
  const { WECHAT_API_URL: _, WECHAT_PAY_URL: __, ...environment } = process.env;
  const env = { ...environment, NODE_ENV: 'development', DATABASE_URL: database.url };
  const run = async (command: 'migrate.mjs' | 'seed.mjs'): Promise<string> => {
    const started = Run.start({ directory, command, env });
    await expect(started.exitCode).resolves.toBe(0);
    return started.output;
  };
  const reason =
    'its teams are left out, because their buyers pay at the emulator: WECHAT_API_URL and WECHAT_PAY_URL do not name the emulator';
  await run('migrate.mjs');
  const first = await run('seed.mjs');
  expect(first).toMatch(/seeded 60 products with \d+ offers/);
  expect(first).toContain(reason);
  const second = await run('seed.mjs');
  expect(second).toContain('the demo shop is there already');
  expect(second).toContain(reason);
});
