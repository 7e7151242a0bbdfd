import { expect } from '@jest/globals';
import { aDelivery } from '../../../support/deliveries.js';
import type { Kind, Run } from '../command.js';
import { addingBy, enter, isIn, strike } from '../promises/contact.js';
import type { Model } from '../promises/model.js';
import type { Contact, Entry, Person } from '../promises/records.js';
import { PHONE_CODES_PER_PERSON } from '../world.js';
import { ask, newKey, promisedTo } from './asking.js';

/** As many as fill a book. */
const MANY = 21;
const NAMES = ['张三', '李四', '王五'] as const;

/** Somebody gives a telephone number, with a fresh code or with the last one again. */
export const phoneUpdate: Kind<{ readonly person: Person; readonly number: string; readonly isAgain: boolean }> = {
  name: 'phoneUpdate',
  mutations: ['phoneUpdate'],
  weight: 3,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    const number = dice.pick('13812345678', '13912345678');
    return person && { person, number, isAgain: person.contact.code !== null && dice.happens(40) };
  },
  tell: ({ person, number, isAgain }) =>
    `${person.name} gives ${isAgain ? 'the telephone number again, with the same code' : `the telephone number ${number}`}`,
  act: async ({ person, number, isAgain }, _model, run) => {
    const { contact } = person;
    const phone = run.world.phoneOf(person);
    const code = isAgain ? contact.code! : await phone.phoneCode({ pure_phone_number: number });
    const promised = promisedTo(person, () => givingOf(contact, isAgain));
    const { type } = await ask(run, phone, 'phoneUpdate', promised, { code });
    if (type === 'User' && !isAgain) Object.assign(contact, { phone: number, code });
    return isAgain ? `${type} for the same code` : type;
  },
};

/** Somebody takes the telephone number back. */
export const phoneRemove: Kind<Person> = {
  name: 'phoneRemove',
  mutations: ['phoneRemove'],
  weight: 2,
  choose: ({ people }, dice) => dice.oneOf(people),
  tell: ({ name }) => `${name} takes the telephone number back`,
  act: async (person, _model, run) => {
    const promised = promisedTo(person, () => 'User');
    const { type } = await ask(run, run.world.phoneOf(person), 'phoneRemove', promised);
    if (type === 'User') person.contact.phone = null;
    return type;
  },
};

interface Addition {
  readonly person: Person;
  readonly times: number;
  readonly recipientName: string;
  readonly isDefault: boolean;
}

/** Somebody adds an address, or as many as the book takes. */
export const addressAdd: Kind<Addition> = {
  name: 'addressAdd',
  mutations: ['addressAdd'],
  weight: 4,
  choose: ({ people }, dice) => {
    const [person, recipientName] = [dice.oneOf(people), dice.pick(...NAMES)];
    return person && { person, recipientName, isDefault: dice.happens(30), times: dice.happens(10) ? MANY : 1 };
  },
  tell: ({ person, recipientName, times, isDefault }) =>
    `${person.name} adds ${times} addresses of ${recipientName}${isDefault ? ' as the default' : ''}`,
  act: async ({ times, ...addition }, model, run) => {
    let answer = await add(addition, model, run);
    for (let more = times - 1; more > 0; more -= 1) answer = await add(addition, model, run);
    return answer;
  },
};

interface Page {
  readonly person: Person;
  readonly entry: Entry;
}

/** Somebody changes an address: one's own, one that is gone, or another one's. */
export const addressChange: Kind<Page & { readonly label: string | null }> = {
  name: 'addressChange',
  mutations: ['addressChange'],
  weight: 1,
  choose: (model, dice) => {
    const page = pageOf(model, dice);
    return page && { ...page, label: dice.pick<string | null>('家', '公司', null) };
  },
  tell: ({ person, entry, label }) => `${person.name} calls an address of ${entry.owner.name} ${String(label)}`,
  act: async ({ person, entry, label }, _model, run) => {
    const answer = await onPage('addressChange', { person, entry }, run, { label });
    if (answer === 'Address') entry.label = label;
    return answer;
  },
};

/** Somebody makes an address the default. */
export const addressMakeDefault: Kind<Page> = {
  name: 'addressMakeDefault',
  mutations: ['addressMakeDefault'],
  weight: 2,
  choose: pageOf,
  tell: ({ person, entry }) => `${person.name} makes an address of ${entry.owner.name} the default`,
  act: async ({ person, entry }, _model, run) => {
    const answer = await onPage('addressMakeDefault', { person, entry }, run);
    if (answer === 'Address') person.contact.usual = entry;
    return answer;
  },
};

/** Somebody removes an address. */
export const addressRemove: Kind<Page> = {
  name: 'addressRemove',
  mutations: ['addressRemove'],
  weight: 3,
  choose: pageOf,
  tell: ({ person, entry }) => `${person.name} removes an address of ${entry.owner.name}`,
  act: async ({ person, entry }, _model, run) => {
    const wasRemoved = person.contact.removed.includes(entry);
    const known = isIn(person, entry) ? 'true' : wasRemoved ? 'false' : 'NOT_FOUND';
    const promised = promisedTo(person, () => known);
    const { type } = await ask(run, run.world.phoneOf(person), 'addressRemove', promised, { addressId: entry.id });
    if (type === 'true') strike(person.contact, entry);
    return type;
  },
};

/** A code that brought the number which stands is not asked about again, any other is, and is good once. */
function givingOf(contact: Contact, isAgain: boolean): string {
  if (isAgain && contact.phone !== null) return 'User';
  if (contact.codes >= PHONE_CODES_PER_PERSON) return 'TooManyAttempts';
  contact.codes += 1;
  return isAgain ? 'PhoneCodeInvalid' : 'User';
}

async function add(
  { person, recipientName, isDefault }: Omit<Addition, 'times'>,
  model: Model,
  run: Run,
): Promise<string> {
  const phone = run.world.phoneOf(person);
  const promised = promisedTo(person, () => addingBy(person));
  const { address } = aDelivery({ recipientName });
  const input = { address, isDefault, idempotencyKey: newKey() };
  const { type, value } = await ask(run, phone, 'addressAdd', promised, input);
  if (type !== 'Address') return type;
  const entry: Entry = { owner: person, id: String(value['id']), recipientName, label: null };
  enter(person.contact, entry, isDefault);
  model.accepted.push({
    what: 'addressAdd',
    repeat: async () => {
      const kept = promisedTo(person, () => (isIn(person, entry) ? 'Address' : 'NOT_FOUND'));
      const again = await ask(run, phone, 'addressAdd', kept, input);
      if (again.type === 'Address') expect(again.value['id']).toBe(entry.id);
      return again.type;
    },
    abuse: async () => {
      const other = promisedTo(person, () => 'CONFLICT');
      return (await ask(run, phone, 'addressAdd', other, { ...input, label: '另一个' })).type;
    },
  });
  return type;
}

function pageOf({ people }: Model, dice: Parameters<Kind<Page>['choose']>[1]): Page | null {
  const entry = dice.oneOf(people.flatMap(({ contact }) => [...contact.book, ...contact.removed]));
  if (!entry) return null;
  return { entry, person: dice.happens(15) ? dice.pick(entry.owner, ...people) : entry.owner };
}

async function onPage(mutation: string, { person, entry }: Page, run: Run, more = {}): Promise<string> {
  const promised = promisedTo(person, () => (isIn(person, entry) ? 'Address' : 'NOT_FOUND'));
  const input = { addressId: entry.id, ...more };
  return (await ask(run, run.world.phoneOf(person), mutation, promised, input)).type;
}
