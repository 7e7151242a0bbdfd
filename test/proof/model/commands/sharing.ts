import { expect } from '@jest/globals';
import type { Kind } from '../command.js';
import type { Person } from '../promises/people.js';
import { ask, promisedTo } from './asking.js';

type Sharing = 'shareSceneCreate' | 'shareCodeCreate' | 'shareLinkCreate';

interface Wish {
  readonly person: Person;
  readonly mutation: Sharing;
}

const MADE: Readonly<Record<Sharing, string>> = {
  shareSceneCreate: 'ShareScene',
  shareCodeCreate: 'ShareCode',
  shareLinkCreate: 'ShareLink',
};

/** Somebody shares the goods: the scene is always the same one, and codes and links carry it. */
export const shareGoods: Kind<Wish> = {
  name: 'shares the goods',
  mutations: ['shareSceneCreate', 'shareCodeCreate', 'shareLinkCreate'],
  weight: 2,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    return person && { person, mutation: dice.pick<Sharing>('shareSceneCreate', 'shareCodeCreate', 'shareLinkCreate') };
  },
  tell: ({ person, mutation }) => `${person.name} shares the goods by ${mutation}`,
  act: async ({ person, mutation }, { goods, scenes }, run) => {
    const promised = promisedTo(person, () => (goods.isOnSale ? MADE[mutation] : 'NotShareable'));
    const thing = { targetType: 'PRODUCT', targetId: goods.productId };
    const input = mutation === 'shareLinkCreate' ? { ...thing, kind: 'URL_LINK' } : thing;
    const { type, value } = await ask(run, run.world.phoneOf(person), mutation, promised, input);
    if (type !== MADE[mutation]) return type;
    expect(value['scene']).toBe(scenes.get(person) ?? value['scene']);
    scenes.set(person, String(value['scene']));
    return type;
  },
};
