import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Refused } from '#common';
import { INVARIANTS, runInvariants } from '#invariants';
import { JobQueue, JobRunner } from '#jobs';
import { type OfferId, type Seat, Team } from '#teams';
import { judge, selectWithin, serverVersionOf } from '../../src/invariants/judge.js';
import type { Judgement } from '../../src/invariants/judgement.js';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { expectEqualBooks, settle, until } from '../support/sound.js';
import { type Buyer, buyers } from '../teams/buyer.js';
import { seatNow } from '../teams/rows.js';

const BUYERS = 6;
const ROUNDS = 8;
/** How often each invariant is looked at meanwhile, however many there are. */
const LOOKS = 6;

let shop: Shop;
let offers: OfferId[];

beforeAll(async () => {
  shop = await Shop.open({ environment: { JOB_POLL_MILLISECONDS: '20' }, wechat: { refundGapSeconds: 0 } });
  offers = [];
  for (const size of [2, 3]) offers.push((await anOffer(shop, { size, stock: 10_000, unitsPerBuyer: 1_000 })).offer.id);
});
afterAll(async () => {
  await shop.close();
});

/** The business may say no; anything else fails the test. */
async function unlessRefused<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** Somebody who opens, joins, pays, gives up and leaves, each time something else, until it is enough. */
async function shopAround(buyer: Buyer, which: number, isEnough: () => boolean): Promise<number> {
  let seats = 0;
  for (let round = 0; round < ROUNDS || !isEnough(); round += 1) {
    const turn = which + round;
    const offerId = offers[turn % offers.length]!;
    const forming = await shop.source.manager.find(Team, { where: { status: 'FORMING' }, order: { id: 'ASC' } });
    const team = forming[turn % (forming.length + 1)];
    const joined = team ? await unlessRefused(buyer.join(team.id)) : null;
    const seat = joined ?? (await unlessRefused(buyer.open(offerId)));
    if (!seat) continue;
    seats += 1;
    await use(buyer, seat, turn);
  }
  return seats;
}

async function use(buyer: Buyer, seat: Seat, turn: number): Promise<void> {
  if (turn % 5 === 4) await unlessRefused(buyer.cancel(seat));
  else await unlessRefused(buyer.pay(seat));
  if (turn % 4 !== 1) return;
  await until(async () => (await seatNow(shop, seat)).status !== 'HELD', 'the seat is paid for or given up');
  await unlessRefused(buyer.leave(seat.id));
}

it('nothing is called broken while a busy shop is looked at again and again', async () => {
  await shop.get(JobQueue).schedule([{ name: runInvariants.name, everySeconds: 1 }]);
  const runner = shop.get(JobRunner);
  runner.start();
  const select = selectWithin(30, await serverVersionOf(shop.source));
  const seen: Judgement[] = [];
  const closing = new AbortController();
  const watching = (async () => {
    while (!closing.signal.aborted)
      for (const invariant of INVARIANTS) seen.push(await judge(shop.source, invariant, select));
  })();
  const people = await buyers(shop, BUYERS);
  const isEnough = (): boolean => seen.length >= LOOKS * INVARIANTS.length;
  const seats = await Promise.all(people.map((buyer, which) => shopAround(buyer, which, isEnough)));
  closing.abort();
  await watching;
  await runner.stop();

  expect(seen.filter(({ outcome }) => outcome === 'BROKEN' || outcome === 'UNFINISHED')).toEqual([]);
  // Each was judged often, and the shop was busy meanwhile: what needs rest was left out at times.
  expect(seen.length).toBeGreaterThan(5 * INVARIANTS.length);
  expect(seen.filter(({ outcome }) => outcome === 'SKIPPED').length).toBeGreaterThan(0);
  expect(Math.min(...seats)).toBeGreaterThan(0);
  const ended = await shop.rows<{ status: string }>('SELECT DISTINCT status FROM seat');
  expect(ended.map(({ status }) => status)).toEqual(expect.arrayContaining(['CONFIRMED', 'REFUNDED', 'RELEASED']));
  expect(await shop.rows('SELECT name FROM invariant_incident')).toEqual([]);
  const [{ runs } = { runs: 0 }] = await shop.rows<{ runs: string }>(
    'SELECT COUNT(*) AS runs FROM invariant_run WHERE finished_at IS NOT NULL',
  );
  expect(Number(runs)).toBeGreaterThan(1);

  await settle(shop);
  await expectEqualBooks(shop);
}, 240_000);
