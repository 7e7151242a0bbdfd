import { expect } from '@jest/globals';
import { type ConsentPurpose, Purpose } from '#common';
import { versionOf } from '#privacy';
import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import type { Model } from '../promises/model.js';
import type { Person } from '../promises/people.js';
import { agrees, give, leave, openMatters, withdraw } from '../promises/privacy.js';
import { ask, promisedTo } from './asking.js';

interface Word {
  readonly person: Person;
  readonly purpose: Purpose;
}

/** Somebody agrees to a purpose, by the text of today or by one that nobody has written yet. */
export const consentGive: Kind<Word & { readonly isTextOfToday: boolean }> = {
  name: 'consentGive',
  mutations: ['consentGive'],
  weight: 5,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    return person && { person, purpose: purposeBy(dice), isTextOfToday: !dice.happens(15) };
  },
  tell: ({ person, purpose, isTextOfToday }) =>
    `${person.name} agrees to ${purpose}${isTextOfToday ? '' : ' by another text'}`,
  act: async ({ person, purpose, isTextOfToday }, _model, run) => {
    const promised = promisedTo(person, () => give(person, purpose, isTextOfToday));
    const input = { purpose, version: versionOf(purpose) + (isTextOfToday ? 0 : 1) };
    const { type, value } = await ask(run, run.world.phoneOf(person), 'consentGive', promised, input);
    if (type === 'PrivacyConsent') expect(value['isGiven']).toBe(true);
    return type;
  },
};

/** Somebody agrees no longer. */
export const consentWithdraw: Kind<Word> = {
  name: 'consentWithdraw',
  mutations: ['consentWithdraw'],
  weight: 4,
  choose: ({ people }, dice) => {
    const given = people.flatMap((person) =>
      ASKED.filter((purpose) => agrees(person, purpose)).map((purpose) => ({ person, purpose })),
    );
    const used = given.filter(isUsed);
    if (given.length > 0 && dice.happens(80)) return dice.oneOf(used.length > 0 && dice.happens(60) ? used : given);
    const person = dice.oneOf(people);
    return person && { person, purpose: purposeBy(dice) };
  },
  tell: ({ person, purpose }) => `${person.name} agrees to ${purpose} no longer`,
  act: async ({ person, purpose }, _model, run) => {
    const promised = promisedTo(person, () => withdraw(person, purpose));
    const { type, value } = await ask(run, run.world.phoneOf(person), 'consentWithdraw', promised, { purpose });
    if (type === 'PrivacyConsent') expect(value['isGiven']).toBe(false);
    return type;
  },
};

type How = 'as it should be' | 'without the word' | 'with a code of another' | 'with a made-up code';

/** Somebody erases the account, or tries to. */
export const accountErase: Kind<{ readonly person: Person; readonly how: How }> = {
  name: 'accountErase',
  mutations: ['accountErase'],
  weight: 5,
  choose: (model, dice) => {
    const free = model.people.filter((person) => !person.hasLeft && openMatters(model, person).size === 0);
    const busy = model.people.filter((person) => !free.includes(person));
    const person = dice.happens(50) ? dice.oneOf(free) : dice.oneOf(busy);
    const right: How = 'as it should be';
    return person && { person, how: dice.pick<How>(right, right, right, right, ...WRONG) };
  },
  tell: ({ person, how }) => `${person.name} erases the account ${how}`,
  act: async ({ person, how }, model, run) => {
    const promised = promisedTo(person, () => erasing(model, person, how));
    const input = { code: await codeFor(person, how, model, run), confirmation: wordFor(how) };
    const { type, value } = await ask(run, run.world.phoneOf(person), 'accountErase', promised, input);
    if (type === 'AccountErased') leave(model, person);
    if (type !== 'AccountStillOpen') return `${type} ${how}`;
    const matters = value['matters'] as { readonly kind: string; readonly count: number }[];
    const open = openMatters(model, person);
    expect(Object.fromEntries(matters.map(({ kind, count }) => [kind, count]))).toEqual(Object.fromEntries(open));
    return `${type}: ${[...open.keys()].toSorted().join(', ')}`;
  },
};

const WRONG = ['without the word', 'with a code of another', 'with a made-up code'] as const;
const ASKED: readonly ConsentPurpose[] = ['PHONE', 'ADDRESS_BOOK', 'SHOW_PROFILE', 'SHARE_WITH_LEADER'];

/** Whether anything goes with the consent. */
function isUsed({ person: { contact }, purpose }: Word): boolean {
  return purpose === 'PHONE' ? contact.phone !== null : purpose === 'ADDRESS_BOOK' && contact.book.length > 0;
}

function purposeBy(dice: Dice): Purpose {
  return dice.happens(15) ? dice.pick(Purpose.ACCOUNT, Purpose.ORDERS, Purpose.SAFETY) : dice.oneOf(ASKED)!;
}

function erasing(model: Model, person: Person, how: How): string {
  if (how === 'without the word') return 'BAD_USER_INPUT';
  if (how !== 'as it should be') return 'LoginCodeInvalid';
  return openMatters(model, person).size > 0 ? 'AccountStillOpen' : 'AccountErased';
}

function wordFor(how: How): string {
  return how === 'without the word' ? 'erase' : 'ERASE';
}

async function codeFor(person: Person, how: How, { people }: Model, run: Run): Promise<string> {
  const { world } = run;
  if (how === 'with a made-up code') return 'nobody was given this one';
  if (how !== 'with a code of another') return world.phoneOf(person).loginCode();
  const isAnother = ({ name }: Person): boolean => world.phoneOf({ name }).person !== world.phoneOf(person).person;
  return world.phoneOf(people.find(isAnother)!).loginCode();
}
