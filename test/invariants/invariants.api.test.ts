import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { INVARIANTS } from '#invariants';
import { anOffer } from '../support/builders.js';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';

const REPORT = `lastRun { startedAt finishedAt checked skipped unfinished broken } runningSince
  invariants { number name holds status lastJudgedAt problem incident { firstSeenAt lastSeenAt brokenRows rows } }`;
const QUERY = `{ invariants { ${REPORT} } }`;
const CHECK = `mutation { invariantsCheck { __typename ... on InvariantReport { ${REPORT} } ... on TooManyAttempts { message retryAfterSeconds } } }`;

interface Report {
  readonly __typename?: string;
  readonly lastRun: { readonly checked: number; readonly broken: number } | null;
  readonly runningSince: string | null;
  readonly invariants: readonly {
    readonly name: string;
    readonly holds: string;
    readonly status: string;
    readonly lastJudgedAt: string | null;
    readonly incident: { readonly brokenRows: number; readonly rows: readonly string[] } | null;
  }[];
}

let shop: Shop;
let olga: Desk;

beforeAll(async () => {
  for (const level of ['error', 'warn'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
  shop = await Shop.open();
  olga = await shop.operator('olga', 'ADMIN');
  await anOffer(shop);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await shop.close();
});

const units = ({ invariants }: Report) => invariants.find(({ name }) => name === 'units-add-up')!;

describe('guests and buyers', () => {
  it('neither see how things stand nor have them looked at', async () => {
    const clients: [Client, string][] = [
      [shop.guest, 'UNAUTHENTICATED'],
      [await shop.login('ana'), 'FORBIDDEN'],
    ];
    for (const [client, code] of clients)
      for (const document of [QUERY, CHECK])
        expect((await client.send(document)).errors?.[0]?.extensions.code).toBe(code);
    expect(await shop.rows('SELECT id FROM job')).toEqual([]);
  });
});

describe('an operator', () => {
  it('is told that nobody has looked yet', async () => {
    const report = await olga.ask<Report>(QUERY);
    expect(report).toMatchObject({ lastRun: null, runningSince: null });
    expect(report.invariants).toHaveLength(INVARIANTS.length);
    expect(units(report)).toMatchObject({ status: 'NEVER_JUDGED', lastJudgedAt: null, incident: null });
  });

  it('has everything looked at once, however often it is asked for, and sees what is broken', async () => {
    await shop.rows('UPDATE stock SET on_hand = on_hand + 1');
    const asked = await Promise.all(Array.from({ length: 5 }, () => olga.ask<Report>(CHECK)));
    for (const { __typename } of asked) expect(__typename).toBe('InvariantReport');
    expect(await shop.rows('SELECT name FROM job')).toEqual([{ name: 'invariants.run' }]);
    await shop.drain();

    const report = await olga.ask<Report>(QUERY);
    expect(report.lastRun).toMatchObject({ checked: INVARIANTS.length, broken: 1 });
    expect(units(report)).toMatchObject({ status: 'BROKEN', incident: { brokenRows: 1 } });
    expect(units(report).incident!.rows.map((row) => JSON.parse(row) as unknown)).toEqual([
      { sku: expect.stringMatching(/^[0-9A-F]{32}$/), on_hand: 101, reserved: 0, sold: 0, received: '100' },
    ]);
    expect(await shop.rows('SELECT id FROM invariant_run')).toHaveLength(1);
  });

  it('cannot have it done all the time', async () => {
    const refused = await olga.ask<{ __typename: string; retryAfterSeconds: number }>(CHECK);
    expect(refused.__typename).toBe('TooManyAttempts');
    expect(refused.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60);
    await shop.drain();
    expect(await shop.rows('SELECT id FROM invariant_run')).toHaveLength(1);

    await shop.rows('UPDATE invariant_run SET started_at = started_at - INTERVAL 1 MINUTE');
    await shop.rows('UPDATE stock SET on_hand = on_hand - 1');
    expect((await olga.ask<Report>(CHECK)).__typename).toBe('InvariantReport');
    await shop.drain();
    expect(units(await olga.ask<Report>(QUERY))).toMatchObject({ status: 'HOLDS', incident: null });
  });

  it('who asks while a worker is at it is told since when, and starts nothing', async () => {
    await shop.rows('UPDATE invariant_run SET finished_at = NULL ORDER BY id DESC LIMIT 1');
    await shop.rows('UPDATE job SET attempt = 1, lease = lease + 1, run_at = NOW(3) + INTERVAL 5 MINUTE');
    const [before] = await shop.rows('SELECT * FROM job');
    const report = await olga.ask<Report>(CHECK);
    expect(report).toMatchObject({ __typename: 'InvariantReport', runningSince: expect.any(String) });
    expect(await shop.rows('SELECT * FROM job')).toEqual([before]);
  });

  it('reads in the language of the request what must hold', async () => {
    const chinese = units(await olga.ask<Report>(QUERY)).holds;
    expect(chinese).toMatch(/^现货、占用与售出之和/);
    const { data } = await olga.send(QUERY, {}, { 'accept-language': 'en' });
    expect(units((data as unknown as { invariants: Report }).invariants).holds).toMatch(/^On hand, reserved and sold/);
  });
});
