import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { expectEqualBooks, expectSettled } from '../support/sound.js';
import { workUntil } from '../support/worker.js';
import { type PaidTeam, paidTeam } from './buyer.js';
import { refundsOf, standing, tally } from './rows.js';

const HOUR = 3_600_000;
const PRICE = 8_000;
const PAID = 99;
const WORKERS = 2;
const JOBS_EACH = 8;
const LEASE_SECONDS = 3;

let shop: Shop;
let team: PaidTeam;

beforeAll(async () => {
  shop = await Shop.open({
    environment: {
      BUSINESS_CLOCK: 'simulated',
      JOB_CONCURRENCY: String(JOBS_EACH),
      JOB_LEASE_SECONDS: String(LEASE_SECONDS),
      JOB_POLL_MILLISECONDS: '20',
      SCHEDULE_EVERY_SECONDS_MAX: '1',
      WECHAT_TIMEOUT_MILLISECONDS: '60000',
    },
    wechat: { refundGapSeconds: 0 },
  });
  const { offer } = await anOffer(shop, { size: 100, ttlSeconds: 3_600, stock: 1_000 });
  team = await paidTeam(shop, offer.id, PAID);
}, 180_000);
afterAll(async () => {
  await shop.close();
});

function work(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  return workUntil(shop.environment, WORKERS, isTrue, what);
}

async function refundsIn(...statuses: string[]): Promise<number> {
  return (await refundsOf(shop, team.seats)).filter(({ status }) => statuses.includes(status)).length;
}

/** WeChat pays refunds back and keeps its answers to itself, so that whoever asks is in the middle of it for as long as we like. */
async function keepAnswers(): Promise<void> {
  await shop.emulate('/emulator/faults', { operation: 'refund', kind: 'delay', delay_ms: HOUR, times: 1_000 });
}

async function answerAgain(): Promise<void> {
  const response = await fetch(`${shop.emulator.url}/emulator/faults`, { method: 'DELETE' });
  expect(response.status).toBe(204);
}

/** Nobody waits longer for a next attempt than a lease lasts; what a live worker holds is left to it. */
async function hurry(): Promise<void> {
  await shop.rows('UPDATE capture SET refund_submitted_at = NULL');
  await shop.rows(
    `UPDATE job SET run_at = NOW(3) + INTERVAL ? SECOND
     WHERE repeat_seconds IS NULL AND run_at > NOW(3) + INTERVAL ? SECOND`,
    [LEASE_SECONDS, LEASE_SECONDS],
  );
}

async function isDone(): Promise<boolean> {
  await hurry();
  const left = await shop.rows("SELECT 1 FROM job WHERE status = 'READY' AND repeat_seconds IS NULL LIMIT 1");
  const { undelivered_notifications: untold } = await shop.books();
  return left.length === 0 && untold === 0 && (await refundsIn('SUCCEEDED')) === PAID;
}

describe('workers that are killed while they fail a team of a hundred', () => {
  it('are followed by others who give every member all the money back exactly once', async () => {
    await shop.setTime(new Date(Date.now() + 2 * HOUR));
    await keepAnswers();
    await work(async () => (await refundsIn('SUBMITTED')) > 0, 'the first refund is under way');
    const before = await refundsIn('SUBMITTED', 'SUCCEEDED');
    await work(
      async () => (await refundsIn('SUBMITTED', 'SUCCEEDED')) >= before + WORKERS * JOBS_EACH,
      'every worker is in the middle of as many refunds as it can be',
    );
    expect(await refundsIn('SUCCEEDED')).toBeLessThan(PAID);
    await answerAgain();
    await work(isDone, 'every refund has arrived');

    expect(await standing(shop, team.teamId)).toMatchObject({ status: 'FAILED' });
    const refunds = await refundsOf(shop, team.seats);
    expect(refunds.map(({ orderId }) => orderId).toSorted()).toEqual(
      team.seats.map(({ orderId }) => orderId).toSorted(),
    );
    expect(tally(refunds.map(({ reason, status, amountMinor }) => `${reason} ${status} ${amountMinor}`))).toEqual({
      [`TEAM_FAILED SUCCEEDED ${PRICE}`]: PAID,
    });
    const { refunds: refundsAtWechat } = await shop.books();
    expect(refundsAtWechat).toBe(PAID);
    const failures = await shop.rows("SELECT id FROM status_move WHERE subject = 'team' AND to_status = 'FAILED'");
    expect(failures).toHaveLength(1);
    const dead = await shop.rows("SELECT name, reason FROM job WHERE status = 'DEAD'");
    expect(dead).toEqual([]);
  }, 240_000);

  it('leave nothing broken, and our books equal to WeChat’s', async () => {
    await expectSettled(shop);
    await expectEqualBooks(shop);
  }, 120_000);
});
