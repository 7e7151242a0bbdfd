import { describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import { freightTexts, goodsTexts } from '../../src/orders/placing/breakdown.rules.js';

const FREIGHT = {
  ...{ templateId: newId('freight'), name: '鲜果冷链', region: '33' as const, weightGrams: 2_600, goodsMinor: 3_990 },
  ...{ firstGrams: 1_000, firstMinor: 800, stepGrams: 500, stepMinor: 200, freeFromMinor: 9_900, amountMinor: 1_600 },
};

describe('the words for freight', () => {
  it.each<[what: string, change: Partial<Omit<typeof FREIGHT, 'region'>> & { region?: null }, zh: string, en: string]>([
    [
      'with further steps',
      {},
      '鲜果冷链（浙江省）：共2.6kg，首重1kg ¥8.00，续重每0.5kg ¥2.00 × 4，合计¥16.00',
      '鲜果冷链 (浙江省): 2.6kg in all, first 1kg ¥8.00, then each 0.5kg ¥2.00 × 4, together ¥16.00',
    ],
    [
      'of the first weight',
      { weightGrams: 1_000, amountMinor: 800 },
      '鲜果冷链（浙江省）：共1kg，首重1kg ¥8.00',
      '鲜果冷链 (浙江省): 1kg in all, first 1kg ¥8.00',
    ],
    [
      'that is free for so much goods',
      { goodsMinor: 9_900, amountMinor: 0 },
      '鲜果冷链（浙江省）：商品满¥99.00包邮',
      '鲜果冷链 (浙江省): free from ¥99.00 of goods',
    ],
    [
      'of what weighs nothing, however much it is worth',
      { weightGrams: 0, goodsMinor: 9_900, amountMinor: 0 },
      '鲜果冷链（浙江省）：不计重量，免运费',
      '鲜果冷链 (浙江省): weighs nothing, sent for nothing',
    ],
    [
      'to a region that nobody knows',
      { region: null, weightGrams: 1, amountMinor: 800 },
      '鲜果冷链（其他地区）：共0.001kg，首重1kg ¥8.00',
      '鲜果冷链 (elsewhere): 0.001kg in all, first 1kg ¥8.00',
    ],
  ])('%s', (_what, change, zh, en) => {
    expect(freightTexts({ ...FREIGHT, ...change })).toEqual({ zh, en });
  });
});

describe('the words for goods', () => {
  it.each<[what: string, singlePriceMinor: number | null, zh: string, en: string]>([
    ['bought alone', 2_990, '苹果：¥29.90 × 2', '苹果: ¥29.90 × 2'],
    ['bought in a team', 3_990, '苹果：¥29.90 × 2（单买价¥39.90）', '苹果: ¥29.90 × 2 (¥39.90 if bought alone)'],
    ['from before the single price was kept', null, '苹果：¥29.90 × 2', '苹果: ¥29.90 × 2'],
  ])('%s', (_what, singlePriceMinor, zh, en) => {
    expect(goodsTexts({ title: '苹果', quantity: 2, unitPriceMinor: 2_990, singlePriceMinor })).toEqual({ zh, en });
  });
});
