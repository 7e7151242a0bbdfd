import { describe, expect, it } from '@jest/globals';
import { fieldText, type FieldType, type FieldValue } from '../../src/notifications/kinds/field.rules.js';

const SHANGHAI = 'Asia/Shanghai';
const NOON = new Date('2026-01-05T04:03:59Z');

describe('what stands in a field', () => {
  // prettier-ignore
  it.each<[type: FieldType, value: FieldValue, text: string]>([
    ['thing',  '砂糖橘',                            '砂糖橘'],
    ['thing',  '一二三四五六七八九十一二三四五六七八九十', '一二三四五六七八九十一二三四五六七八九十'],
    ['thing',  '一二三四五六七八九十一二三四五六七八九十多', '一二三四五六七八九十一二三四五六七八九…'],
    ['thing',  '🍎'.repeat(21),                     `${'🍎'.repeat(19)}…`],
    ['thing',  '苹果\n五斤\t装',                     '苹果 五斤 装'],
    ['thing',  '   ',                               '-'],
    ['thing',  '',                                  '-'],
    ['thing',  'half \ud83c of a pair',             'half of a pair'],
    ['phrase', '已同意',                             '已同意'],
    ['phrase', '一二三四五六',                        '一二三四五'],
    ['phrase', 'ok',                                '无'],
    ['number', 0,                                   '0'],
    ['number', 100,                                 '100'],
    ['amount', 0,                                   '¥0.00'],
    ['amount', 5,                                   '¥0.05'],
    ['amount', 123_456,                             '¥1234.56'],
    ['amount', 999_999_999_999,                     '¥9999999999.99'],
    ['time',   NOON,                                '2026年1月5日 12:03'],
    ['time',   new Date('2026-12-31T16:00:00Z'),    '2027年1月1日 00:00'],
  ])('%s %j is %s', (type, value, text) => {
    expect(fieldText(type, value, SHANGHAI)).toBe(text);
  });

  it('is told in the shop’s own time zone', () => {
    expect(fieldText('time', NOON, 'Europe/Berlin')).toBe('2026年1月5日 05:03');
  });

  // prettier-ignore
  it.each<[type: FieldType, value: FieldValue]>([
    ['amount', 1_000_000_000_000],
    ['amount', -1],
    ['amount', 0.5],
    ['amount', '¥1'],
    ['number', -1],
    ['number', 1.5],
    ['number', '3'],
    ['time',   'now'],
    ['thing',  3],
    ['phrase', NOON],
  ])('is no %s if it is %j, which is a mistake of ours', (type, value) => {
    expect(() => fieldText(type, value, SHANGHAI)).toThrow();
  });
});
