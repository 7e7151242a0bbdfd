import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { MaxCharacters } from '#common';

class Note {
  @MaxCharacters(3)
  text: unknown;
}

const isGood = (text: unknown): boolean => validateSync(Object.assign(new Note(), { text })).length === 0;

describe('MaxCharacters', () => {
  it.each<{ what: string; text: unknown; isGood: boolean }>([
    { what: 'as many as there may be', text: '草莓熊', isGood: true },
    { what: 'one more', text: '草莓熊猫', isGood: false },
    { what: 'none', text: '', isGood: true },
    { what: 'characters of two code units', text: '𠮷𠮷𠮷', isGood: true },
    { what: 'selectors, which nobody sees but which take their place', text: `草${'\uFE0F'.repeat(3)}`, isGood: false },
    { what: 'no text at all', text: 7, isGood: false },
  ])('$what: $isGood', ({ text, isGood: expected }) => {
    expect(isGood(text)).toBe(expected);
  });
});
