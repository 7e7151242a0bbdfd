import { describe, expect, it } from '@jest/globals';
import type { CategoryId } from '#catalog';
import { inOrder, wayUp, whyNotUnder } from '../../src/catalog/categories/category.rules.js';

const id = (name: string): CategoryId => `category_${name}`;

/** 食品 > 水果 > 苹果, and beside them 日用 > 纸品. */
const TREE = [
  { id: id('food'), parentId: null },
  { id: id('fruit'), parentId: id('food') },
  { id: id('apples'), parentId: id('fruit') },
  { id: id('home'), parentId: null },
  { id: id('paper'), parentId: id('home') },
];

describe('wayUp', () => {
  // prettier-ignore
  it.each<[from: string | null, way: string[]]>([
    ['apples', ['apples', 'fruit', 'food']],
    ['food',   ['food']],
    ['gone',   []],
    [null,     []],
  ])('from %s is %j', (from, way) => {
    expect(wayUp(TREE, from === null ? null : id(from))).toEqual(way.map(id));
  });
});

describe('whyNotUnder', () => {
  // prettier-ignore
  it.each<[moved: string | null, under: string | null, refusal: string | undefined]>([
    [null,     null,     undefined],
    [null,     'food',   undefined],
    [null,     'fruit',  undefined],
    [null,     'apples', 'CategoryTooDeep'], // a fourth level
    ['apples', 'home',   undefined],
    ['paper',  'fruit',  undefined],
    ['home',   'food',   undefined],         // with what is below it: three levels
    ['home',   'fruit',  'CategoryTooDeep'],
    ['fruit',  'home',   undefined],
    ['fruit',  'paper',  'CategoryTooDeep'],
    ['food',   null,     undefined],
    ['food',   'food',   'CategoryTooDeep'], // a part of itself
    ['food',   'fruit',  'CategoryTooDeep'],
    ['apples', 'apples', 'CategoryTooDeep'],
  ])('of %s under %s is %s', (moved, under, refusal) => {
    const why = whyNotUnder(TREE, moved === null ? null : id(moved), under === null ? null : id(under));
    expect(why?.constructor.name).toBe(refusal);
  });

  it('says how many levels there may be', () => {
    expect(whyNotUnder(TREE, null, id('apples'))?.levelsMax).toBe(3);
  });
});

describe('inOrder', () => {
  it('puts the lowest position first, and of two at the same the older one', () => {
    const placed = [
      { id: id('b'), position: 2 },
      { id: id('c'), position: 1 },
      { id: id('a'), position: 2 },
    ];
    expect(inOrder(placed).map((each) => each.id)).toEqual([id('c'), id('a'), id('b')]);
    expect(placed[0]!.id).toBe(id('b'));
    const aged = [id('a'), id('b')].map((each) => ({ id: each, position: 1 }));
    expect(inOrder(aged)).toEqual(aged);
    expect(inOrder(aged.toReversed())).toEqual(aged);
  });
});
