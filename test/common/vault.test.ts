import { describe, expect, it } from '@jest/globals';
import { type Id, newId, Sealed, SealBroken, Vault } from '#common';

const [ONE, TWO, INDEX] = ['A', 'B', 'I'].map((letter) => letter.repeat(43)) as [string, string, string];
const vaultWith = (DATA_KEYS: string, DATA_INDEX_KEY = INDEX): Vault => new Vault({ DATA_KEYS, DATA_INDEX_KEY });
const vault = vaultWith(`1:${ONE}`);
const PLACE = 'user.openid';
const row: Id = newId('user');

describe('what is sealed', () => {
  it.each(['oX1', '', '微信用户', 'x'.repeat(1_000)])('is read again where it was sealed: %p', (value) => {
    expect(vault.open(PLACE, row, vault.seal(PLACE, row, value))).toBe(value);
  });

  it('does not show what it is, and looks different each time', () => {
    const [first, second] = [vault.seal(PLACE, row, 'openid-of-ana'), vault.seal(PLACE, row, 'openid-of-ana')];
    expect(first.bytes.includes('openid')).toBe(false);
    expect(first.bytes.equals(second.bytes)).toBe(false);
    expect(JSON.stringify({ first, text: String(first) })).toBe('{"first":"[sealed]","text":"[sealed]"}');
  });

  // prettier-ignore
  it.each<[what: string, open: (sealed: Sealed) => string]>([
    ['in another row',                  (sealed) => vault.open(PLACE, newId('user'), sealed)],
    ['in another column',               (sealed) => vault.open('user.unionid', row, sealed)],
    ['by another key of that number',   (sealed) => vaultWith(`1:${TWO}`).open(PLACE, row, sealed)],
    ['without a key of that number',    (sealed) => vaultWith(`2:${ONE}`).open(PLACE, row, sealed)],
    ['with its last byte gone',         ({ bytes }) => vault.open(PLACE, row, new Sealed(bytes.subarray(0, -1)))],
    ['with nothing but its number',     ({ bytes }) => vault.open(PLACE, row, new Sealed(bytes.subarray(0, 1)))],
    ['when nothing is left of it',      () => vault.open(PLACE, row, new Sealed(Buffer.alloc(0)))],
  ])('does not open %s', (_what, open) => {
    expect(() => open(vault.seal(PLACE, row, 'oX1'))).toThrow(SealBroken);
  });

  it('does not open with any one bit of it turned', () => {
    const { bytes } = vault.seal(PLACE, row, 'oX1');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => vault.open(PLACE, row, new Sealed(changed))).toThrow(SealBroken);
    }
  });

  it('names the row and never the value when it does not open', () => {
    const sealed = vault.seal(PLACE, row, 'openid-of-ana');
    const broken = (): string => vault.open('user.unionid', row, sealed);
    expect(broken).toThrow(`user.unionid of ${row}`);
    expect(broken).not.toThrow('ana');
  });
});

describe('a new key', () => {
  it('seals from now on, while what the old one sealed still opens', () => {
    const both = vaultWith(`2:${TWO},1:${ONE}`);
    expect(both.newestKeyId).toBe(2);
    expect(both.seal(PLACE, row, 'oX1').bytes[0]).toBe(2);
    expect(both.open(PLACE, row, vault.seal(PLACE, row, 'oX1'))).toBe('oX1');
  });
});

describe('a blind index', () => {
  it('is the same for the same value in the same column, and for nothing else', () => {
    const index = vault.blindIndex(PLACE, 'oX1');
    expect(index).toHaveLength(32);
    expect(vaultWith(`2:${TWO}`).blindIndex(PLACE, 'oX1')).toEqual(index);
    expect(vault.blindIndex(PLACE, 'oX2')).not.toEqual(index);
    expect(vault.blindIndex('user.unionid', 'oX1')).not.toEqual(index);
    expect(vaultWith(`1:${ONE}`, TWO).blindIndex(PLACE, 'oX1')).not.toEqual(index);
  });
});

describe('keys', () => {
  // prettier-ignore
  it.each<[what: string, settings: { DATA_KEYS?: string; DATA_INDEX_KEY?: string }, named: RegExp]>([
    ['none at all',           {},                                                             /DATA_KEYS.*DATA_INDEX_KEY/],
    ['without a number',      { DATA_KEYS: ONE, DATA_INDEX_KEY: INDEX },                      /DATA_KEYS/],
    ['of number 0',           { DATA_KEYS: `0:${ONE}`, DATA_INDEX_KEY: INDEX },               /DATA_KEYS/],
    ['of number 256',         { DATA_KEYS: `256:${ONE}`, DATA_INDEX_KEY: INDEX },             /DATA_KEYS/],
    ['of one number twice',   { DATA_KEYS: `1:${ONE},1:${TWO}`, DATA_INDEX_KEY: INDEX },      /DATA_KEYS/],
    ['too short',             { DATA_KEYS: `1:${ONE.slice(1)}`, DATA_INDEX_KEY: INDEX },      /DATA_KEYS/],
    ['with an end missing',   { DATA_KEYS: `1:${ONE},`, DATA_INDEX_KEY: INDEX },              /DATA_KEYS/],
    ['without an index key',  { DATA_KEYS: `1:${ONE}` },                                      /DATA_INDEX_KEY/],
    ['a short index key',     { DATA_KEYS: `1:${ONE}`, DATA_INDEX_KEY: 'short' },             /DATA_INDEX_KEY/],
  ])('that cannot be used are named and not repeated: %s', (_what, settings, named) => {
    const open = (): Vault => new Vault(settings);
    expect(open).toThrow(named);
    expect(open).not.toThrow(/AAAA|IIII|short/);
  });
});
