import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Metrics } from '#common';
import { INVARIANTS } from '#invariants';
import { openMetricsDoor } from '../../src/metrics-door.js';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { Judge } from './runs.js';

let shop: Shop;
let door: Server;

beforeAll(async () => {
  for (const level of ['error', 'warn'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
  shop = await Shop.open();
  await anOffer(shop);
  door = await open(shop.get(Metrics));
});
afterAll(async () => {
  jest.restoreAllMocks();
  door.close();
  await shop.close();
});

/** A door on a port of its own. */
async function open(metrics: Metrics): Promise<Server> {
  // Port 0 is any; a process is told a real one.
  return (await openMetricsDoor(metrics, '127.0.0.1', 0))!;
}

const ask = (server: Server, path = '/metrics', method = 'GET'): Promise<Response> =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

/** The figures as Prometheus reads them. */
async function figures(): Promise<Map<string, number>> {
  const lines = (await (await ask(door)).text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const UNITS = 'haotuan_invariant_broken_rows{invariant="INV-15",name="units-add-up"}';
const LAST_RUN = 'haotuan_invariants_last_run_timestamp_seconds';

describe('the metrics', () => {
  it('call nothing sound that was never judged', async () => {
    const told = await figures();
    expect([...told.keys()].filter((name) => name.startsWith('haotuan_invariant_broken_rows'))).toEqual([]);
    expect(told.get(LAST_RUN)).toBe(0);
  });

  it('tell what is broken, and when it was last looked at, until it is mended', async () => {
    const judge = new Judge(shop.app, shop.source, INVARIANTS);
    await shop.rows('UPDATE stock SET on_hand = on_hand + 1');
    const { lastRun } = await judge.run();
    const told = await figures();
    expect(told.get(UNITS)).toBe(1);
    expect(told.get('haotuan_invariant_broken_rows{invariant="INV-16",name="reserved-equals-reservations"}')).toBe(0);
    expect([...told.keys()].filter((name) => name.startsWith('haotuan_invariant_broken_rows'))).toHaveLength(
      INVARIANTS.length,
    );
    expect(told.get(LAST_RUN)).toBe(lastRun!.finishedAt!.getTime() / 1_000);
    expect(told.get('haotuan_invariants_unfinished')).toBe(0);

    await shop.rows('UPDATE stock SET on_hand = on_hand - 1');
    await judge.run();
    expect((await figures()).get(UNITS)).toBe(0);
  });

  it('tell how much work waits, how long, and what nobody will do any more', async () => {
    await shop.rows('DELETE FROM job');
    const idle = await figures();
    expect(['due', 'dead', 'oldest_due_age_seconds'].map((name) => idle.get(`haotuan_jobs_${name}`))).toEqual([
      0, 0, 0,
    ]);
    await shop.rows(
      "INSERT INTO job (name, args, run_at) VALUES ('x', '{}', NOW(3) - INTERVAL 90 SECOND), ('x', '{}', NOW(3) + INTERVAL 1 DAY)",
    );
    await shop.rows("INSERT INTO job (name, args, status, reason) VALUES ('x', '{}', 'DEAD', 'why')");
    const told = await figures();
    expect([told.get('haotuan_jobs_due'), told.get('haotuan_jobs_dead')]).toEqual([1, 1]);
    expect(told.get('haotuan_jobs_oldest_due_age_seconds')).toBeGreaterThanOrEqual(90);
    await shop.rows('DELETE FROM job');
  });

  it('take four statements for the invariants, one each for the jobs and for stock, three for shipping, two each for after-sale, the bills and messages', async () => {
    const statements = await shop.statements.during(() => ask(door));
    expect(statements).toHaveLength(15);
  });
});

describe('the door', () => {
  it('shows the metrics and nothing else, as text of Prometheus', async () => {
    const response = await ask(door);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    ]);
    for (const [path, method] of [
      ['/', 'GET'],
      ['/graphql', 'GET'],
      ['/metrics', 'POST'],
    ] as const)
      expect((await ask(door, path, method)).status).toBe(404);
  });

  it('is not the public one', async () => {
    expect((await fetch(`${shop.url}/metrics`)).status).toBe(404);
  });

  it('tells nothing rather than old figures when they cannot be read', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    const metrics = new Metrics();
    metrics.readAtScrape(() => Promise.reject(new Error('no database')));
    const blind = await open(metrics);
    const response = await ask(blind);
    expect([response.status, await response.text()]).toEqual([503, '']);
    expect(logged).toHaveBeenCalledWith(expect.stringContaining('no database'));
    blind.close();
    await once(blind, 'close');
  });

  it('is not there without a port', async () => {
    expect(await openMetricsDoor(new Metrics(), '127.0.0.1')).toBeNull();
  });
});
