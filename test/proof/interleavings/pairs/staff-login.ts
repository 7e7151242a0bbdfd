import { randomInt } from 'node:crypto';
import { newId } from '#common';
import { StaffLoginService } from '../../../../src/identity/staff/staff-login.service.js';
import { PASSWORD } from '../../../support/desk.js';
import { type EnrolledStaff, enrolledStaff } from '../../../support/enrolled-staff.js';
import type { Ground } from '../ground.js';
import type { Encounter, Pair } from '../pair.js';

const ONE_IS_IN = ['session of kim stands new', 'second factor of kim used 100 steps later, 10 codes left'];
const ONE_IS_IN_BY_PAPER = ['session of kim stands new', 'second factor of kim used as before, 9 codes left'];

/** Failures of one schedule must not be counted in another. */
const someAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** Two browsers in which somebody logs in with one code. */
async function logInTwice({ shop }: Ground, codeOf: (kim: EnrolledStaff) => string): Promise<Encounter> {
  const address = someAddress();
  const kim = await enrolledStaff(shop, address);
  let code: string | undefined;
  const login = () => {
    code ??= codeOf(kim);
    return shop.get(StaffLoginService).login({ loginName: kim.staff.loginName, password: PASSWORD, code }, address);
  };
  return { people: { kim: kim.staff.id }, goods: null, works: [login, login] };
}

export const oneCodeTwice: Pair = {
  name: 'one code of an authenticator, used by two logins',
  prepare: (ground) => logInTwice(ground, ({ code }) => code()),
  ends: [
    { answers: ['StaffLogin', 'StaffLoginFailed'], rows: ONE_IS_IN },
    { answers: ['StaffLoginFailed', 'StaffLogin'], rows: ONE_IS_IN },
  ],
};

export const oneRecoveryCodeTwice: Pair = {
  name: 'one recovery code, used by two logins',
  prepare: (ground) => logInTwice(ground, ({ recoveryCodes: [code] }) => code!),
  ends: [
    { answers: ['StaffLogin', 'StaffLoginFailed'], rows: ONE_IS_IN_BY_PAPER },
    { answers: ['StaffLoginFailed', 'StaffLogin'], rows: ONE_IS_IN_BY_PAPER },
  ],
};

export const changeLogin: Pair = {
  name: 'a login with a password that is being changed',
  prepare: async ({ shop }) => {
    const address = someAddress();
    const { staff, recoveryCodes } = await enrolledStaff(shop, address);
    const { id, loginName } = staff;
    const logins = shop.get(StaffLoginService);
    const [one, other] = recoveryCodes;
    const viewer = { id, sessionId: newId('session'), roles: [], supplierId: null };
    return {
      people: { kim: id },
      goods: null,
      works: [
        () => logins.login({ loginName, password: PASSWORD, code: one! }, address),
        () =>
          logins.changePassword(
            viewer,
            { password: PASSWORD, code: other!, newPassword: 'another passphrase' },
            address,
          ),
      ],
    };
  },
  ends: [
    {
      answers: ['StaffLogin', 'Staff'],
      rows: ['session of kim ended new', 'second factor of kim used as before, 8 codes left'],
    },
    { answers: ['StaffLoginFailed', 'Staff'], rows: ['second factor of kim used as before, 9 codes left'] },
  ],
};
