import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ASTNode, graphqlSync, GraphQLObjectType, GraphQLSchema, Kind, type ValueNode } from 'graphql';
import { Minor, shareOf, sumMinor } from '#common';

const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const shares = fc.integer({ min: 0, max: 10_000 });

describe('a share of an amount', () => {
  // prettier-ignore
  it.each<[amountMinor: number, shareBps: number, partMinor: number]>([
    [1_001, 1_000,  100],
    [1_001, 10_000, 1_001],
    [1_001, 0,      0],
    [1,     9_999,  0],
    [99,    5_000,  49],
    [0,     5_000,  0],
    [Number.MAX_SAFE_INTEGER, 9_999, 9_006_298_534_815_516],
  ])('of %d at %d basis points is %d, rounded down', (amountMinor, shareBps, partMinor) => {
    expect(shareOf(amountMinor, shareBps)).toBe(partMinor);
  });

  it('never exceeds its exact value and is never a whole unit below it', () => {
    fc.assert(
      fc.property(amounts, shares, (amountMinor, shareBps) => {
        const scaled = BigInt(shareOf(amountMinor, shareBps)) * 10_000n;
        const exact = BigInt(amountMinor) * BigInt(shareBps);
        expect(scaled <= exact && exact < scaled + 10_000n).toBe(true);
      }),
    );
  });

  it('leaves a remainder that is never negative, however an amount is split', () => {
    fc.assert(
      fc.property(amounts, fc.array(shares, { maxLength: 8 }), (amountMinor, parts) => {
        const wholeBps = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(wholeBps <= 10_000);
        const sharedMinor = sumMinor(parts.map((part) => shareOf(amountMinor, part)));
        expect(sharedMinor).toBeLessThanOrEqual(amountMinor);
      }),
    );
  });

  it('of a fraction of a fen does not exist', () => {
    expect(() => shareOf(10.5, 100)).toThrow(RangeError);
  });
});

describe('a total', () => {
  it('is exact up to 53 bits and an error beyond', () => {
    expect(sumMinor([])).toBe(0);
    expect(sumMinor([Number.MAX_SAFE_INTEGER - 1, 1])).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow('not whole minor units');
    expect(() => sumMinor([0.1, 0.2])).toThrow('not whole minor units');
  });

  // prettier-ignore
  it.each<{ what: string; amounts: number[]; total: number }>([
    { what: 'passes beyond 53 bits and comes back',         amounts: [Number.MAX_SAFE_INTEGER, 2, -2],     total: Number.MAX_SAFE_INTEGER },
    { what: 'passes beyond them below and comes back',      amounts: [-Number.MAX_SAFE_INTEGER, -2, 2, 1], total: 1 - Number.MAX_SAFE_INTEGER },
  ])('that $what is exact', ({ amounts: each, total }) => {
    expect(sumMinor(each)).toBe(total);
  });

  it.each<{ what: string; amounts: number[] }>([
    { what: 'ends just beyond 53 bits', amounts: [-1_166_193_760_684_145, -7_841_005_494_056_795, -53, 1] },
    { what: 'has a fraction too small to be seen', amounts: [1, Number.MIN_VALUE] },
    { what: 'has fractions that make a whole', amounts: [0.5, 0.5] },
    { what: 'has an amount that is not exact itself', amounts: [2 ** 53, -1] },
  ])('that $what is an error', ({ amounts: each }) => {
    expect(() => sumMinor(each)).toThrow('not whole minor units');
  });
});

describe('an amount in the API', () => {
  const literal = (text: string, kind: Kind.INT | Kind.FLOAT | Kind.STRING): ValueNode & ASTNode => ({
    kind,
    value: text,
  });

  it.each([0, 1, -1, 2_147_483_648, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])('may be %d', (amount) => {
    expect(Minor.parseValue(amount)).toBe(amount);
    expect(Minor.serialize(amount)).toBe(amount);
    expect(Minor.parseLiteral(literal(String(amount), Kind.INT))).toBe(amount);
  });

  it.each([0.5, Number.MAX_SAFE_INTEGER + 1, NaN, Infinity, '100', '', null, undefined, true, 100n, [100], {}])(
    'cannot be %p, in or out',
    (value) => {
      expect(() => Minor.parseValue(value)).toThrow('Minor must be a whole number');
      expect(() => Minor.serialize(value)).toThrow('Minor must be a whole number');
    },
  );

  it.each([
    literal('1.5', Kind.FLOAT),
    literal('1e3', Kind.FLOAT),
    literal('100', Kind.STRING),
    literal('9007199254740992', Kind.INT),
  ])('cannot be written as %j', (node) => {
    expect(() => Minor.parseLiteral(node)).toThrow('Minor must be a whole number');
  });

  it('is refused as a variable when it is wrong', () => {
    const type = new GraphQLObjectType({
      name: 'Query',
      fields: { echo: { type: Minor, args: { amountMinor: { type: Minor } } } },
    });
    const { errors } = graphqlSync({
      schema: new GraphQLSchema({ query: type }),
      source: 'query ($amountMinor: Minor) { echo(amountMinor: $amountMinor) }',
      variableValues: { amountMinor: 0.5 },
    });
    expect(errors?.[0]?.message).toContain('Minor must be a whole number');
  });
});
