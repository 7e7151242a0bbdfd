import { expect } from '@jest/globals';
import type { Phone } from '../../../support/phone.js';
import type { Kind, Run } from '../command.js';
import type { Model } from '../promises/model.js';
import type { Person, Session } from '../promises/records.js';
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
  choose: ({ people }, dice) => {
    const out = people.filter(({ session }) => session.isOver);
    const person = out.length > 0 ? dice.oneOf(out) : dice.oneOf(people);
    return person && { person, isUsed: dice.happens(15), times: dice.happens(8) ? MANY : 1 };
  },
  tell: ({ person, isUsed, times }) =>
    `${person.name} logs in${isUsed ? ' with a code that was used' : ''}${times > 1 ? ` ${times} times` : ''}`,
  act: async ({ times, ...each }, _model, run) => {
    let answer = await logIn(each, run);
    for (let more = times - 1; more > 0; more -= 1) answer = await logIn(each, run);
    return answer;
  },
};

/** A phone renews its tokens, with the newest one or with the one before. */
export const sessionRefresh: Kind<{ readonly person: Person; readonly isOld: boolean }> = {
  name: 'sessionRefresh',
  mutations: ['sessionRefresh'],
  weight: 2,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
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
  weight: 1,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    return person && { person, nickname: dice.pick<string | null>('桂花', null, '桂\n花') };
  },
  tell: ({ person, nickname }) => `${person.name} wants to be called ${JSON.stringify(nickname)}`,
  act: async ({ person, nickname }, _model, run) => {
    const promised = promisedTo(person, () => (nickname?.includes('\n') ? 'BAD_USER_INPUT' : 'User'));
    const { type, value } = await ask(run, run.world.phoneOf(person), 'profileUpdate', promised, { nickname });
    if (type === 'User') expect(value['nickname']).toBe(nickname);
    return type;
  },
};

/** An operator shuts somebody out, or lets somebody in. */
export const userDisable: Kind<{ readonly person: Person; readonly isDisabled: boolean }> = {
  name: 'userDisable',
  mutations: ['userDisable', 'userEnable'],
  weight: 1,
  choose: ({ people }, dice) => {
    const out = people.find(({ isDisabled }) => isDisabled);
    if (out && dice.happens(80)) return { person: out, isDisabled: false };
    const person = dice.oneOf(people);
    return person && { person, isDisabled: true };
  },
  tell: ({ person, isDisabled }) => `an operator ${isDisabled ? 'shuts out' : 'lets in'} ${person.name}`,
  act: async ({ person, isDisabled }, _model, run) => {
    const operator = await run.world.operator();
    const mutation = isDisabled ? 'userDisable' : 'userEnable';
    const input = { userId: person.userId, reason: 'a run of the model' };
    const { type, value } = await ask(run, operator, mutation, 'User', input);
    expect(value['status']).toBe(isDisabled ? 'DISABLED' : 'ACTIVE');
    person.isDisabled = isDisabled;
    if (isDisabled) person.session.isOver = true;
    return `${mutation} ${type}`;
  },
};

async function logIn({ person, isUsed }: Omit<LoggingIn, 'times'>, run: Run): Promise<string> {
  const phone = run.world.phoneOf(person);
  const code = await phone.loginCode();
  phone.accessToken = null;
  const answer = await ask(run, phone, 'login', loginOf(person), { code });
  if (answer.type === 'Login') person.session = sessionIn(answer);
  const used = isUsed ? await ask(run, phone, 'login', 'LoginCodeInvalid', { code }) : answer;
  keep(phone, person.session);
  return used.type;
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
