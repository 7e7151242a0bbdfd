import { expect } from '@jest/globals';
import type { Kind } from '../command.js';
import { isIn } from '../compare.js';
import type { Model } from '../promises/model.js';
import type { Person } from '../promises/people.js';
import type { World } from '../world.js';

/** Somebody asks what the shop holds of them. */
export const holdingsLook: Kind<Person> = {
  name: 'asks what is held',
  mutations: [],
  weight: 3,
  choose: ({ people }, dice) => dice.oneOf(people.filter(isIn)),
  tell: ({ name }) => `${name} asks what is held`,
  act: async (person, model, { world }) => {
    await expectHoldings(person, model, world);
    return 'told';
  },
};

/** The shop tells people that it holds of them just what they have given it and not taken back. */
export async function expectHoldings(person: Person, model: Model, world: World): Promise<void> {
  const { categories } = await world
    .phoneOf(person)
    .ask<{ categories: { name: string; count: number }[] }>('{ personalData { categories { name count } } }');
  const held = Object.fromEntries(categories.map(({ name, count }) => [name, count]));
  expect({ [person.name]: held }).toMatchObject({ [person.name]: heldOf(person, model) });
}

/** Sessions, keys of requests, decisions and looks are not counted here. */
function heldOf(person: Person, { purchases, scenes }: Model): object {
  const { contact, album, blocks, consents, userId } = person;
  const own = purchases.filter(({ buyer }) => buyer.userId === userId);
  return {
    ...{ ACCOUNT: 1, PHONE: contact.phone === null ? 0 : 1, ADDRESSES: contact.book.length, BLOCKS: blocks.size },
    IMAGES: album.pictures.filter(({ status }) => status !== 'DELETED').length,
    SHARES: scenes.has(person) ? 1 : 0,
    ...{ CONSENTS: consents.acts, ORDERS: own.length, DELIVERIES: own.length },
    AFTER_SALES: own.reduce((sum, { cases }) => sum + cases.length, 0),
    PARCELS: own.reduce((sum, { parcels }) => sum + parcels.length, 0),
    TEAMS: own.filter(({ team }) => team !== null).length,
    PAYMENTS: own.reduce((sum, { attempts }) => sum + attempts.length, 0),
  };
}
