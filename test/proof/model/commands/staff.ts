import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import type { Model } from '../promises/model.js';
import type { Colleague } from '../promises/people.js';
import { ask, UNAUTHENTICATED } from './asking.js';
import { colleagueIn, type How, kindOf, obvious, obviously, show } from './colleague.js';
import { refreshOf, renew, sessionIn } from './identity.js';
import { clock } from './machinery.js';

/** As src/identity/staff counts them. */
const FAILURES_MAX = 5;
/** Later than a token that was renewed is still good. */
const LATER_SECONDS = 120;
const SELDOM: How = 'with wrong codes, again and again';

/** A colleague logs in. */
export const staffLogin = kindOf('staffLogin', 4, howToProve, (how, colleague, run) =>
  asOftenAs(how, () => logIn(how, colleague, run)),
);

async function logIn(how: How, colleague: Colleague, run: Run): Promise<string> {
  const { desk, password } = colleague;
  const { code, promised } = proving(how, colleague, 'StaffLogin');
  desk.accessToken = null;
  const answer = await ask(run, desk, 'staffLogin', promised, { loginName: desk.loginName, password, code });
  if (answer.type === 'StaffLogin') colleague.session = sessionIn(answer);
  show(colleague);
  return answer.type;
}

/** A colleague takes another password. */
export const staffPasswordChange = kindOf(
  'staffPasswordChange',
  6,
  (dice) => (dice.happens(15) ? obviously : howToProve(dice)),
  (how, colleague, run) => asOftenAs(how, () => changePassword(how, colleague, run)),
);

async function changePassword(how: How, colleague: Colleague, run: Run): Promise<string> {
  const { desk, password, session } = colleague;
  const newPassword = how === obviously ? obvious(desk.loginName) : `${password.slice(0, 60)}, another one`;
  const isOut = session === null || session.isOver;
  if (isOut || how === obviously) {
    const input = { password, code: desk.wrongCode(), newPassword };
    return (await ask(run, desk, 'staffPasswordChange', isOut ? UNAUTHENTICATED : 'PasswordObvious', input)).type;
  }
  const { code, promised } = proving(how, colleague, 'Staff');
  const { type } = await ask(run, desk, 'staffPasswordChange', promised, { password, code, newPassword });
  if (type === 'Staff') colleague.password = newPassword;
  return type;
}

async function asOftenAs(how: How, attempt: () => Promise<string>): Promise<string> {
  let answer = await attempt();
  for (let more = how === SELDOM ? FAILURES_MAX : 0; more > 0; more -= 1) answer = await attempt();
  return answer;
}

interface Renewing {
  readonly isOld: boolean;
  /** Whether the newest token is taken at first, and the one before some minutes later. */
  readonly isTwice: boolean;
}

/** A colleague's browser renews its tokens, with the newest one or with the one before. */
export const staffSessionRefresh: Kind<Renewing> = {
  name: 'staffSessionRefresh',
  mutations: ['staffSessionRefresh'],
  weight: 5,
  choose: ({ colleague }, dice) => {
    if (!colleague?.session) return null;
    const isOld = colleague.session.previous !== null && dice.happens(50);
    return { isOld, isTwice: !isOld && dice.happens(30) };
  },
  tell: ({ isOld, isTwice }) =>
    `a colleague renews ${isOld ? 'a token that was renewed' : 'the tokens'}${isTwice ? ', and minutes later the one before' : ''}`,
  act: async ({ isOld, isTwice }, model, run) => {
    const answer = await refresh(isOld, model, run);
    if (!isTwice || answer !== 'StaffLogin') return isOld ? `${answer} for the one before` : answer;
    await clock.act(LATER_SECONDS, model, run);
    return `${await refresh(true, model, run)} for the one before`;
  },
};

async function refresh(isOld: boolean, model: Model, run: Run): Promise<string> {
  const colleague = await colleagueIn(model, run);
  const session = colleague.session!;
  const promised = refreshOf(model, { session, isDisabled: false }, isOld);
  colleague.desk.accessToken = null;
  const refreshToken = isOld ? session.previous : session.refresh;
  const type = promised === 'Login' ? 'StaffLogin' : promised;
  const answer = await ask(run, colleague.desk, 'staffSessionRefresh', type, { refreshToken });
  if (answer.type === 'StaffLogin') renew(model, session, answer, isOld);
  show(colleague);
  return answer.type;
}

function howToProve(dice: Dice): How {
  return dice.pick<How>(
    'as it should be',
    'as it should be',
    'as it should be',
    'with a wrong code',
    'with a used code',
    SELDOM,
  );
}

/** A code of the kind, and what comes of it; a good one is used up. */
function proving(how: How, colleague: Colleague, accepted: string): { code: string; promised: string } {
  const isLimited = colleague.failures >= FAILURES_MAX;
  const good = how === 'as it should be' ? goodCodeOf(colleague) : undefined;
  if (!isLimited && good !== undefined) {
    useUp(colleague, good);
    return { code: good, promised: accepted };
  }
  if (!isLimited) colleague.failures += 1;
  const bad = (how === 'with a used code' ? colleague.usedCodes.at(-1) : undefined) ?? colleague.desk.wrongCode();
  return { code: bad, promised: isLimited ? 'TooManyAttempts' : 'StaffLoginFailed' };
}

/** The authenticator's next code, then what is on paper. */
function goodCodeOf({ isEnrolled, hasNextCode, desk }: Colleague): string | undefined {
  if (!isEnrolled) return undefined;
  return hasNextCode ? desk.code(1) : desk.recoveryCodes[0];
}

function useUp(colleague: Colleague, code: string): void {
  if (colleague.hasNextCode) colleague.hasNextCode = false;
  else colleague.desk.nextRecoveryCode();
  colleague.usedCodes.push(code);
}
