import { expect } from '@jest/globals';
import { newId } from '#common';
import { MessageKind } from '#notifications';
import type { Kind, Run } from '../command.js';
import type { Person } from '../promises/people.js';
import { ask, newKey, promisedTo } from './asking.js';

/** Which kinds somebody has switched off. */
const switchedOff = new WeakMap<Person, Set<MessageKind>>();

const anybody: Kind<Person>['choose'] = ({ people }, dice) => dice.oneOf(people);

/** Somebody has answered WeChat's sheet, about a template that the shop does not have, and the phone tells of it twice. */
export const messageGrantsRecord: Kind<Person> = {
  name: 'messageGrantsRecord',
  mutations: ['messageGrantsRecord'],
  weight: 3,
  choose: anybody,
  tell: ({ name }) => `${name} has answered whether messages may be sent`,
  act: async (person, _model, run) => {
    const phone = run.world.phoneOf(person);
    const promised = promisedTo(person, () => 'MessageSettings');
    const input = { answers: [{ templateId: 'tpl_of_another_version', isAccepted: true }], idempotencyKey: newKey() };
    const { type } = await ask(run, phone, 'messageGrantsRecord', promised, input);
    await ask(run, phone, 'messageGrantsRecord', promised, input);
    return type;
  },
};

/** Somebody switches a kind of message on or off. */
export const messageSettingsUpdate: Kind<{
  readonly person: Person;
  readonly kind: MessageKind;
  readonly isOn: boolean;
}> = {
  name: 'messageSettingsUpdate',
  mutations: ['messageSettingsUpdate'],
  weight: 3,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    const kind = dice.oneOf(Object.values(MessageKind));
    return person && kind && { person, kind, isOn: dice.happens(50) };
  },
  tell: ({ person, kind, isOn }) => `${person.name} switches ${kind} ${isOn ? 'on' : 'off'}`,
  act: async ({ person, kind, isOn }, _model, run) => {
    const promised = promisedTo(person, () => 'MessageSettings');
    const { type, value } = await ask(run, run.world.phoneOf(person), 'messageSettingsUpdate', promised, {
      kind,
      isOn,
    });
    if (type !== 'MessageSettings') return type;
    const off = switchedOff.get(person) ?? new Set();
    switchedOff.set(person, off);
    if (isOn) off.delete(kind);
    else off.add(kind);
    const kinds = value['kinds'] as { kind: MessageKind; isOn: boolean }[];
    expect(
      kinds
        .filter((each) => !each.isOn)
        .map((each) => each.kind)
        .toSorted(),
    ).toEqual([...off].toSorted());
    return type;
  },
};

/** Somebody reads the newest message; whoever has none finds none. */
export const messageRead: Kind<Person> = {
  name: 'messageRead',
  mutations: ['messageRead'],
  weight: 3,
  choose: anybody,
  tell: ({ name }) => `${name} reads a message`,
  act: async (person, _model, run) => {
    const newest = await newestOf(person, run);
    const promised = promisedTo(person, () => (newest === null ? 'NOT_FOUND' : 'Message'));
    const input = { messageId: newest ?? newId('message') };
    const { type, value } = await ask(run, run.world.phoneOf(person), 'messageRead', promised, input);
    if (type === 'Message') expect(value['readAt']).not.toBeNull();
    return type;
  },
};

/** Somebody has been shown everything. */
export const messagesReadAll: Kind<Person> = {
  name: 'messagesReadAll',
  mutations: ['messagesReadAll'],
  weight: 2,
  choose: anybody,
  tell: ({ name }) => `${name} has read all messages`,
  act: async (person, _model, run) => {
    const promised = promisedTo(person, () => 'true');
    const phone = run.world.phoneOf(person);
    const { type } = await ask(run, phone, 'messagesReadAll', promised, { upToMessageId: newId('message') });
    if (type === 'true') expect(await phone.ask('{ messagesUnreadCount }')).toBe(0);
    return type;
  },
};

/** What the shop says of it, which is all that the model knows of messages. */
async function newestOf(person: Person, { world }: Run): Promise<string | null> {
  if (promisedTo(person, () => 'shown') !== 'shown') return null;
  const { edges } = await world
    .phoneOf(person)
    .ask<{ edges: { node: { id: string } }[] }>('{ messages(first: 1) { edges { node { id } } } }');
  return edges[0]?.node.id ?? null;
}
