import { randomUUID } from 'node:crypto';
import { type Staff, StaffAccountsService } from '#identity';
import { fromBase32 } from '../../src/identity/staff/base32.js';
import { plainCode } from '../../src/identity/staff/staff-codes.js';
import { StaffEnrolmentService } from '../../src/identity/staff/staff-enrolment.service.js';
import { totpCode, totpStepAt } from '../../src/identity/staff/totp.rules.js';
import { BY_TEST, PASSWORD } from './desk.js';
import type { Shop } from './shop.js';

export interface EnrolledStaff {
  readonly staff: Staff;
  readonly recoveryCodes: readonly string[];
  /** What the authenticator shows now. */
  readonly code: () => string;
}

/** Somebody who has enrolled some time ago, so that the code of this moment is still good; for tests that call services. */
export async function enrolledStaff(shop: Shop, address: string): Promise<EnrolledStaff> {
  const who = { loginName: `k${randomUUID().slice(0, 13)}`, displayName: '金' };
  const { staff, enrolmentCode } = await shop.get(StaffAccountsService).add(who, ['FINANCE'], BY_TEST);
  const enrolment = shop.get(StaffEnrolmentService);
  const given = { enrolmentCode: plainCode(enrolmentCode) };
  const { secret } = await enrolment.enrol({ ...given, password: PASSWORD }, address);
  const code = (): string => totpCode(fromBase32(secret), totpStepAt(new Date()));
  const { recoveryCodes } = await enrolment.confirm({ ...given, code: code() }, address);
  await shop.rows('UPDATE staff SET totp_step = totp_step - 100 WHERE login_name = ?', [who.loginName]);
  return { staff, recoveryCodes: recoveryCodes.map(plainCode), code };
}
