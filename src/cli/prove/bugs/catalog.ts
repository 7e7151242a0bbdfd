import type { SeededBug } from '../bug.js';

const STOCK = 'src/catalog/stock.service.ts';

export const CATALOG: readonly SeededBug[] = [
  {
    name: 'an offer takes more of the stock than its share',
    file: STOCK,
    search: 'WHERE id = ? AND units_taken + ? <= units_max',
    replace: 'WHERE id = ? AND (units_taken + ? <= units_max OR TRUE)',
    caughtBy: { file: 'test/catalog/stock.test.ts', test: 'an allotment counts units, not orders' },
  },
  {
    name: 'more is reserved than there is',
    file: STOCK,
    search: 'WHERE sku_id = ? AND on_hand >= ?',
    replace: 'WHERE sku_id = ? AND (on_hand >= ? OR TRUE)',
    caughtBy: { file: 'test/catalog/stock.test.ts', test: 'for fifty is held by exactly fifty of two hundred' },
  },
  {
    name: 'stock is read first and taken afterwards',
    file: STOCK,
    search: `'UPDATE stock SET on_hand = on_hand - ?, reserved = reserved + ? WHERE sku_id = ? AND on_hand >= ?',
        [quantity, quantity, idBytes(key), quantity],`,
    replace: `'UPDATE stock SET on_hand = ?, reserved = reserved + ? WHERE sku_id = ?',
        [
          (await db.query<{ on_hand: number }[]>('SELECT on_hand FROM stock WHERE sku_id = ?', [idBytes(key)]))[0]!.on_hand - quantity,
          quantity,
          idBytes(key),
        ],`,
    caughtBy: { file: 'test/catalog/stock.test.ts', test: 'for fifty is held by exactly fifty of two hundred' },
  },
  {
    name: 'released stock still counts against the share of its offer',
    file: STOCK,
    search: "'UPDATE allotment SET units_taken = units_taken - ? WHERE id = ?'",
    replace: "'UPDATE allotment SET units_taken = units_taken - ? WHERE id = ? AND FALSE'",
    caughtBy: { file: 'test/catalog/stock.test.ts', test: 'is given back by what is released, not by what is sold' },
  },
  {
    name: 'the second hold of an order ends the first one again',
    file: STOCK,
    search: 'current.get(orderId) === hold',
    replace: 'current.has(orderId) && hold > 0',
    caughtBy: { file: 'test/catalog/stock.test.ts', test: 'can be held again by the same order, as its second hold' },
  },
];
