import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Shop } from '../support/shop.js';

const ALL = `{ clientConfig {
  timeZone clientVersionMin features subscribeTemplates { name templateId } pageSizeMax nicknameCharactersMax addressesMax
  payWindowSeconds linesMax unitsPerLineMax teamSizeMin teamSizeMax teamTtlSecondsMax
} }`;
const FIXED = {
  ...{ pageSizeMax: 100, nicknameCharactersMax: 20, addressesMax: 20, linesMax: 50, unitsPerLineMax: 9_999 },
  ...{ teamSizeMin: 2, teamSizeMax: 100, teamTtlSecondsMax: 172_800 },
};

let plain: Shop;
let told: Shop;

beforeAll(async () => {
  [plain, told] = await Promise.all([
    Shop.open(),
    Shop.open({
      environment: {
        ...{ SHOP_TIME_ZONE: 'Asia/Urumqi', CLIENT_VERSION_MIN: '1.12.0', CLIENT_FEATURES: 'live,posts' },
        ...{ SUBSCRIBE_TEMPLATES: 'teamFormed:pQ3-x_9,shipped:aB0', PAY_WINDOW_SECONDS: '600' },
        BUSINESS_CLOCK: 'simulated',
      },
    }),
  ]);
});
afterAll(async () => {
  await Promise.all([plain.close(), told.close()]);
});

describe('what a mini-program must know to start', () => {
  it('is told to anybody, and without settings is what the shop always keeps to', async () => {
    const said = { timeZone: 'Asia/Shanghai', clientVersionMin: null, features: [], subscribeTemplates: [] };
    expect(await plain.guest.ask(ALL)).toEqual({ ...FIXED, ...said, payWindowSeconds: 900 });
    const ana = await plain.login('ana');
    expect(await ana.ask(ALL)).toEqual({ ...FIXED, ...said, payWindowSeconds: 900 });
  });

  it('is what the settings say', async () => {
    expect(await told.guest.ask(ALL)).toEqual({
      ...FIXED,
      ...{ timeZone: 'Asia/Urumqi', clientVersionMin: '1.12.0', features: ['live', 'posts'], payWindowSeconds: 600 },
      subscribeTemplates: [
        { name: 'teamFormed', templateId: 'pQ3-x_9' },
        { name: 'shipped', templateId: 'aB0' },
      ],
    });
  });

  it('has the shop’s own time, which costs the only statement of all of it', async () => {
    const now = new Date('2026-11-21T12:00:00.000Z');
    await told.setTime(now);
    const asked: object[] = [];
    const statements = await told.statements.during(async () => {
      asked.push(await told.guest.ask('{ clientConfig { serverTime } }'));
    });
    expect([asked, statements.length]).toEqual([[{ serverTime: now.toISOString() }], 1]);
    expect(await told.statements.during(() => told.guest.ask(ALL))).toEqual([]);
  });
});
