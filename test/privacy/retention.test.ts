import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes, newId } from '#common';
import type { UserId } from '#identity';
import { Look, RetentionService } from '#privacy';
import { RETENTION } from '../../src/retention.js';
import { SCHEDULE } from '../../src/schedule.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { completedOrder, erase } from './erasing.js';

const DAY = 86_400_000;
const YEARS = 3 * 366;

let shop: Shop;
let onSale: OnSale;
let ana: Phone;
let anaId: UserId;
const openedAt = new Date();

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  onSale = await anOffer(shop, { stock: 1_000 });
  ana = await shop.login('ana');
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

/** Lets so many days pass for the shop, and applies the list. */
async function afterDays(days: number): Promise<void> {
  await shop.setTime(new Date(openedAt.getTime() + days * DAY));
  await shop.get(RetentionService).apply();
  await shop.setTime(openedAt);
}
const deliveries = async (): Promise<number> =>
  (await shop.rows('SELECT 1 FROM orders WHERE buyer_id = ? AND delivery IS NOT NULL', [idBytes(anaId)])).length;

describe('where an order went', () => {
  it('is kept for three years after the order was completed, and then forgotten', async () => {
    await completedOrder(shop, ana, onSale.skuId);
    await afterDays(YEARS - 1);
    expect(await deliveries()).toBe(1);
    await afterDays(YEARS + 1);
    expect(await deliveries()).toBe(0);
    expect(await ana.ask('{ orders { edges { node { status delivery { address { phone } } } } } }')).toEqual({
      edges: [{ node: { status: 'COMPLETED', delivery: null } }],
    });
  });

  it('is kept while the order is not over, however old it is', async () => {
    const { id } = await ana.buy(onSale.skuId);
    await ana.pay(id, { notify: { lose: true } });
    await ana.confirmPayment(id);
    await afterDays(10 * 366);
    expect(await deliveries()).toBe(1);
  });

  it('is kept of an order that was placed long ago and over since yesterday', async () => {
    const before = await deliveries();
    await completedOrder(shop, ana, onSale.skuId);
    const long = new Date(openedAt.getTime() - 5 * 366 * DAY);
    await shop.rows("UPDATE orders SET placed_at = ? WHERE status = 'COMPLETED'", [long]);
    await afterDays(1);
    expect(await deliveries()).toBeGreaterThan(before);
  });
});

describe('what is kept of security', () => {
  const ages = (): Promise<unknown[]> => shop.rows('SELECT 1 FROM look');

  it('goes by the clock of the machine, a page of 500 to a statement', async () => {
    const looks = Array.from({ length: 1_201 }, () => ({
      ...{ id: newId('look'), userId: anaId, actorId: 'somebody' },
      ...{ category: 'ORDERS', operation: 'refundQueue' },
    }));
    await shop.source.manager.insert(Look, looks);
    await afterDays(10 * 366); // Business time alone changes nothing.
    expect(await ages()).toHaveLength(1_201);
    const long = new Date(Date.now() - (YEARS + 1) * DAY);
    await shop.rows('ALTER TABLE look DROP INDEX look_by_operation'); // Not needed here, and costs.
    await shop.source.manager.delete(Look, { userId: anaId });
    await shop.source.manager.insert(
      Look,
      looks.map((look, index) => ({ ...look, lookedAt: index === 0 ? new Date() : long })),
    );
    const statements = await shop.statements.during(() => shop.get(RetentionService).apply());
    expect(await ages()).toHaveLength(1);
    expect(statements.filter((sql) => sql.startsWith('DELETE FROM look'))).toHaveLength(3);
  });

  it('lets go of consents only of people who are gone for three years', async () => {
    const bo = await shop.login('bo');
    await bo.agree('PHONE');
    await ana.agree('PHONE');
    expect((await erase(bo)).__typename).toBe('AccountErased');
    await shop.drain();
    await shop.get(RetentionService).apply();
    expect(await shop.rows('SELECT 1 FROM consent')).toHaveLength(2);
    await shop.rows("UPDATE user SET erased_at = ? WHERE status = 'ERASED'", [
      new Date(Date.now() - (YEARS + 1) * DAY),
    ]);
    await shop.get(RetentionService).apply();
    expect(await shop.rows('SELECT user_id FROM consent')).toEqual([{ user_id: idBytes(anaId) }]);
  });

  it('forgets what the channel told half a year ago, and what was said about a refund three years ago', async () => {
    await shop.rows(
      "INSERT INTO channel_event (id, event_type, resource, received_at) VALUES ('old', 'X', '{}', NOW(3) - INTERVAL 185 DAY), ('new', 'X', '{}', NOW(3))",
    );
    const { id, orders } = await ana.buy(onSale.skuId);
    await ana.pay(id, { notify: { lose: true } });
    await ana.confirmPayment(id);
    const olga = await shop.operator('olga');
    await olga.ask('mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }', {
      input: { orderId: orders[0]!.id, amountMinor: 100, note: '压坏了', idempotencyKey: 'the-key-of-a-note' },
    });
    await afterDays(1);
    expect(await shop.rows('SELECT id FROM channel_event')).toEqual([{ id: 'new' }]);
    await shop.rows("UPDATE refund SET status = 'SUCCEEDED', succeeded_at = NOW(3)");
    await afterDays(YEARS - 1);
    expect(await shop.rows('SELECT note FROM refund')).toEqual([{ note: '压坏了' }]);
    await afterDays(YEARS + 1);
    expect(await shop.rows('SELECT note FROM refund')).toEqual([{ note: null }]);
  });
});

describe('the list', () => {
  it('names what another task does by a task that there is', () => {
    const tasks = SCHEDULE.map(({ job }) => job.name);
    for (const rule of RETENTION) if ('doneBy' in rule) expect(tasks).toContain(rule.doneBy);
    expect(tasks).toContain('privacy.applyRetention');
  });

  it('finds its rows by an index, a page at a time', async () => {
    const many = `FROM information_schema.columns AS a LIMIT 1500`;
    await shop.rows(`INSERT INTO channel_event (id, event_type, resource) SELECT UUID(), 'X', '{}' ${many}`);
    await shop.rows(
      `INSERT INTO look (id, user_id, actor_id, category, operation) SELECT UNHEX(REPLACE(UUID(), '-', '')), 'x', 'x', 'x', 'x' ${many}`,
    );
    await shop.rows(
      `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
       SELECT UNHEX(REPLACE(UUID(), '-', '')), 'x', 'x', 'x', 'COMPLETED', FALSE, 1, 1, 'CNY', NOW(3), REPEAT('x', 40) ${many}`,
    );
    for (const table of ['channel_event', 'look', 'orders', 'refund', 'user', 'consent'])
      await shop.rows(`ANALYZE TABLE ${table}`);
    for (const rule of RETENTION) {
      if (!('findSql' in rule)) continue;
      expect(rule.findSql).toMatch(/LIMIT 500$/);
      const times = rule.findSql.split('?').length - 1;
      const before = Array<Date>(times).fill(new Date(Date.now() - rule.days * DAY));
      const plan = await shop.rows<{ table: string; type: string; key: string | null }>(
        `EXPLAIN ${rule.findSql}`,
        before,
      );
      for (const { table, type, key } of plan)
        expect([rule.name, table, type, key]).not.toEqual([rule.name, table, 'ALL', null]);
    }
  });

  it('is what docs/PRIVACY.md says, row by row', async () => {
    const page = await readFile('docs/PRIVACY.md', 'utf8');
    for (const { name, rows, after, days, clock, because } of RETENTION)
      expect(page).toContain(`| \`${name}\` | ${rows} | ${after} | ${days} days | ${clock} | ${because} |`);
  });
});
