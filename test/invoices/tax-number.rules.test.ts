import { describe, expect, it } from '@jest/globals';
import { checkSignOf, TAX_NUMBER_CHARACTERS, wrongSignOf } from '../../src/invoices/tax-number.rules.js';

/** Codes of companies that everybody knows, as the register of enterprises shows them. */
const REAL = ['914403001922038216', '9144030071526726XG', '91330100799655058B', '91110000802100433B'];
const GOOD = REAL[0]!;

describe('a tax number', () => {
  it.each(REAL)('of a company that there is passes: %s', (taxNumber) => {
    expect(taxNumber).toHaveLength(TAX_NUMBER_CHARACTERS);
    expect(checkSignOf(taxNumber)).toBe(taxNumber.at(-1));
    expect(wrongSignOf(taxNumber)).toBeNull();
  });

  // prettier-ignore
  it.each<[taxNumber: string, position: number, why: string]>([
    ['914403001922038217', 18, 'its last sign does not fit the others'],
    ['914403001922038261', 18, 'two signs are exchanged'],
    ['914403001922038O16', 16, 'an O stands for a nought'],
    ['I14403001922038216', 1,  'there is no I'],
    ['9I4403001922038216', 2,  'nor in the second place'],
    ['91A403001922038216', 3,  'the district begins with a letter'],
    ['9144030A1922038216', 8,  'the district ends with a letter'],
    ['91440300S922038216', 9,  'there is no S'],
    ['91440300192203821Z', 18, 'there is no Z'],
    ['V1A403001922038216', 1,  'the first of several is told'],
  ])('%s is wrong at sign %i: %s', (taxNumber, position) => {
    expect(wrongSignOf(taxNumber)).toBe(position);
  });

  it.each(['92440300MA5EXAMPL', 'N2440300MF5EXAMPL', '5A440300MJL123456'])(
    'may have letters but for its district: %s',
    (seventeen) => {
      expect(wrongSignOf(seventeen + checkSignOf(seventeen))).toBeNull();
    },
  );

  it('of which any one sign is mistaken for another does not pass', () => {
    const signs = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    const passing = [...GOOD].flatMap((right, index) =>
      signs
        .filter((sign) => sign !== right)
        .map((sign) => GOOD.slice(0, index) + sign + GOOD.slice(index + 1))
        .filter((mistaken) => wrongSignOf(mistaken) === null),
    );
    expect(passing).toEqual([]);
  });
});
