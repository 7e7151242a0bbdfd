import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate, type ValidationRule } from 'graphql';
import { NoSubscriptionRule, OneOperationRule, OnlySubscriptionRule } from '../../src/api/operation.rules.js';

const schema = buildSchema('type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }');

/** What a rule complains of, each with the columns of what it points at. */
function complaints(rule: ValidationRule, document: string): [message: string, columns: number[]][] {
  return validate(schema, parse(document), [rule]).map(({ message, locations }) => [
    message,
    (locations ?? []).map(({ column }) => column),
  ]);
}

describe('an operation', () => {
  it.each<[operation: string, overHttp: boolean]>([
    ['{ a }', true],
    ['query { a }', true],
    ['mutation { a }', true],
    ['subscription { a }', false],
  ])('%s may come over HTTP: %s, and over a socket only if not', (operation, overHttp) => {
    const http = complaints(NoSubscriptionRule, operation);
    const socket = complaints(OnlySubscriptionRule, operation);
    expect(http).toEqual(overHttp ? [] : [['A subscription needs a socket.', [1]]]);
    expect(socket).toEqual(overHttp ? [['A socket is for subscriptions only.', [1]]] : []);
  });
});

describe('a document', () => {
  // prettier-ignore
  it.each<[what: string, document: string, columns: number[] | null]>([
    ['one operation',                    'query A { a }',                                 null],
    ['one operation and its fragment',   'query A { ...F } fragment F on Query { a }',    null],
    ['a fragment alone',                 'fragment F on Query { a }',                     null],
    ['two operations',                   'query A { a } query B { a }',                   [15]],
    ['three, with a fragment among them', 'query A { a } fragment F on Query { a } mutation B { a } query C { a }', [41, 58]],
  ])('with %s is told of those that are too many', (_what, document, columns) => {
    expect(complaints(OneOperationRule, document)).toEqual(
      columns === null ? [] : [['A document must have one operation only.', columns]],
    );
  });
});
