import { describe, expect, it } from '@jest/globals';
import {
  chargeFor,
  feeOf,
  type FreightCharge,
  FreightTemplate,
  type FreightTerms,
  Product,
  type Region,
  regionOf,
  REGIONS,
  Sku,
  stepsOf,
} from '#catalog';
import { newId } from '#common';
import { NotDelivered } from '../../../src/orders/placing/price.refusals.js';
import { type NewLine, type PricedOrder, priceOrders } from '../../../src/orders/placing/price.rules.js';
import { mistakesInTerms } from '../../../src/catalog/freight/freight.rules.js';
import { fc } from './seeded.js';

const feeMinor = fc.integer({ min: 0, max: 1_000_000 });
const charges: fc.Arbitrary<FreightCharge> = fc.record({
  firstGrams: fc.integer({ min: 1, max: 100_000 }),
  firstMinor: feeMinor,
  stepGrams: fc.integer({ min: 100, max: 100_000 }),
  stepMinor: feeMinor,
  freeFromMinor: fc.option(fc.integer({ min: 0, max: 1_000_000_000 })),
});
/** Up to as much as a checkout can weigh. */
const weights = fc.integer({ min: 0, max: 50_000_000_000 });
const goods = fc.integer({ min: 0, max: 2_000_000_000 });
const regions = fc.constantFrom(...(Object.keys(REGIONS) as Region[]));

describe('freight', () => {
  it('is a whole number of fen, never negative, and exact for anything that a checkout can hold', () => {
    fc.assert(
      fc.property(charges, weights, goods, (charge, grams, minor) => {
        const fee = feeOf(charge, grams, minor);
        expect(Number.isSafeInteger(fee)).toBe(true);
        expect(fee).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is never less for more weight', () => {
    fc.assert(
      fc.property(charges, weights, weights, goods, (charge, grams, more, minor) => {
        expect(feeOf(charge, grams + more, minor)).toBeGreaterThanOrEqual(feeOf(charge, grams, minor));
      }),
    );
  });

  it('is never more for more goods of the same weight', () => {
    fc.assert(
      fc.property(charges, weights, goods, goods, (charge, grams, minor, more) => {
        expect(feeOf(charge, grams, minor + more)).toBeLessThanOrEqual(feeOf(charge, grams, minor));
      }),
    );
  });

  it('is paid for each step that is begun: the steps cover the weight, and one fewer would not', () => {
    fc.assert(
      fc.property(charges, weights, (charge, grams) => {
        const steps = stepsOf(charge, grams);
        expect(charge.firstGrams + steps * charge.stepGrams).toBeGreaterThanOrEqual(grams);
        if (steps > 0) expect(charge.firstGrams + (steps - 1) * charge.stepGrams).toBeLessThan(grams);
      }),
    );
  });

  it('is no more for one order than for the same goods in two, as long as as many steps as the first weight cost no more than it', () => {
    fc.assert(
      fc.property(charges, weights, weights, goods, goods, (charge, grams, otherGrams, minor, otherMinor) => {
        fc.pre(Math.ceil(charge.firstGrams / charge.stepGrams) * charge.stepMinor <= charge.firstMinor);
        const together = feeOf(charge, grams + otherGrams, minor + otherMinor);
        const apart = feeOf(charge, grams, minor) + feeOf(charge, otherGrams, otherMinor);
        // What is sent for nothing by itself may have to be paid for with the rest only if the rest is worth less: never, because amounts add up.
        const isFreeApart = [minor, otherMinor].some(
          (each) => charge.freeFromMinor !== null && each >= charge.freeFromMinor,
        );
        if (isFreeApart) expect(together).toBe(0);
        else expect(together).toBeLessThanOrEqual(apart);
      }),
    );
  });
});

describe('the terms of a freight template', () => {
  const terms: fc.Arbitrary<FreightTerms> = fc
    .tuple(
      fc.uniqueArray(fc.tuple(regions, fc.nat(3)), { selector: ([region]) => region }),
      fc.array(charges, { minLength: 3, maxLength: 3 }),
      fc.option(charges),
    )
    .map(([placed, some, elsewhere]) => ({
      rules: some.map((charge, index) => ({
        ...charge,
        regions: placed.filter(([, place]) => place === index).map(([region]) => region),
      })),
      elsewhere,
      notDelivered: placed.filter(([, place]) => place === some.length).map(([region]) => region),
    }));

  it('that name each region once are taken, and give each region what is said of it', () => {
    fc.assert(
      fc.property(terms, regions, (said, region) => {
        expect(mistakesInTerms(said)).toEqual([]);
        const rule = said.rules.find((each) => each.regions.includes(region));
        const expected = said.notDelivered.includes(region) ? null : (rule ?? said.elsewhere);
        expect(chargeFor(said, region)).toBe(expected);
        expect(chargeFor(said, null)).toBe(said.elsewhere);
      }),
    );
  });

  it('that name a region twice are refused, wherever', () => {
    fc.assert(
      fc.property(terms, fc.nat(2), (said, index) => {
        const named = [...said.rules.flatMap((rule) => rule.regions), ...said.notDelivered];
        fc.pre(named.length > 0);
        const rules = said.rules.map((rule, at) =>
          at === index ? { ...rule, regions: [...rule.regions, named[0]!] } : rule,
        );
        expect(mistakesInTerms({ ...said, rules })).not.toEqual([]);
      }),
    );
  });
});

it('the region of an address is one of the 31 or none, whatever was written', () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.stringMatching(/^\d{6}$/)), (province, nationalCode) => {
      const region = regionOf({ province, nationalCode });
      expect(region === null || region in REGIONS).toBe(true);
    }),
  );
});

describe('what is bought at once', () => {
  const templates = [0, 1, 2].map((number) =>
    Object.assign(new FreightTemplate(), { id: newId('freight'), name: `模板${number}` }),
  );
  const suppliers = [newId('supplier'), newId('supplier')];
  const said = fc.tuple(...templates.map(() => fc.option(charges)));
  const wanted = fc.array(
    fc.record({
      template: fc.option(fc.nat(templates.length - 1)),
      unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
      weightGrams: fc.option(fc.integer({ min: 1, max: 100_000 })),
      quantity: fc.integer({ min: 1, max: 9_999 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  type Wanted = typeof wanted extends fc.Arbitrary<(infer Line)[]> ? Line : never;

  /** A template belongs to one supplier; nothing goes anywhere by one that says nothing. */
  function linesOf(lines: readonly Wanted[], terms: readonly (FreightCharge | null)[]): NewLine[] {
    return lines.map(({ template, unitPriceMinor, weightGrams, quantity }) => {
      const freight = template === null ? null : templates[template]!;
      if (freight) freight.terms = { rules: [], elsewhere: terms[template!]!, notDelivered: [] };
      const product = Object.assign(new Product(), { supplierId: suppliers[(template ?? 0) % 2]!, name: '苹果' });
      const sku = Object.assign(new Sku(), { id: newId('sku'), title: '', weightGrams });
      return {
        article: { sku, product, freight },
        quantity,
        unitPriceMinor,
        allotmentId: null,
        returnRule: 'SEVEN_DAYS',
      };
    });
  }
  const summed = (orders: readonly PricedOrder[]): object[] =>
    orders
      .map(({ supplierId, freightMinor, payableMinor }) => ({ supplierId, freightMinor, payableMinor }))
      .toSorted((a, b) => (a.supplierId < b.supplierId ? -1 : 1));
  const priced = (lines: readonly NewLine[]): PricedOrder[] => {
    const orders = priceOrders(lines, '33');
    return orders instanceof NotDelivered ? [] : orders;
  };

  it('costs its goods and their freight, whichever line comes first, or is refused with just what does not go there', () => {
    fc.assert(
      fc.property(wanted, said, (each, terms) => {
        const lines = linesOf(each, terms);
        const orders = priceOrders(lines, '33');
        const stuck = lines.filter(({ article: { freight } }) => freight?.terms.elsewhere === null);
        if (orders instanceof NotDelivered) {
          expect(orders.skuIds).toEqual(stuck.map(({ article }) => article.sku.id));
          return;
        }
        expect(stuck).toEqual([]);
        for (const { lines: own, freights, freightMinor, payableMinor } of orders) {
          const goodsMinor = own.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
          expect(freightMinor).toBe(freights.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
          expect(payableMinor).toBe(goodsMinor + freightMinor);
        }
        expect(summed(priced(lines.toReversed()))).toEqual(summed(orders));
      }),
    );
  });

  it('costs the same if one line is written as two', () => {
    fc.assert(
      fc.property(wanted, said, (each, terms) => {
        const lines = linesOf(each, terms);
        const halves = lines.flatMap((line) =>
          line.quantity === 1
            ? [line]
            : [
                { ...line, quantity: 1 },
                { ...line, quantity: line.quantity - 1 },
              ],
        );
        expect(summed(priced(halves))).toEqual(summed(priced(lines)));
      }),
    );
  });
});
