import { describe, expect, it } from '@jest/globals';
import { catalogImportLife, type CategoryId, productLife, type StockLine } from '#catalog';
import { secondsAfter } from '#common';
import { wayUp, whyNotUnder } from '../../../src/catalog/categories/category.rules.js';
import { saleStatusAt, timesAfter } from '../../../src/catalog/sale/sale.rules.js';
import { type SkuStanding, warningStep } from '../../../src/catalog/stock/stock-warning.rules.js';
import {
  csvLine,
  harmlessCell,
  markedPart,
  minorOfYuan,
  plainPart,
  readCell,
  splitParts,
  yuanOfMinor,
} from '../../../src/catalog/importing/cell.rules.js';
import { csvRecords } from '../../../src/catalog/importing/csv-records.js';
import { totalUnits } from '../../../src/catalog/stock/stock.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

const lines = fc.array(
  fc.record<StockLine>({
    orderId: fc.constantFrom('order_1', 'order_2'),
    hold: fc.constantFrom(1, 2),
    skuId: fc.constantFrom('sku_1', 'sku_2', 'sku_3', 'sku_10'),
    allotmentId: fc.constantFrom(null, 'allotment_1', 'allotment_2'),
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  { maxLength: 12 },
);
const unitsOf = (each: readonly { readonly quantity: number }[]): number =>
  each.reduce((sum, { quantity }) => sum + quantity, 0);

describe('units that are totalled', () => {
  it('are all there, under their own key, and no key comes twice', () => {
    fc.assert(
      fc.property(lines, (each) => {
        const totals = totalUnits(each, ({ skuId }) => skuId);
        for (const { key, quantity } of totals) {
          expect(quantity).toBe(unitsOf(each.filter(({ skuId }) => skuId === key)));
        }
        expect(unitsOf(totals)).toBe(unitsOf(each));
        expect(new Set(totals.map(({ key }) => key)).size).toBe(totals.length);
      }),
    );
  });

  it('come in the order of their keys whichever line was first, so that rows are locked in one order', () => {
    fc.assert(
      fc.property(
        lines.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))),
        ([each, shuffled]) => {
          const totals = totalUnits(each, ({ skuId }) => skuId);
          const keys = totals.map(({ key }) => key);
          expect(totalUnits(shuffled, ({ skuId }) => skuId)).toEqual(totals);
          expect(keys).toEqual(keys.toSorted());
        },
      ),
    );
  });

  it('are those of an allotment only where a line has one', () => {
    fc.assert(
      fc.property(lines, (each) => {
        const totals = totalUnits(each, ({ allotmentId }) => allotmentId);
        expect(unitsOf(totals)).toBe(unitsOf(each.filter(({ allotmentId }) => allotmentId !== null)));
      }),
    );
  });
});

it('the life of a product goes to and fro between its two statuses, for ever', () => {
  for (const [from, followers] of Object.entries(productLife.moves)) {
    expect(followers).toHaveLength(1);
    expect(followers).not.toContain(from);
  }
});

describe('a tree of categories', () => {
  const ids = Array.from({ length: 8 }, (_, number): CategoryId => `category_${number}`);
  const moves = fc.array(
    fc.record({ id: fc.constantFrom(...ids), parentId: fc.option(fc.constantFrom(...ids), { nil: null }) }),
    { maxLength: 40 },
  );

  it('has no circle and three levels at most, whatever is made and moved where one may', () => {
    fc.assert(
      fc.property(moves, (wished) => {
        let tree: { id: CategoryId; parentId: CategoryId | null }[] = [];
        for (const { id, parentId } of wished) {
          const isThere = tree.some((each) => each.id === id);
          if (parentId !== null && !tree.some((each) => each.id === parentId)) continue;
          if (whyNotUnder(tree, isThere ? id : null, parentId)) continue;
          tree = [...tree.filter((each) => each.id !== id), { id, parentId }];
          for (const each of tree) expect(wayUp(tree, each.id).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});

describe('a sale', () => {
  const noon = new Date('2026-01-01T12:00:00Z');
  const instant = fc.integer({ min: -5, max: 5 }).map((seconds) => secondsAfter(noon, seconds));
  const sale = fc
    .record({
      status: fc.constantFrom('ON_SALE' as const, 'OFF_SALE' as const),
      saleFrom: fc.option(instant, { nil: null }),
      saleUntil: fc.option(instant, { nil: null }),
    })
    .filter(({ saleFrom, saleUntil }) => !saleFrom || !saleUntil || saleFrom < saleUntil);

  it('stands the same at any later moment, whether or not the clock turned it meanwhile', () => {
    fc.assert(
      fc.property(sale, instant, instant, (each, one, other) => {
        const [turnedAt, now] = one <= other ? [one, other] : [other, one];
        const turned = { status: saleStatusAt(each, turnedAt), ...timesAfter(each, turnedAt) };
        expect(saleStatusAt(turned, now)).toBe(saleStatusAt(each, now));
        expect(timesAfter(turned, now)).toEqual(timesAfter(each, now));
      }),
    );
  });

  it('is over from its end on, whatever else is said', () => {
    fc.assert(
      fc.property(sale, instant, (each, now) => {
        if (each.saleUntil && each.saleUntil <= now) expect(saleStatusAt(each, now)).toBe('OFF_SALE');
      }),
    );
  });
});

describe('a warning', () => {
  const few = fc.integer({ min: 0, max: 6 });
  const standing = fc.record<SkuStanding>({
    onHand: few,
    lowStockUnits: fc.option(few, { nil: null }),
    isRetired: fc.boolean(),
    lowestUnits: fc.option(few, { nil: null }),
  });

  it('is settled by one step: looking again changes nothing, and it stands just when little is left', () => {
    fc.assert(
      fc.property(standing, (each) => {
        const step = warningStep(each);
        const lowest = step === 'BEGIN' || step === 'LOWER' ? each.onHand : each.lowestUnits;
        const after = { ...each, lowestUnits: step === 'END' ? null : lowest };
        expect(warningStep(after)).toBeNull();
        const isLow = !each.isRetired && each.lowStockUnits !== null && each.onHand <= each.lowStockUnits;
        expect(after.lowestUnits !== null).toBe(isLow);
      }),
    );
  });
});

itLives('an import', catalogImportLife, {
  first: 'STAGING',
  ends: ['REFUSED', 'DONE', 'DONE_WITH_FAILURES', 'CANCELLED'],
  ways: [
    ['STAGING', 'CHECKING', 'READY', 'APPLYING', 'DONE'],
    ['STAGING', 'CHECKING', 'READY', 'APPLYING', 'DONE_WITH_FAILURES'],
    ['STAGING', 'CHECKING', 'REFUSED'],
    ['STAGING', 'CHECKING', 'READY', 'CANCELLED'],
    ['STAGING', 'CANCELLED'],
  ],
  never: [['APPLYING', 'CANCELLED']],
});

/** Texts with all that could be in the way of a file. */
const cells = fc.string({ unit: fc.constantFrom(...'a茶😀",\n\r\t\'=+-@＝ ;/\\'), maxLength: 8 });

describe('a catalogue file', () => {
  it('is read as it was written, whatever its cells say and however it comes in', async () => {
    const records = fc.array(fc.array(cells, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 20 }), async (written, size) => {
        const bytes = Buffer.from(written.map((record) => `${csvLine(record.map(harmlessCell))}\r\n`).join(''));
        async function* pieces(): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
        }
        const read: unknown[] = [];
        let line = 1;
        const lines: number[] = [];
        for await (const record of csvRecords(pieces())) {
          read.push('cells' in record ? record.cells.map(readCell) : record.problem);
          lines.push(record.line);
        }
        expect(read).toEqual(written);
        for (const [index, record] of written.entries()) {
          expect(lines[index]).toBe(line);
          line += 1 + record.join('').split('\n').length - 1;
        }
      }),
    );
  });

  it('has no cell that a spreadsheet would calculate', () => {
    fc.assert(fc.property(cells, (text) => !/^[=+\-@\t\r\n＝]/.test(harmlessCell(text))));
  });

  it('has parts that come back as they were', () => {
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.map((part) => markedPart(part, '/;=')).join('/');
        expect(splitParts(text, '/').map(plainPart)).toEqual(parts);
      }),
    );
  });

  it('has prices to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (minor) => minorOfYuan(yuanOfMinor(minor)) === minor),
    );
  });
});
