import { expect } from '@jest/globals';
import { aDelivery } from '../../../support/deliveries.js';
import type { Kind, Run } from '../command.js';
import { addingBy, enter, isIn, strike } from '../promises/contact.js';
import type { Model } from '../promises/model.js';
import type { Entry, Person } from '../promises/people.js';
import { agrees } from '../promises/privacy.js';
import { ask, newKey, promisedTo } from './asking.js';

/** As many as fill a book. */
const MANY = 21;
const NAMES = ['张三', '李四', '王五'] as const;

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
  weight: 6,
  choose: ({ people }, dice) => {
    const willing = people.filter((person) => agrees(person, 'ADDRESS_BOOK'));
    const [person, recipientName] = [dice.oneOf(dice.happens(15) ? people : willing), dice.pick(...NAMES)];
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
  weight: 3,
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
  weight: 3,
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
  weight: 5,
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
