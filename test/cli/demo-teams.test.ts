import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { StaffAccountsService } from '#identity';
import { CatalogService, FreightService } from '#catalog';
import { OffersService } from '#teams';
import type { Services } from '../../src/cli/demo-shop/demo-phones.js';
import { DemoManager } from '../../src/cli/demo-shop/demo-manager.js';
import { seedDemoShop } from '../../src/cli/demo-shop/demo-shop.js';
import { hasDemoTeams, seedDemoTeams } from '../../src/cli/demo-shop/demo-teams.js';
import { WechatApp } from '../../src/cli/replay/wechat-app.js';
import { Desk } from '../support/desk.js';
import { Shop, type ShopOptions } from '../support/shop.js';
import { expectEqualBooks, expectSettled, expectSound, settle } from '../support/sound.js';

class Cut extends Error {}

/**
 * The shop's services, until this seed is cut short: the last call that they answer is done, but its answer is lost.
 * The database itself is not cut off; what is under way in it ends.
 */
function cutShort(app: Services, callsMax: number): Services {
  let calls = 0;
  const countedMethod =
    (service: object, method: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]): Promise<unknown> => {
      calls += 1;
      const isLast = calls === callsMax;
      if (calls > callsMax) throw new Cut();
      const answer = await method.apply(service, args);
      if (isLast) throw new Cut();
      return answer;
    };
  const get = (...[type, options]: Parameters<Services['get']>): unknown => {
    const service = app.get<object>(type, options);
    if (service instanceof DataSource) return service;
    return new Proxy(service, {
      get: (_, name) => {
        const member: unknown = Reflect.get(service, name);
        return isMethod(member) ? countedMethod(service, member) : member;
      },
    });
  };
  return { get: get as Services['get'] };
}

function isMethod(member: unknown): member is (...args: unknown[]) => unknown {
  return typeof member === 'function';
}

/** A WeChat that makes nothing go wrong, also if it is told to. */
class WechatAtItsBest extends WechatApp {
  override arm(): Promise<void> {
    return Promise.resolve();
  }
}

/** A shop with the demo's products and nobody in it. */
async function demoShop(options: ShopOptions = {}): Promise<Shop> {
  const shop = await Shop.open({ ...options, environment: { LOGINS_PER_PERSON: '1000', ...options.environment } });
  const services = {
    catalog: shop.get(CatalogService),
    freight: shop.get(FreightService),
    offers: shop.get(OffersService),
  };
  await shop.source.transaction((db) => seedDemoShop(db, services, new Date(Date.now() - 1_000)));
  return shop;
}

interface Circumstances {
  readonly app?: Services;
  readonly wechat?: WechatApp;
}

/** What a seed of the teams said. */
async function seed(shop: Shop, circumstances: Circumstances = {}): Promise<string[]> {
  const { app = shop.app, wechat = new WechatApp(shop.emulator.url, 8) } = circumstances;
  const said: string[] = [];
  try {
    const isComplete = await seedDemoTeams(app, wechat, (line) => said.push(line));
    expect(await hasDemoTeams(shop.source.manager)).toBe(isComplete);
  } finally {
    await wechat.close();
  }
  return said;
}

/** How many teams, and seats, there are in each state. */
async function statesIn(shop: Shop, table: 'team' | 'seat'): Promise<Record<string, number>> {
  const rows = await shop.rows<{ status: string; times: string }>(
    `SELECT status, COUNT(*) AS times FROM ${table} GROUP BY status`,
  );
  return Object.fromEntries(rows.map(({ status, times }) => [status, Number(times)]));
}

const TEAMS = { PENDING: 1, FORMING: 4, FORMED: 1, FAILED: 1, ABORTED: 1, CLOSED: 1 };
const SEATS = { HELD: 1, PAID: 6, CONFIRMED: 2, RELEASED: 1, REFUNDING: 1, REFUNDED: 3, REFUNDED_AFTER: 2 };

async function expectWholeDemo(shop: Shop): Promise<void> {
  await settle(shop);
  expect({ teams: await statesIn(shop, 'team'), seats: await statesIn(shop, 'seat') }).toEqual({
    teams: TEAMS,
    seats: SEATS,
  });
  await expectSound(shop);
  await expectEqualBooks(shop);
}

describe('the teams of the demo shop', () => {
  let shop: Shop;
  let said: string[];
  beforeAll(async () => {
    shop = await demoShop();
    expect(await hasDemoTeams(shop.source.manager)).toBe(false);
    said = await seed(shop);
  });
  afterAll(async () => {
    await shop.close();
  });

  it('are in every state but MERGED, with seats in every state, and each is named when it is made', async () => {
    await expectWholeDemo(shop);
    const states = said.map((line) => line.split(' ')[0]!);
    expect(new Set(states)).toEqual(new Set(Object.keys(TEAMS)));
    expect(said).toContainEqual(expect.stringMatching(/^FORMING 2 of 3 paid, opened by laowang \(老王\): .+ team_/));
  });

  it('are those of their openers, also when the opener has left', async () => {
    const rows = await shop.rows<{ team: string }>(
      `SELECT team.id AS team FROM team JOIN seat ON seat.team_id = team.id AND seat.buyer_id <> opened_by_id
       WHERE team.status = 'FORMING' AND seat.status = 'REFUNDED'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('belong to people who can log in by name: the opener of a forming team sees the seat, the manager the refund that waits', async () => {
    const laowang = await shop.login('laowang');
    const orders = await laowang.ask<{ edges: { node: { seat: { status: string; team: { status: string } } } }[] }>(
      '{ orders(first: 10) { edges { node { seat { status team { status } } } } } }',
    );
    expect(orders.edges.map(({ node }) => node.seat)).toContainEqual({ status: 'PAID', team: { status: 'FORMING' } });
    const manager = new Desk(shop.url, 'manager');
    const enrolmentCode = await new DemoManager(shop.get(StaffAccountsService)).enrolmentCode();
    await manager.enrol({ enrolmentCode: enrolmentCode! });
    await manager.login();
    const queue = await manager.ask<{ edges: { node: { refund: { status: string } } }[] }>(
      '{ refundQueue(first: 10) { edges { node { refund { status } } } } }',
    );
    expect(queue.edges.map(({ node }) => node.refund.status)).toEqual(['ABNORMAL']);
  });

  it('stay as they are when the shop is seeded again, even if that is done all over', async () => {
    const countsOf = (): Promise<unknown[]> =>
      shop.rows(
        ['user', 'team', 'seat', 'orders', 'capture', 'refund', 'transfer', 'stock_move', 'staff', 'audit_entry']
          .map((table) => `SELECT '${table}' AS name, COUNT(*) AS rows_there FROM ${table}`)
          .join(' UNION ALL '),
      );
    const counts = await countsOf();
    await seed(shop);
    expect(await countsOf()).toEqual(counts);
    await expectWholeDemo(shop);
  });

  it('leave nothing broken when nothing is in flight any more', async () => {
    const manager = await shop.login('manager');
    const { edges } = await manager.ask<{ edges: { node: { id: string } }[] }>(
      '{ checkouts(first: 1) { edges { node { id } } } }',
    );
    await manager.cancel(edges[0]!.node.id);
    await expectSettled(shop);
    expect(await statesIn(shop, 'team')).toEqual({ FORMING: 4, FORMED: 1, FAILED: 1, ABORTED: 2, CLOSED: 1 });
  });
});

describe('a seed of the teams that does not get to its end', () => {
  it('goes on where it was cut short, however often, and comes out as if it had not been', async () => {
    const shop = await demoShop();
    try {
      let cuts = 0;
      for (let callsMax = 4; !(await hasDemoTeams(shop.source.manager)); callsMax += 6) {
        await seed(shop, { app: cutShort(shop.app, callsMax) }).catch((error: unknown) => {
          if (!(error instanceof Cut)) throw error;
          cuts += 1;
        });
      }
      expect(cuts).toBeGreaterThan(5);
      await expectWholeDemo(shop);
    } finally {
      await shop.close();
    }
  });

  it('tells a story anew whose time has passed before it could go on', async () => {
    const shop = await demoShop({ environment: { BUSINESS_CLOCK: 'simulated' } });
    try {
      await expect(seed(shop, { app: cutShort(shop.app, 25) })).rejects.toThrow(Cut);
      expect(await statesIn(shop, 'team')).toHaveProperty('PENDING');
      await shop.setTime(new Date(Date.now() + 3_600_000));
      await seed(shop);
      await settle(shop);
      // Those that were never paid are still there, for the clock to end.
      const { PENDING: pending, ...others } = await statesIn(shop, 'team');
      const { PENDING: _, ...expected } = TEAMS;
      expect(others).toEqual(expected);
      expect(pending).toBeGreaterThan(TEAMS.PENDING);
      await expectSound(shop);
      await expectEqualBooks(shop);
    } finally {
      await shop.close();
    }
  });

  it('tells the story of the refund that waits anew if the money arrived', async () => {
    const shop = await demoShop();
    try {
      const said = await seed(shop, { wechat: new WechatAtItsBest(shop.emulator.url, 8) });
      expect(said).toContain(
        'the team of xiaomei for RP-CNN-12 is left for the next time: dapeng got the money back after all',
      );
      await seed(shop);
      await settle(shop);
      expect(await statesIn(shop, 'team')).toEqual({ ...TEAMS, FORMING: TEAMS.FORMING + 1 });
      expect(await statesIn(shop, 'seat')).toMatchObject({ REFUNDING: 1, REFUNDED: SEATS.REFUNDED + 1 });
      await expectSound(shop);
    } finally {
      await shop.close();
    }
  });

  it('says which teams are missing when WeChat misbehaves, and makes them the next time', async () => {
    const shop = await demoShop();
    try {
      await shop.fault('prepay', 'error_500');
      const said = await seed(shop);
      expect(said.filter((line) => line.includes('is left for the next time'))).toEqual([
        expect.stringMatching(/^the team of \w+ for [\w-]+ is left for the next time: POST \/v3/),
      ]);
      expect(await hasDemoTeams(shop.source.manager)).toBe(false);
      await seed(shop);
      await expectWholeDemo(shop);
    } finally {
      await shop.close();
    }
  });
});
