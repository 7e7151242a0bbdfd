import type { Kind, Run } from '../command.js';
import type { Person } from '../promises/people.js';
import { agrees } from '../promises/privacy.js';
import { PHONE_CODES_PER_PERSON } from '../world.js';
import { ask, promisedTo } from './asking.js';

/** More often than a server asks WeChat for somebody's number. */
const MANY = PHONE_CODES_PER_PERSON + 1;

interface Giving {
  readonly person: Person;
  readonly number: string;
  readonly isAgain: boolean;
  readonly times: number;
}

/** Somebody gives a telephone number, with a fresh code or with the last one again, or again and again. */
export const phoneUpdate: Kind<Giving> = {
  name: 'phoneUpdate',
  mutations: ['phoneUpdate'],
  weight: 5,
  choose: ({ people }, dice) => {
    const without = people.filter(({ contact }) => contact.code !== null && contact.phone === null);
    const willing = people.filter((person) => agrees(person, 'PHONE'));
    const person = dice.oneOf(dice.happens(15) ? people : without.length > 0 ? without : willing);
    const number = dice.pick('13812345678', '13912345678');
    if (!person) return null;
    const isAgain = person.contact.code !== null && dice.happens(60);
    return { person, number, isAgain, times: !isAgain && dice.happens(10) ? MANY : 1 };
  },
  tell: ({ person, number, isAgain, times }) =>
    `${person.name} gives ${isAgain ? 'the telephone number again, with the same code' : `the telephone number ${number}`}${times > 1 ? `, ${times} times` : ''}`,
  act: async ({ times, ...giving }, _model, run) => {
    let answer = '';
    for (let time = 0; time < times; time += 1) answer = await giveNumber(giving, run);
    return giving.isAgain ? `${answer} for the same code` : answer;
  },
};

/** Somebody takes the telephone number back. */
export const phoneRemove: Kind<Person> = {
  name: 'phoneRemove',
  mutations: ['phoneRemove'],
  weight: 4,
  choose: ({ people }, dice) => {
    const withNumber = people.filter(({ contact }) => contact.phone !== null);
    return dice.oneOf(withNumber.length > 0 ? withNumber : people);
  },
  tell: ({ name }) => `${name} takes the telephone number back`,
  act: async (person, _model, run) => {
    const promised = promisedTo(person, () => 'User');
    const { type } = await ask(run, run.world.phoneOf(person), 'phoneRemove', promised);
    if (type === 'User') person.contact.phone = null;
    return type;
  },
};

async function giveNumber({ person, number, isAgain }: Omit<Giving, 'times'>, run: Run): Promise<string> {
  const { contact } = person;
  const phone = run.world.phoneOf(person);
  const code = isAgain ? contact.code! : await phone.phoneCode({ pure_phone_number: number });
  const promised = promisedTo(person, () => givingOf(person, isAgain));
  const { type } = await ask(run, phone, 'phoneUpdate', promised, { code });
  if (type === 'User' && !isAgain) Object.assign(contact, { phone: number, code });
  return type;
}

/** A code that brought the number which stands is not asked about again, any other is, and is good once. */
function givingOf(person: Person, isAgain: boolean): string {
  const { contact } = person;
  if (isAgain && contact.phone !== null) return 'User';
  if (!agrees(person, 'PHONE')) return 'ConsentMissing';
  if (contact.codes >= PHONE_CODES_PER_PERSON) return 'TooManyAttempts';
  contact.codes += 1;
  return isAgain ? 'PhoneCodeInvalid' : 'User';
}
