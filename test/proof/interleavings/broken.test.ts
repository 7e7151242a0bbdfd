import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SoldOut, StockService } from '#catalog';
import { idBytes, refuse } from '#common';
import { Ground } from './ground.js';
import type { Pair } from './pair.js';
import { addAdd } from './pairs/address-book.js';
import { cancelCapture } from './pairs/cancel-capture.js';
import { joinJoin } from './pairs/join-join.js';
import { payLeave } from './pairs/pay-leave.js';
import { refundRefund } from './pairs/refund-refund.js';
import { lastOfTheShare } from './pairs/reserve-reserve.js';
import { type Effort, Prover } from './prove.js';
import { type Forgotten, forget } from './sabotage.js';

const EFFORT: Effort = { interrupted: 20, drawnByLot: 20, seed: 1 };
const TEAM_LOCK: Forgotten = { statement: /FROM `team` .* FOR UPDATE$/s, clause: 'FOR UPDATE' };

let ground: Ground;

beforeAll(async () => {
  ground = await Ground.open();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => {
  await ground.close();
});

/** What the proof of a pair complains of; it must be an interleaving, not one after the other. */
async function complaintAbout(pair: Pair, effort: Effort = EFFORT): Promise<string> {
  const complaint = await new Prover(ground, pair, effort).prove().then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
  expect(complaint).not.toContain('interrupted at []');
  return complaint;
}

describe('a shop that forgot something is found out, and again by the course that was named', () => {
  it.each<Forgotten & { what: string; pair: Pair; complaint: string }>([
    {
      what: 'the lock of the team',
      pair: joinJoin,
      ...TEAM_LOCK,
      complaint: 'rows that no order of the two could leave',
    },
    {
      what: 'the lock of the team',
      pair: payLeave,
      ...TEAM_LOCK,
      complaint: 'counts 2 paid seats and has 1',
    },
    {
      what: 'the lock of the order',
      pair: refundRefund,
      ...{ statement: /FROM `orders` .* FOR UPDATE$/s, clause: 'FOR UPDATE' },
      complaint: 'has less than 6000 left to refund',
    },
    {
      what: 'that only an open payment may be closed',
      pair: cancelCapture,
      ...{ statement: /^UPDATE `payment` SET/, clause: ' AND `status` = ?' },
      complaint: 'rows that no order of the two could leave',
    },
    {
      what: 'the lock of the person',
      pair: addAdd,
      ...{ statement: /FROM `user` .* FOR UPDATE$/s, clause: 'FOR UPDATE' },
      complaint: 'rows that no order of the two could leave',
    },
  ])('$what, for $pair.name', async ({ pair, complaint, ...forgotten }) => {
    const { times } = forget(ground.shop.source, forgotten);
    const found = await complaintAbout(pair);
    expect(found).toContain(complaint);
    expect(times()).toBeGreaterThan(0);

    const [, course = ''] = /PROOF_COURSE=([01]+)/.exec(found) ?? [];
    expect(await complaintAbout(pair, { ...EFFORT, course })).toContain(complaint);
  });

  it('a share that is looked at and then taken, instead of taken only if it is there', async () => {
    const { times } = forget(ground.shop.source, {
      ...{ statement: /^UPDATE allotment/, clause: ' AND units_taken + ? <= units_max' },
    });
    const stock = ground.shop.get(StockService);
    const reserve = stock.reserve.bind(stock);
    jest.spyOn(stock, 'reserve').mockImplementation(async (db, lines) => {
      for (const { allotmentId, skuId } of lines) {
        const [full] = await db.query<unknown[]>('SELECT 1 FROM allotment WHERE id = ? AND units_taken >= units_max', [
          allotmentId && idBytes(allotmentId),
        ]);
        if (full) refuse(new SoldOut(skuId));
      }
      await reserve(db, lines);
    });
    expect(await complaintAbout(lastOfTheShare)).toContain('CONSTRAINT `allotment_not_exceeded` failed');
    expect(times()).toBeGreaterThan(0);
  });
});
