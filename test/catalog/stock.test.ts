import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AllotmentId, type SkuId, Stock, type StockLine, StockService } from '#catalog';
import { idBytes, newId, Refused, Transactor } from '#common';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

interface OnShelf {
  readonly skuId: SkuId;
  readonly allotmentId: AllotmentId;
}

/** A SKU with stock, and an offer whose share of it is for one team at least. */
async function onShelf(stock: number, unitsMax = Math.max(stock, 2)): Promise<OnShelf> {
  const { skuId, allotmentId } = await anOffer(shop, { size: 2, stock, unitsMax });
  return { skuId, allotmentId };
}

const line = ({ skuId }: OnShelf, more: Partial<StockLine> = {}): StockLine => ({
  ...{ skuId, orderId: newId('order'), hold: 1, quantity: 1, allotmentId: null },
  ...more,
});

/** Each move is a transaction of its own, as an order's life has it. */
const reserve = (...lines: StockLine[]): Promise<void> =>
  shop.get(Transactor).run((db) => shop.get(StockService).reserve(db, lines));
const commit = (...lines: StockLine[]): Promise<void> =>
  shop.get(Transactor).run((db) => shop.get(StockService).commit(db, lines));
const release = (...lines: StockLine[]): Promise<void> =>
  shop.get(Transactor).run((db) => shop.get(StockService).release(db, lines));

async function stockOf({ skuId }: OnShelf): Promise<[onHand: number, reserved: number, sold: number]> {
  const { onHand, reserved, sold } = await shop.source.manager.findOneByOrFail(Stock, { skuId });
  return [onHand, reserved, sold];
}
async function takenOf({ allotmentId }: OnShelf): Promise<number> {
  const [row] = await shop.rows<{ taken: number }>('SELECT units_taken AS taken FROM allotment WHERE id = ?', [
    idBytes(allotmentId),
  ]);
  return row!.taken;
}

/** How many of several attempts were let through, and how many were told that it is sold out. */
async function outcomes(attempts: Promise<void>[]): Promise<{ held: number; soldOut: number }> {
  const settled = await Promise.allSettled(attempts);
  const isSoldOut = (each: PromiseSettledResult<void>): boolean =>
    each.status === 'rejected' && each.reason instanceof Refused && each.reason.refusal.constructor.name === 'SoldOut';
  return {
    held: settled.filter(({ status }) => status === 'fulfilled').length,
    soldOut: settled.filter(isSoldOut).length,
  };
}

describe('stock', () => {
  it('is held, then sold; or held, then free again', async () => {
    const shelf = await onShelf(10);
    const [kept, given] = [line(shelf, { quantity: 3 }), line(shelf, { quantity: 4 })];
    await reserve(kept, given);
    expect(await stockOf(shelf)).toEqual([3, 7, 0]);
    await commit(kept);
    await release(given);
    expect(await stockOf(shelf)).toEqual([7, 0, 3]);
  });

  it('is never held twice by one order', async () => {
    const shelf = await onShelf(10);
    const held = line(shelf);
    await reserve(held);
    await expect(reserve(held)).rejects.toThrow('Duplicate');
    expect(await stockOf(shelf)).toEqual([9, 1, 0]);
  });

  it.each([
    ['sold, then sold again', commit, commit],
    ['sold, then released', commit, release],
    ['released, then sold', release, commit],
    ['released, then released again', release, release],
  ])('of one hold cannot be %s', async (_what, first, second) => {
    const shelf = await onShelf(10);
    const held = line(shelf);
    await reserve(held, line(shelf, { quantity: 5 })); // Others hold some too, so the counts alone would allow it.
    await first(held);
    const before = await stockOf(shelf);
    await expect(second(held)).rejects.toThrow('Duplicate');
    expect(await stockOf(shelf)).toEqual(before);
  });

  it('of one hold is sold or released once, even if ten ask at once', async () => {
    const shelf = await onShelf(10);
    const held = line(shelf, { quantity: 2 });
    await reserve(held, line(shelf, { quantity: 8 }));
    const ends = await Promise.allSettled(Array.from({ length: 10 }, (_, turn) => (turn % 2 ? commit : release)(held)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [onHand, reserved, sold] = await stockOf(shelf);
    expect([onHand + sold, reserved]).toEqual([2, 8]);
  });

  it('that was released can be held again by the same order, as its second hold', async () => {
    const shelf = await onShelf(1);
    const held = line(shelf);
    await reserve(held);
    await release(held);
    await reserve({ ...held, hold: 2 });
    await commit({ ...held, hold: 2 });
    expect(await stockOf(shelf)).toEqual([0, 0, 1]);
  });

  it('that nobody holds cannot be sold', async () => {
    const shelf = await onShelf(10);
    await expect(commit(line(shelf))).rejects.toThrow('nothing to commit');
    expect(await stockOf(shelf)).toEqual([10, 0, 0]);
  });

  it('is held for all lines of an order or for none', async () => {
    const [plenty, scarce] = [await onShelf(10), await onShelf(1)];
    const orderId = newId('order');
    const { held, soldOut } = await outcomes([
      reserve(line(plenty, { orderId, quantity: 2 }), line(scarce, { orderId, quantity: 2 })),
    ]);
    expect({ held, soldOut }).toEqual({ held: 0, soldOut: 1 });
    expect([await stockOf(plenty), await stockOf(scarce)]).toEqual([
      [10, 0, 0],
      [1, 0, 0],
    ]);
  });

  it('for fifty is held by exactly fifty of two hundred who ask at once', async () => {
    const shelf = await onShelf(50);
    const rush = await outcomes(Array.from({ length: 200 }, () => reserve(line(shelf))));
    expect(rush).toEqual({ held: 50, soldOut: 150 });
    expect(await stockOf(shelf)).toEqual([0, 50, 0]);
  });

  it('goes to every order, though half of them name the same goods in opposite order', async () => {
    const [a, b] = [await onShelf(100), await onShelf(100)];
    const orders = Array.from({ length: 40 }, (_, turn) => {
      const orderId = newId('order');
      const lines = [line(a, { orderId }), line(b, { orderId })];
      return reserve(...(turn % 2 ? lines : lines.toReversed()));
    });
    expect(await outcomes(orders)).toEqual({ held: 40, soldOut: 0 });
    expect([await stockOf(a), await stockOf(b)]).toEqual([
      [60, 40, 0],
      [60, 40, 0],
    ]);
  });
});

describe('an allotment', () => {
  it('is never exceeded by many at once, though there is stock left', async () => {
    const shelf = await onShelf(100, 7);
    const { allotmentId } = shelf;
    const rush = await outcomes(Array.from({ length: 40 }, () => reserve(line(shelf, { allotmentId }))));
    expect(rush).toEqual({ held: 7, soldOut: 33 });
    expect(await takenOf(shelf)).toBe(7);
    expect(await stockOf(shelf)).toEqual([93, 7, 0]);
  });

  it('counts units, not orders', async () => {
    const shelf = await onShelf(100, 5);
    const { allotmentId } = shelf;
    await reserve(line(shelf, { allotmentId, quantity: 3 }));
    expect(await outcomes([reserve(line(shelf, { allotmentId, quantity: 3 }))])).toEqual({ held: 0, soldOut: 1 });
    await reserve(line(shelf, { allotmentId, quantity: 2 }));
    expect(await takenOf(shelf)).toBe(5);
  });

  it('is given back by what is released, not by what is sold', async () => {
    const shelf = await onShelf(100, 5);
    const [sold, given] = [
      line(shelf, { allotmentId: shelf.allotmentId, quantity: 2 }),
      line(shelf, { allotmentId: shelf.allotmentId, quantity: 3 }),
    ];
    await reserve(sold, given);
    await commit(sold);
    await release(given);
    expect(await takenOf(shelf)).toBe(2);
  });

  it('does not bind those who buy alone', async () => {
    const shelf = await onShelf(100, 5);
    await reserve(line(shelf, { quantity: 50 }));
    expect(await takenOf(shelf)).toBe(0);
  });
});

it('what has moved stays written down: rows of stock moves are neither changed nor deleted', async () => {
  const shelf = await onShelf(10);
  await reserve(line(shelf));
  for (const statement of ['UPDATE stock_move SET quantity = 9', 'DELETE FROM stock_move']) {
    await expect(shop.rows(statement)).rejects.toThrow('stock_move rows are never changed or deleted');
  }
});
