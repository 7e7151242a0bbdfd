import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idBytes, idFromBytes, IdPipe, idSuffix, isId, newId, RequestError } from '#common';
import { prefixOf } from '../../src/common/id.js';

describe('an id', () => {
  it('is the same after it has been through the table', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = idFromBytes('team', bytes);
        expect(isId('team', id)).toBe(true);
        expect(idBytes(id)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('takes sixteen bytes of a table and shows its kind outside', () => {
    const id = newId('team');
    expect(idBytes(id)).toHaveLength(16);
    expect(id).toMatch(/^team_[0-9a-z]{26}$/);
    expect(`team_${idSuffix(id)}`).toBe(id);
  });

  it('sorts behind those made before it, as text and as bytes', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('order'));
    const byBytes = ids.toSorted((a, b) => Buffer.compare(idBytes(a), idBytes(b)));
    expect(ids.toSorted()).toEqual(ids);
    expect(byBytes).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  // prettier-ignore
  it.each<[what: string, value: unknown]>([
    ['another kind',               newId('seat')],
    ['a kind that ends the same',  `x${newId('team')}`],
    ['no prefix',                  idSuffix(newId('team'))],
    ['upper case',                 newId('team').toUpperCase()],
    ['a letter outside base 32',   'team_01k3qu5w3ve8grm6bz9s1x2y3l'],
    ['more than 128 bits',         `team_8${'z'.repeat(25)}`],
    ['one character too few',      newId('team').slice(0, -1)],
    ['one character too many',     `${newId('team')}0`],
    ['a line behind it',           `${newId('team')}\n`],
    ['nothing',                    ''],
    ['a number',                   7],
    ['null',                       null],
    ['a list that prints the same', [newId('team')]],
  ])('is refused where a team’s is wanted if it is %s', (_what, value) => {
    expect(isId('team', value)).toBe(false);
  });
});

describe('an id argument', () => {
  const pipe = new IdPipe('product');

  it('passes if it is of the kind asked for', () => {
    const id = newId('product');
    expect(pipe.transform(id, { type: 'custom', data: 'id' })).toBe(id);
  });

  it('is named in the refusal if it is not', () => {
    const attempt = (): unknown => pipe.transform(newId('team'), { type: 'custom', data: 'productId' });
    expect(attempt).toThrow(RequestError);
    expect(attempt).toThrow('productId: Must be an id that begins with product_.');
  });
});

it('a class without a primary id is told by name', () => {
  class Nameless {
    readonly name = 'nobody';
  }
  expect(() => prefixOf(Nameless)).toThrow('Nameless has no primary IdColumn');
});
