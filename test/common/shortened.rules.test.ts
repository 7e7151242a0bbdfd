import { expect, it } from '@jest/globals';
import { shortened } from '#common';

// prettier-ignore
it.each<[text: string, charactersMax: number, shown: string]>([
  ['砂糖橘',          3, '砂糖橘'],
  ['砂糖橘五斤',      4, '砂糖橘…'],
  ['砂糖橘五斤',      5, '砂糖橘五斤'],
  ['',               1, ''],
  ['ab',             1, '…'],
  ['🍊🍊🍊',          3, '🍊🍊🍊'],
  ['🍊🍊🍊',          2, '🍊…'],
  ['red apples',     5, 'red…'],
  ['abc',   3, 'abc'],
  ['abcd',  3, 'ab…'],
  ['a bcd', 3, 'a…'],
  ['ab',    1, '…'],
])('%j in %i characters is %j', (text, charactersMax, shown) => {
  expect(shortened(text, charactersMax)).toBe(shown);
});
