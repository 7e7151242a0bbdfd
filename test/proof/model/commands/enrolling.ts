import { ask } from './asking.js';
import { type How, kindOf, obvious, obviously, show } from './colleague.js';

const NO_CODE = 'nobody was given this one';

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
