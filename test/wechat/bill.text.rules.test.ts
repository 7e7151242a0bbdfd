import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf, fenOf, instantOf, isMarked, millionthsOf, valuesOf } from '../../src/wechat/bill.text.rules.js';

describe('an amount in yuan', () => {
  it.each<[text: string, fen: number]>([
    ['0.00', 0],
    ['-0.00', 0],
    ['1', 100],
    ['0.1', 10],
    ['12.30', 1_230],
    ['-0.06000', -6],
    ['0.29', 29],
    ['9007199254740.99', 900_719_925_474_099],
  ])('%s is %d fen', (text, fen) => {
    expect(fenOf(text)).toBe(fen);
  });

  it.each(['', '-', '.5', '1.', '1.005', '0.00001', '1,000.00', '1e3', ' 1.00', '+1.00', '900719925474099.99'])(
    '%j is none',
    (text) => {
      expect(() => fenOf(text)).toThrow(/an amount is/);
    },
  );

  it('is read as it was written, however large', () => {
    const written = fc.tuple(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(written, fc.boolean(), fc.constantFrom('', '000'), ([yuan, fen], isNegative, more) => {
        const total = yuan * 100 + fen;
        const text = `${isNegative ? '-' : ''}${yuan}.${String(fen).padStart(2, '0')}${more}`;
        expect(fenOf(text)).toBe(isNegative && total > 0 ? -total : total);
      }),
    );
  });
});

describe('a line', () => {
  it.each<[line: string, values: string[]]>([
    ['`1.00,`', ['1.00', '']],
    ['`砂糖橘\\,五斤,`x', ['砂糖橘,五斤', 'x']],
    ['`a, b,`c', ['a, b', 'c']],
    ['`', ['']],
  ])('%s has the values %j', (line, values) => {
    expect(valuesOf(line)).toEqual(values);
  });

  it('of any values without a mark behind a comma gives them back', () => {
    const value = fc.string().filter((text) => !/[\n\r`\\]/.test(text));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const line = values.map((one) => `\`${one.replaceAll(',', '\\,')}`).join(',');
        expect(valuesOf(line)).toEqual(values);
      }),
    );
  });

  it('without a mark has the names of columns, in brackets of either width', () => {
    expect([isMarked('`1'), isMarked('总交易单数,退款总金额')]).toEqual([true, false]);
    expect(columnsOf('收支金额（元）, 账户结余(元)')).toEqual(['收支金额(元)', '账户结余(元)']);
  });
});

describe('a rate', () => {
  it.each<[text: string, millionths: number]>([
    ['0.60%', 6_000],
    ['39.00%', 390_000],
    ['1%', 10_000],
    ['0.0001%', 1],
  ])('%s is %d millionths', (text, millionths) => {
    expect(millionthsOf(text)).toBe(millionths);
  });

  it.each(['', '%', '0.60', '0.00001%', '-1%', '0.60%%', '1%1%'])('%j is none', (text) => {
    expect(() => millionthsOf(text)).toThrow('a rate is none');
  });
});

describe('a time', () => {
  it('is Chinese', () => {
    expect(instantOf('2026-11-22 00:30:00')).toEqual(new Date('2026-11-21T16:30:00Z'));
  });

  it.each([
    '',
    '2026-11-22',
    '2026-11-22T00:30:00',
    '2026-13-01 00:00:00',
    '2026-11-22 24:30:00',
    '2026-11-22 00:30:00Z',
    '+2026-11-22 00:30:00',
  ])('%j is none', (text) => {
    expect(() => instantOf(text)).toThrow('a time is none');
  });
});
