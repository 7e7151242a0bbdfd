import { expect } from '@jest/globals';
import type { Kind } from '../command.js';
import type { Person } from '../promises/people.js';
import { ask } from './asking.js';

/** An operator shuts somebody out, or lets somebody in. */
export const userDisable: Kind<{ readonly person: Person; readonly isDisabled: boolean }> = {
  name: 'userDisable',
  mutations: ['userDisable', 'userEnable'],
  weight: 2,
  choose: ({ people }, dice) => {
    const out = people.find(({ isDisabled }) => isDisabled);
    if (out && dice.happens(60)) return { person: out, isDisabled: false };
    const person = dice.oneOf(people);
    return person && { person, isDisabled: true };
  },
  tell: ({ person, isDisabled }) => `an operator ${isDisabled ? 'shuts out' : 'lets in'} ${person.name}`,
  act: async ({ person, isDisabled }, _model, run) => {
    const operator = await run.world.operator();
    const mutation = isDisabled ? 'userDisable' : 'userEnable';
    const input = { userId: person.userId, reason: 'a run of the model' };
    const promised = person.hasLeft ? 'NOT_FOUND' : 'User';
    const { type, value } = await ask(run, operator, mutation, promised, input);
    if (type !== 'User') return `${mutation} ${type}`;
    expect(value['status']).toBe(isDisabled ? 'DISABLED' : 'ACTIVE');
    person.isDisabled = isDisabled;
    if (isDisabled) person.session.isOver = true;
    return `${mutation} ${type}`;
  },
};
