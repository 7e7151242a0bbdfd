import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import type { Model } from '../promises/model.js';
import type { Colleague } from '../promises/records.js';
import { ask, UNAUTHENTICATED } from './asking.js';
import { keep, refreshOf, renew, sessionIn } from './identity.js';

/** As src/identity/staff counts them. */
const FAILURES_MAX = 5;
const NO_CODE = 'nobody was given this one';

type How = 'as it should be' | 'with a wrong code' | 'with a used code' | 'with the login name for a password';

const kindOf = (name: string, weight: number, hows: (dice: Dice) => How, act: Act): Kind<How> => ({
  ...{ name, mutations: [name], weight },
  choose: (_model, dice) => hows(dice),
  tell: (how) => `a colleague sends ${name} ${how}`,
  act: async (how, model, run) => `${await act(how, await colleagueIn(model, run), run)} ${how}`,
});

type Act = (how: How, colleague: Colleague, run: Run) => Promise<string>;

/** Somebody who was given an account sets a password. */
export const staffEnrol = kindOf(
  'staffEnrol',
  3,
  (dice) => dice.pick<How>('as it should be', 'as it should be', 'with a wrong code', obviously),
  async (how, colleague, run) => {
    const { desk, enrolmentCode, isEnrolled } = colleague;
    const isWrong = how === 'with a wrong code' || isEnrolled;
    const promised = isWrong ? 'EnrolmentFailed' : how === obviously ? 'PasswordObvious' : 'StaffEnrolment';
    const password = how === obviously ? obvious(desk.loginName) : 'a long password of a colleague';
    desk.accessToken = null;
    const given = how === 'with a wrong code' ? NO_CODE : enrolmentCode;
    const { type, value } = await ask(run, desk, 'staffEnrol', promised, { enrolmentCode: given, password });
    if (type === 'StaffEnrolment') {
      desk.learn(String(value['secret']));
      Object.assign(colleague, { password, hasSecret: true });
    }
    show(colleague);
    return type;
  },
);

/** Somebody who was given an account shows that the authenticator has the secret. */
export const staffEnrolConfirm = kindOf(
  'staffEnrolConfirm',
  3,
  (dice) => dice.pick<How>('as it should be', 'as it should be', 'with a wrong code'),
  async (how, colleague, run) => {
    const { desk, enrolmentCode, hasSecret, isEnrolled } = colleague;
    const isRight = how === 'as it should be' && hasSecret && !isEnrolled;
    const code = how === 'as it should be' ? desk.code() : desk.wrongCode();
    desk.accessToken = null;
    const promised = isRight ? 'StaffEnrolled' : 'EnrolmentFailed';
    const { type, value } = await ask(run, desk, 'staffEnrolConfirm', promised, { enrolmentCode, code });
    if (isRight) {
      desk.recoveryCodes = value['recoveryCodes'] as string[];
      Object.assign(colleague, { isEnrolled: true, hasNextCode: true });
      colleague.usedCodes.push(code);
    }
    show(colleague);
    return type;
  },
);

/** A colleague logs in. */
export const staffLogin = kindOf('staffLogin', 4, howToProve, async (how, colleague, run) => {
  const { desk, password } = colleague;
  const { code, promised } = proving(how, colleague, 'StaffLogin');
  desk.accessToken = null;
  const answer = await ask(run, desk, 'staffLogin', promised, { loginName: desk.loginName, password, code });
  if (answer.type === 'StaffLogin') colleague.session = sessionIn(answer);
  show(colleague);
  return answer.type;
});

/** A colleague takes another password. */
export const staffPasswordChange = kindOf(
  'staffPasswordChange',
  2,
  (dice) => (dice.happens(15) ? obviously : howToProve(dice)),
  async (how, colleague, run) => {
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
  },
);

/** A colleague's browser renews its tokens, with the newest one or with the one before. */
export const staffSessionRefresh: Kind<{ readonly isOld: boolean }> = {
  name: 'staffSessionRefresh',
  mutations: ['staffSessionRefresh'],
  weight: 2,
  choose: ({ colleague }, dice) => {
    if (!colleague?.session) return null;
    return { isOld: colleague.session.previous !== null && dice.happens(50) };
  },
  tell: ({ isOld }) => `a colleague renews ${isOld ? 'a token that was renewed' : 'the tokens'}`,
  act: async ({ isOld }, model, run) => {
    const colleague = await colleagueIn(model, run);
    const session = colleague.session!;
    const promised = refreshOf(model, { session, isDisabled: false }, isOld);
    colleague.desk.accessToken = null;
    const refreshToken = isOld ? session.previous : session.refresh;
    const type = promised === 'Login' ? 'StaffLogin' : promised;
    const answer = await ask(run, colleague.desk, 'staffSessionRefresh', type, { refreshToken });
    if (answer.type === 'StaffLogin') renew(model, session, answer, isOld);
    show(colleague);
    return isOld ? `${answer.type} for the one before` : answer.type;
  },
};

const obviously: How = 'with the login name for a password';

function obvious(loginName: string): string {
  return loginName.repeat(3);
}

function howToProve(dice: Dice): How {
  return dice.pick<How>(
    'as it should be',
    'as it should be',
    'as it should be',
    'with a wrong code',
    'with a used code',
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

async function colleagueIn(model: Model, { world }: Run): Promise<Colleague> {
  model.colleague ??= {
    ...(await world.newColleague()),
    ...{ hasSecret: false, isEnrolled: false, password: 'none yet', hasNextCode: false },
    ...{ usedCodes: [], failures: 0, session: null },
  };
  return model.colleague;
}

/** What the browser shows from now on. */
function show({ desk, session }: Colleague): void {
  if (session) keep(desk, session);
}
