import { describe, expect, it } from '@jest/globals';
import { FreightTemplate, type FreightTerms, Product, type Region, Sku } from '#catalog';
import { newId } from '#common';
import { NotDelivered } from '../../src/orders/placing/price.refusals.js';
import { amountOf, type NewLine, priceOrders, titleOf } from '../../src/orders/placing/price.rules.js';

const CHARGE = { firstGrams: 1_000, firstMinor: 800, stepGrams: 500, stepMinor: 200, freeFromMinor: 9_900 };
const ORCHARD = newId('supplier');
const GRANARY = newId('supplier');

function aTemplate(terms: Partial<FreightTerms> = {}, name = '鲜果'): FreightTemplate {
  const all = { rules: [], elsewhere: CHARGE, notDelivered: [], ...terms };
  const row = { id: newId('freight'), supplierId: ORCHARD, name, revision: 1, terms: all, currency: 'CNY' as const };
  return Object.assign(new FreightTemplate(), row);
}

interface Sold {
  readonly freight?: FreightTemplate | null;
  readonly grams?: number | null;
  readonly priceMinor?: number;
  readonly quantity?: number;
  readonly supplierId?: typeof ORCHARD;
}

function aLine({
  freight = null,
  grams = null,
  priceMinor = 1_000,
  quantity = 1,
  supplierId = ORCHARD,
}: Sold): NewLine {
  const product = Object.assign(new Product(), { id: newId('product'), supplierId, name: '苹果' });
  const sku = Object.assign(new Sku(), { id: newId('sku'), title: '', priceMinor, weightGrams: grams });
  return {
    article: { sku, product, freight },
    quantity,
    unitPriceMinor: priceMinor,
    allotmentId: null,
    returnRule: 'SEVEN_DAYS',
  };
}

function priced(lines: readonly NewLine[], region: Region | null = '33') {
  const orders = priceOrders(lines, region);
  if (orders instanceof NotDelivered) throw new Error('is not delivered');
  return orders;
}

const totals = (lines: readonly NewLine[]): [freightMinor: number, payableMinor: number][] =>
  priced(lines).map(({ freightMinor, payableMinor }) => [freightMinor, payableMinor]);

describe('priceOrders', () => {
  const fruit = aTemplate();
  const heavy = aTemplate({ elsewhere: { ...CHARGE, firstMinor: 1_200, freeFromMinor: null } }, '大件');

  it.each<[what: string, lines: Sold[], totals: [number, number][]]>([
    ['without a template goods are sent for nothing', [{ grams: 9_000 }], [[0, 1_000]]],
    ['what weighs nothing costs no freight', [{ freight: fruit }], [[0, 1_000]]],
    [
      'the weights of one template are put together',
      [
        { freight: fruit, grams: 600 },
        { freight: fruit, grams: 401 },
      ],
      [[1_000, 3_000]],
    ],
    ['a quantity weighs as much as so many lines', [{ freight: fruit, grams: 600, quantity: 2 }], [[1_000, 3_000]]],
    [
      'each template is reckoned apart, and both are summed',
      [
        { freight: fruit, grams: 600 },
        { freight: heavy, grams: 600 },
      ],
      [[2_000, 4_000]],
    ],
    [
      'only goods of the template make it free',
      [{ freight: fruit, grams: 1, priceMinor: 5_000 }, { priceMinor: 5_000 }],
      [[800, 10_800]],
    ],
    [
      'enough goods of the template make it free',
      [
        { freight: fruit, grams: 1, priceMinor: 5_000 },
        { freight: fruit, priceMinor: 5_000 },
      ],
      [[0, 10_000]],
    ],
    [
      'each supplier is an order of its own',
      [{ freight: fruit, grams: 1 }, { supplierId: GRANARY }, { grams: 1 }],
      [
        [800, 2_800],
        [0, 1_000],
      ],
    ],
  ])('%s', (_what, sold, expected) => {
    const lines = sold.map(aLine);
    const goods = lines.reduce((sum, line) => sum + amountOf(line), 0);
    const given = totals(lines);
    expect(given.reduce((sum, [freightMinor, payableMinor]) => sum + payableMinor - freightMinor, 0)).toBe(goods);
    expect(given.map(([freightMinor]) => freightMinor)).toEqual(expected.map(([freightMinor]) => freightMinor));
  });

  it('says of each freight what it was reckoned from', () => {
    const [order] = priced([aLine({ freight: fruit, grams: 750, priceMinor: 2_000, quantity: 2 })]);
    expect(order).toMatchObject({ supplierId: ORCHARD, freightMinor: 1_000, payableMinor: 5_000 });
    expect(order?.freights).toEqual([
      {
        templateId: fruit.id,
        name: '鲜果',
        region: '33',
        weightGrams: 1_500,
        goodsMinor: 4_000,
        ...CHARGE,
        amountMinor: 1_000,
      },
    ]);
  });

  it('reckons by what the buyer pays, which in a team is less', () => {
    const alone = aLine({ freight: fruit, grams: 1, priceMinor: 9_900 });
    expect(totals([alone])).toEqual([[0, 9_900]]);
    expect(totals([{ ...alone, unitPriceMinor: 9_000 }])).toEqual([[800, 9_800]]);
  });

  it('names every SKU that does not go there, and nothing else', () => {
    const near = aTemplate({ rules: [{ ...CHARGE, regions: ['33'] }], elsewhere: null });
    const lines = [aLine({ freight: near }), aLine({ freight: fruit }), aLine({}), aLine({ freight: near })];
    expect(priced(lines)).toHaveLength(1);
    for (const region of ['31', null] as const) {
      const refusal = priceOrders(lines, region);
      expect(refusal).toBeInstanceOf(NotDelivered);
      expect((refusal as NotDelivered).skuIds).toEqual([lines[0]!.article.sku.id, lines[3]!.article.sku.id]);
    }
  });

  it('calls a line by its product, and by its variant if it has one', () => {
    const { article } = aLine({});
    expect(titleOf(article)).toBe('苹果');
    expect(titleOf({ ...article, sku: Object.assign(new Sku(), { title: '5千克' }) })).toBe('苹果 5千克');
  });
});
