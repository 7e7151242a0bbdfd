import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type Id, idBytes, idFromBytes, refuse } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import { Stock } from './stock.entity.js';
import { STOCK_UNITS_MAX } from './stock.limits.js';
import { SoldOut, StockOutOfBounds } from './stock.refusals.js';
import { type StockHold, type StockLine, totalUnits } from './stock.rules.js';

interface Write {
  readonly affectedRows: number;
}

/** Units that come into stock, or leave it, by no order. */
export interface StockEntry {
  readonly skuId: SkuId;
  /** Fewer than none if they are not there. */
  readonly units: number;
}

interface MoveRow {
  readonly order_id: Buffer;
  readonly hold: number;
  readonly sku_id: Buffer;
  readonly quantity: number;
  readonly allotment_id: Buffer | null;
}

/** Units of a SKU that an order does not take after all. */
export type ReturnedLine = Pick<StockLine, 'skuId' | 'quantity'>;

/**
 * Stock moves between on hand, reserved and sold, each move written down once.
 * These are the hottest rows of the shop: call it last in a transaction, so that they are held as briefly as possible.
 */
@Injectable()
export class StockService {
  /**
   * Holds stock for orders.
   *
   * @throws Refused with SoldOut if there is less on hand, or the allotment would be exceeded
   */
  async reserve(db: EntityManager, lines: readonly StockLine[]): Promise<void> {
    await appendMoves(db, 'RESERVE', lines);
    for (const { key, quantity } of totalUnits(lines, ({ allotmentId }) => allotmentId)) {
      const { affectedRows } = await db.query<Write>(
        'UPDATE allotment SET units_taken = units_taken + ? WHERE id = ? AND units_taken + ? <= units_max',
        [quantity, idBytes(key), quantity],
      );
      if (affectedRows !== 1) refuse(new SoldOut(skuOfAllotment(lines, key)));
    }
    for (const { key, quantity } of totalUnits(lines, ({ skuId }) => skuId)) {
      const { affectedRows } = await db.query<Write>(
        'UPDATE stock SET on_hand = on_hand - ?, reserved = reserved + ? WHERE sku_id = ? AND on_hand >= ?',
        [quantity, quantity, idBytes(key), quantity],
      );
      if (affectedRows !== 1) refuse(new SoldOut(key));
    }
  }

  /** Gives SKUs that are new their stock. */
  async open(db: EntityManager, entries: readonly StockEntry[]): Promise<void> {
    const received = entries.filter(({ units }) => units > 0);
    if (received.length > 0) await appendEntries(db, 'RECEIVE', received);
    const rows = entries.map(({ skuId, units }) => ({ skuId, onHand: units, reserved: 0, sold: 0 }));
    await db.insert(Stock, rows);
  }

  /**
   * Adds to what is on hand, or takes away what is not there after all; what is reserved or sold stays.
   *
   * @throws Refused with StockOutOfBounds if less than nothing would be left, or more than a billion units
   */
  async enter(db: EntityManager, kind: 'RECEIVE' | 'ADJUST', entry: StockEntry): Promise<void> {
    const { skuId, units } = entry;
    await appendEntries(db, kind, [entry]);
    const { affectedRows } = await db.query<Write>(
      'UPDATE stock SET on_hand = on_hand + ? WHERE sku_id = ? AND on_hand + ? BETWEEN 0 AND ?',
      [units, idBytes(skuId), units, STOCK_UNITS_MAX],
    );
    if (affectedRows === 1) return;
    const { onHand } = await db.findOneByOrFail(Stock, { skuId });
    refuse(new StockOutOfBounds(onHand));
  }

  /** How many units of each of these SKUs can be bought now; nothing is held. */
  async onHandOf(db: EntityManager, skuIds: readonly SkuId[]): Promise<ReadonlyMap<SkuId, number>> {
    const stocks = await db.findBy(Stock, { skuId: In(skuIds) });
    return new Map(stocks.map(({ skuId, onHand }) => [skuId, onHand]));
  }

  /** Turns what the orders hold into sold stock. */
  async commit(db: EntityManager, holds: readonly StockHold[]): Promise<void> {
    const lines = await reservedLines(db, holds);
    await appendMoves(db, 'COMMIT', lines);
    await moveStock(db, lines, 'sold');
  }

  /** Gives what the orders hold back to everybody. */
  async release(db: EntityManager, holds: readonly StockHold[]): Promise<void> {
    const lines = await reservedLines(db, holds);
    await appendMoves(db, 'RELEASE', lines);
    for (const { key, quantity } of totalUnits(lines, ({ allotmentId }) => allotmentId)) {
      await db.query('UPDATE allotment SET units_taken = units_taken - ? WHERE id = ?', [quantity, idBytes(key)]);
    }
    await moveStock(db, lines, 'on_hand');
  }

  /**
   * Puts sold units of an order back on sale. An offer's share stays as taken as it was: what it has sold counts, like the seat that it was sold with.
   *
   * @param lines at most what the hold has sold, each SKU once
   */
  async putBack(db: EntityManager, hold: StockHold, lines: readonly ReturnedLine[]): Promise<void> {
    const returned = lines.map((line): StockLine => ({ ...line, ...hold, allotmentId: null }));
    await appendMoves(db, 'RETURN', returned);
    for (const { key, quantity } of totalUnits(returned, ({ skuId }) => skuId)) {
      const { affectedRows } = await db.query<Write>(
        'UPDATE stock SET sold = sold - ?, on_hand = on_hand + ? WHERE sku_id = ? AND sold >= ?',
        [quantity, quantity, idBytes(key), quantity],
      );
      assert(affectedRows === 1, `${key} has fewer than ${quantity} sold`);
    }
  }
}

async function moveStock(db: EntityManager, lines: readonly StockLine[], to: 'on_hand' | 'sold'): Promise<void> {
  for (const { key, quantity } of totalUnits(lines, ({ skuId }) => skuId)) {
    const { affectedRows } = await db.query<Write>(
      `UPDATE stock SET reserved = reserved - ?, ${to} = ${to} + ? WHERE sku_id = ? AND reserved >= ?`,
      [quantity, quantity, idBytes(key), quantity],
    );
    assert(affectedRows === 1, `${key} has fewer than ${quantity} reserved`);
  }
}

async function reservedLines(db: EntityManager, holds: readonly StockHold[]): Promise<StockLine[]> {
  const current = new Map(holds.map(({ orderId, hold }) => [orderId, hold]));
  const rows = await db.query<MoveRow[]>(
    "SELECT order_id, hold, sku_id, quantity, allotment_id FROM stock_move WHERE order_id IN (?) AND kind = 'RESERVE'",
    [holds.map(({ orderId }) => idBytes(orderId))],
  );
  return rows
    .map((row) => ({
      orderId: idFromBytes('order', row.order_id),
      hold: row.hold,
      skuId: idFromBytes('sku', row.sku_id),
      quantity: row.quantity,
      allotmentId: row.allotment_id && idFromBytes('allotment', row.allotment_id),
    }))
    .filter(({ orderId, hold }) => current.get(orderId) === hold);
}

async function appendMoves(db: EntityManager, kind: string, lines: readonly StockLine[]): Promise<void> {
  assert(lines.length > 0, `nothing to ${kind.toLowerCase()}`);
  await db.query(
    `INSERT INTO stock_move (sku_id, order_id, hold, kind, quantity, allotment_id) VALUES ${lines.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
    lines.flatMap(({ skuId, orderId, hold, quantity, allotmentId }) => [
      idBytes(skuId),
      idBytes(orderId),
      hold,
      kind,
      quantity,
      allotmentId && idBytes(allotmentId),
    ]),
  );
}

async function appendEntries(db: EntityManager, kind: string, entries: readonly StockEntry[]): Promise<void> {
  await db.query(
    `INSERT INTO stock_move (sku_id, kind, quantity) VALUES ${entries.map(() => '(?, ?, ?)').join(', ')}`,
    entries.flatMap(({ skuId, units }) => [idBytes(skuId), kind, units]),
  );
}

function skuOfAllotment(lines: readonly StockLine[], id: Id): SkuId {
  const line = lines.find(({ allotmentId }) => allotmentId === id);
  assert(line, `no line counts against ${id}`);
  return line.skuId;
}
