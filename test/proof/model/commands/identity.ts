import { expect } from '@jest/globals';
import type { Phone } from '../../../support/phone.js';
import type { Kind, Run } from '../command.js';
import type { Model } from '../promises/model.js';
import { newPerson, type Person, type Session } from '../promises/people.js';
import { type Answer, LOGINS_PER_PERSON } from '../world.js';
import { ask, promisedTo } from './asking.js';

const GRACE_SECONDS = 30;

/** More often than a server lets somebody in. */
const MANY = LOGINS_PER_PERSON + 1;

interface LoggingIn {
  readonly person: Person;
  readonly isUsed: boolean;
  readonly times: number;
}

/** Somebody logs in, with a fresh code or with one that was used, or again and again. */
export const login: Kind<LoggingIn> = {
  name: 'login',
  mutations: ['login'],
  weight: 4,
  choose: (model, dice) => {
    const people = model.people.filter(({ successor }) => successor === null);
    const out = people.filter(({ session }) => session.isOver);
    const person = out.length > 0 ? dice.oneOf(out) : dice.oneOf(people);
    return person && { person, isUsed: dice.happens(15), times: dice.happens(8) ? MANY : 1 };
  },
  tell: ({ person, isUsed, times }) =>
    `${person.name} logs in${isUsed ? ' with a code that was used' : ''}${times > 1 ? ` ${times} times` : ''}`,
  act: async ({ times, person, isUsed }, model, run) => {
    let answer = '';
    for (let time = 0; time < times; time += 1)
      answer = await logIn({ person: person.successor ?? person, isUsed }, model, run);
    return person.successor ? `${answer} as somebody new` : answer;
  },
};

/** A phone renews its tokens, with the newest one or with the one before. */
export const sessionRefresh: Kind<{ readonly person: Person; readonly isOld: boolean }> = {
  name: 'sessionRefresh',
  mutations: ['sessionRefresh'],
  weight: 4,
  choose: ({ people }, dice) => {
    const shutOut = people.filter(({ isDisabled }) => isDisabled);
    const person = dice.oneOf(dice.happens(40) && shutOut.length > 0 ? shutOut : people);
    return person && { person, isOld: person.session.previous !== null && dice.happens(50) };
  },
  tell: ({ person, isOld }) => `${person.name} renews ${isOld ? 'a token that was renewed' : 'the tokens'}`,
  act: async ({ person, isOld }, model, run) => {
    const phone = run.world.phoneOf(person);
    const { session } = person;
    const promised = refreshOf(model, person, isOld);
    phone.accessToken = null;
    const refreshToken = isOld ? session.previous : session.refresh;
    const answer = await ask(run, phone, 'sessionRefresh', promised, { refreshToken });
    if (answer.type === 'Login') renew(model, session, answer, isOld);
    keep(phone, session);
    return isOld ? `${answer.type} for the one before` : answer.type;
  },
};

/** Somebody logs out, of this phone or of all. */
export const logout: Kind<{ readonly person: Person; readonly mutation: string }> = {
  name: 'logout',
  mutations: ['logout', 'logoutEverywhere'],
  weight: 1,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    return person && { person, mutation: dice.pick('logout', 'logoutEverywhere') };
  },
  tell: ({ person, mutation }) => `${person.name} sends ${mutation}`,
  act: async ({ person, mutation }, _model, run) => {
    const promised = promisedTo(person, () => 'true');
    const { type } = await ask(run, run.world.phoneOf(person), mutation, promised);
    person.session.isOver = true;
    return `${mutation} ${type}`;
  },
};

/** Somebody changes the own name. */
export const profileUpdate: Kind<{ readonly person: Person; readonly nickname: string | null }> = {
  name: 'profileUpdate',
  mutations: ['profileUpdate'],
  weight: 3,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    return person && { person, nickname: dice.pick<string | null>('桂花', '小明', null, '桂\n花') };
  },
  tell: ({ person, nickname }) => `${person.name} wants to be called ${JSON.stringify(nickname)}`,
  act: async ({ person, nickname }, _model, run) => {
    const promised = promisedTo(person, () => (nickname?.includes('\n') ? 'BAD_USER_INPUT' : 'User'));
    const { type, value } = await ask(run, run.world.phoneOf(person), 'profileUpdate', promised, { nickname });
    if (type !== 'User') return type;
    expect(value['nickname']).toBe(nickname);
    person.nickname = nickname;
    return type;
  },
};

async function logIn({ person, isUsed }: Omit<LoggingIn, 'times'>, model: Model, run: Run): Promise<string> {
  const phone = person.hasLeft ? run.world.phoneAgain(person, nextNameOf(person)) : run.world.phoneOf(person);
  const code = await phone.loginCode();
  phone.accessToken = null;
  const answer = await ask(run, phone, 'login', loginOf(person), { code });
  if (answer.type === 'Login') comeIn(person, model, answer);
  const used = isUsed ? await ask(run, phone, 'login', 'LoginCodeInvalid', { code }) : answer;
  keep(phone, (person.successor ?? person).session);
  return used.type;
}

function nextNameOf({ name }: Person): string {
  return `${name} again`;
}

/** Whoever has erased the account comes as somebody new. */
function comeIn(person: Person, model: Model, answer: Answer): void {
  const session = sessionIn(answer);
  const { id: userId } = answer.value['user'] as { readonly id: string };
  expect(userId === person.userId).toBe(!person.hasLeft);
  if (!person.hasLeft) person.session = session;
  else {
    person.successor = newPerson({ name: nextNameOf(person), userId, session, logins: person.logins });
    model.people.push(person.successor);
  }
}

export function sessionIn({ value }: Pick<Answer, 'value'>): Session {
  const { accessToken: access, refreshToken: refresh } = value as { accessToken: string; refreshToken: string };
  return { access, refresh, previous: null, rotatedAt: 0, isOver: false };
}

function loginOf(person: Person): string {
  if (person.logins >= LOGINS_PER_PERSON) return 'TooManyAttempts';
  person.logins += 1;
  return person.isDisabled ? 'UserDisabled' : 'Login';
}

export function refreshOf(
  { now }: Model,
  { session, isDisabled }: Pick<Person, 'session' | 'isDisabled'>,
  isOld: boolean,
): string {
  if (isDisabled) return 'UserDisabled';
  if (session.isOver) return 'SessionEnded';
  if (!isOld || now < session.rotatedAt + GRACE_SECONDS) return 'Login';
  session.isOver = true; // Used twice: nobody knows by whom.
  return 'SessionEnded';
}

export function renew({ now }: Model, session: Session, answer: Answer, isOld: boolean): void {
  const { access, refresh } = sessionIn(answer);
  session.access = access;
  if (isOld) expect(refresh).toBe(session.refresh);
  else Object.assign(session, { previous: session.refresh, refresh, rotatedAt: now });
}

export function keep(client: Pick<Phone, 'accessToken' | 'refreshToken'>, { access, refresh }: Session): void {
  Object.assign(client, { accessToken: access, refreshToken: refresh });
}
