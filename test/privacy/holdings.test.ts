import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonalDataHolders } from '#common';
import { COLUMNS, NOT_OF_BUYERS } from '../../src/data-classes.js';
import { Shop } from '../support/shop.js';
import { rootFields } from '../api/root-fields.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

describe('what modules say they hold of people', () => {
  it('names every personal and sensitive column of the database that is not of the staff, each once, and nothing that is neither', () => {
    const classed = Object.entries(COLUMNS).flatMap(([table, { personal = [], sensitive = [] }]) =>
      [...personal, ...sensitive].map((column) => `${table}.${column}`),
    );
    const named = shop.get(PersonalDataHolders).holdings.flatMap(({ columns }) => columns);
    expect([...named, ...Object.keys(NOT_OF_BUYERS)].toSorted()).toEqual(classed.toSorted());
  });

  it('has a name of its own for each category, and a mutation that exists where it can be corrected', async () => {
    const { holdings } = shop.get(PersonalDataHolders);
    expect(new Set(holdings.map(({ category }) => category)).size).toBe(holdings.length);
    expect(holdings.length).toBeGreaterThanOrEqual(14);
    const names = new Set((await rootFields(shop.guest)).map(({ name }) => name));
    const correcting = holdings.flatMap(({ correctedBy }) => correctedBy ?? []);
    expect(correcting.filter((name) => !names.has(name))).toEqual([]);
  });
});
