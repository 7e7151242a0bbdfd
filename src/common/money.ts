import assert from 'node:assert/strict';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { Column, type ColumnOptions } from 'typeorm';

/** ISO 4217. WeChat Pay settles in yuan; another currency is another column value, never another column. */
export type Currency = 'CNY';

const BPS_WHOLE = 10_000;

/** The part of an amount that `shareBps` basis points buy, rounded down; the caller gives the remainder a home. */
export function shareOf(amountMinor: number, shareBps: number): number {
  return Number((BigInt(amountMinor) * BigInt(shareBps)) / BigInt(BPS_WHOLE));
}

/** A total of amounts, or an error where it or one of them would not be exact. */
export function sumMinor(amounts: readonly number[]): number {
  for (const amount of amounts) assertWhole(amount);
  // A sum of numbers may lose a fen above 53 bits and come back below with one too few.
  const total = Number(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
  assertWhole(total);
  return total;
}

/** An amount of fen as people read it. */
export function yuan(amountMinor: number): string {
  return `¥${(amountMinor / 100).toFixed(2)}`;
}

function assertWhole(amountMinor: number): void {
  assert(Number.isSafeInteger(amountMinor), `not whole minor units: ${amountMinor}`);
}

function parse(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new GraphQLError('Minor must be a whole number of minor units between -(2^53-1) and 2^53-1.');
}

/** GraphQL's Int ends at 2^31, which is 21 million yuan in fen: a busy day's total. */
export const Minor = new GraphQLScalarType<number, number>({
  name: 'Minor',
  description: 'An amount of money in minor units (fen), a whole number of at most 53 bits.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.INT ? Number(node.value) : undefined),
});

/** A BIGINT column of minor units that the code sees as a safe whole number, or as null where it may be. */
export function MinorColumn(options: Pick<ColumnOptions, 'update' | 'nullable'> = {}): PropertyDecorator {
  return Column({
    ...options,
    type: 'bigint',
    transformer: {
      to: (amount: unknown) => amount,
      from: (stored: string | number | null) => {
        if (stored === null) return null;
        const amount = Number(stored);
        assert(Number.isSafeInteger(amount), `an amount beyond 53 bits: ${stored}`);
        return amount;
      },
    },
  });
}
