import { expect } from '@jest/globals';
import { expectEqualBooks, expectSettled } from '../../support/sound.js';
import type { Run } from './command.js';
import { expectAsPromised, isIn } from './compare.js';
import { login } from './commands/identity.js';
import { userDisable } from './commands/shutting-out.js';
import { expectHoldings } from './commands/holdings.js';
import { work } from './commands/machinery.js';
import { channelEndsRefund, refundRetry } from './commands/refunds.js';
import { isDue } from './promises/refunds.js';
import type { Model } from './promises/model.js';
import type { Person } from './promises/people.js';
import { IN_HAND, type Refund } from './promises/records.js';
import { LOGINS_PER_PERSON } from './world.js';

const HOUR = 3_600;
/** Beyond every pay window; beyond every team; beyond every pause between two tries of a refund. */
const WAITS = [HOUR, 49 * HOUR, 13 * HOUR] as const;
const ROUNDS_MAX = 12;

/** Lets everything come to its end, then judges all of it: what people see, whose money is where, the books and all invariants. */
export async function endSoundly(model: Model, run: Run): Promise<void> {
  const { world } = run;
  await world.clearFaults();
  model.faults.clear();
  await letEverybodyIn(model, run);
  for (const seconds of WAITS) await pass(model, run, seconds);
  for (let round = 0; model.refunds.some(isDue); round += 1) {
    if (round === ROUNDS_MAX)
      throw new Error(`refunds are still owed: ${model.refunds.map(({ status }) => status).join(', ')}`);
    for (const refund of model.refunds.filter(isDue)) await help(refund, model, run);
    await pass(model, run, 13 * HOUR);
  }
  await expectAsPromised(model, world);
  for (const person of model.people.filter(isIn)) await expectHoldings(person, model, world);
  expect(model.teams.filter(({ status }) => status === 'PENDING' || status === 'FORMING')).toEqual([]);
  await expectBalances(model, run);
  await expectHolds(model, run);
  await expectSettled(world.shop);
  await expectEqualBooks(world.shop);
}

async function pass(model: Model, run: Run, seconds: number): Promise<void> {
  await run.world.advance(seconds);
  model.now += seconds;
  await work(model, run, true);
}

/** Whatever WeChat cannot get done by itself, somebody puts right. */
async function help(refund: Refund, model: Model, run: Run): Promise<void> {
  if (refund.atChannel === 'PROCESSING' || refund.atChannel === 'ABNORMAL')
    await channelEndsRefund.act({ refund, end: 'SUCCESS' }, model, run);
  else if (refund.status === 'MANUAL') await refundRetry.act(refund, model, run);
}

async function letEverybodyIn(model: Model, run: Run): Promise<void> {
  for (const person of model.people) {
    if (person.isDisabled) await userDisable.act({ person, isDisabled: false }, model, run);
    if (person.hasLeft || isIn(person)) continue;
    if (person.logins >= LOGINS_PER_PERSON) {
      await run.world.restart();
      model.forgetAttempts();
    }
    await login.act({ person, isUsed: false, times: 1 }, model, run);
  }
}

/** By WeChat's own books, each person has paid what the standing orders are worth, and nothing else. */
async function expectBalances(model: Model, { world }: Run): Promise<void> {
  const repaid = await world.repaid();
  const kept = (person: Person): number =>
    model.captures
      .filter(({ purchase }) => purchase.buyer === person)
      .reduce((sum, { amountMinor, transactionId }) => sum + amountMinor - (repaid.get(transactionId) ?? 0), 0);
  const worth = (person: Person): number =>
    model.purchases
      .filter(({ buyer, order }) => buyer === person && (IN_HAND.includes(order) || order === 'COMPLETED'))
      .reduce((sum, { payableMinor, refundedMinor }) => sum + payableMinor - refundedMinor, 0);
  const ofEach = (of: (person: Person) => number) => model.people.map((person) => [person.name, of(person)]);
  expect(ofEach(kept)).toEqual(ofEach(worth));
}

/** Nothing is held for anybody any more: what is not free is sold. */
async function expectHolds({ goods }: Model, { world }: Run): Promise<void> {
  const stock = await world.stockOf(goods.skuId);
  expect(stock).toEqual({ onHand: goods.unitsFree, reserved: 0, sold: goods.unitsInAll - goods.unitsFree });
}
