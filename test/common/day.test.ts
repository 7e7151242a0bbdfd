import { expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsDay } from '#common';

class Form {
  @IsDay()
  day: unknown;
}

// prettier-ignore
it.each<[day: unknown, isDay: boolean]>([
  ['2026-11-22',  true],
  ['2028-02-29',  true],
  ['2026-02-29',  false],
  ['2026-13-01',  false],
  ['2026-00-10',  false],
  ['2026-11-2',   false],
  ['2026-11-22T', false],
  ['22.11.2026',  false],
  ['',            false],
  [20261122,      false],
  [null,          false],
])('%j is a day of the calendar: %s', (day, isDay) => {
  expect(validateSync(Object.assign(new Form(), { day }))).toHaveLength(isDay ? 0 : 1);
});
