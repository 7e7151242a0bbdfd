import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { AuditTrail, MachineClock, refuse, Transactor, Vault } from '#common';
import { base32 } from './base32.js';
import { isPasswordObvious } from './password.rules.js';
import { Passwords } from './passwords.js';
import { SecondFactor } from './second-factor.js';
import { staffEnrolled, supplierOf } from './staff.acts.js';
import { StaffLimits } from './staff-limits.js';
import { Staff, STAFF_SEALS } from './staff.entity.js';
import type { StaffEnrolConfirmInput, StaffEnrolInput } from './staff.inputs.js';
import { EnrolmentFailed, PasswordObvious, StaffEnrolled, StaffEnrolment } from './staff.refusals.js';
import { otpauthUri, TOTP_SECRET_BYTES } from './totp.rules.js';

const ISSUER = '好团';

/** How somebody who was given an enrolment code gets a password and a second factor. Nothing of it counts before both are proven. */
@Injectable()
export class StaffEnrolmentService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly passwords: Passwords,
    private readonly factor: SecondFactor,
    private readonly limits: StaffLimits,
    private readonly machine: MachineClock,
    private readonly vault: Vault,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Sets the password and makes a secret for an authenticator. It may be repeated until it is confirmed, because the answer may be lost; the last one counts.
   *
   * @throws Refused with EnrolmentFailed, PasswordObvious or TooManyAttempts
   */
  enrol({ enrolmentCode, password }: StaffEnrolInput, address: string): Promise<StaffEnrolment> {
    return this.limits.enrol(address, async () => {
      // Asked before anything is hashed: a stranger's guess costs us nothing.
      const { loginName } = await this.#invited(this.source.manager, enrolmentCode);
      if (isPasswordObvious(password, loginName)) refuse(new PasswordObvious());
      const hashed = await this.passwords.hash(password);
      const secret = base32(randomBytes(TOTP_SECRET_BYTES));
      await this.transactor.run(async (db) => {
        const { id } = await this.#invited(db, enrolmentCode, true);
        const passwordHash = this.vault.seal(STAFF_SEALS.passwordHash, id, hashed);
        const totpSecret = this.vault.seal(STAFF_SEALS.totpSecret, id, secret);
        await db.update(Staff, { id }, { passwordHash, totpSecret, totpStep: null });
      });
      return Object.assign(new StaffEnrolment(), { secret, otpauthUri: otpauthUri(ISSUER, loginName, secret) });
    });
  }

  /**
   * Proves that the authenticator has the secret, uses the enrolment code up and gives recovery codes.
   *
   * @throws Refused with EnrolmentFailed or TooManyAttempts
   */
  confirm({ enrolmentCode, code }: StaffEnrolConfirmInput, address: string): Promise<StaffEnrolled> {
    return this.limits.enrol(address, () =>
      this.transactor.run(async (db) => {
        const staff = await this.#invited(db, enrolmentCode, true);
        const { id } = staff;
        const proof = await this.factor.proofOf(db, staff, code);
        if (!proof || !(await this.factor.use(db, id, proof))) refuse(new EnrolmentFailed());
        const enrolledAt = this.machine.now();
        await db.update(Staff, { id }, { enrolledAt, enrolmentHash: null, enrolmentExpiresAt: null });
        const whose = supplierOf(staff);
        const states = { before: { isEnrolled: false, ...whose }, after: { isEnrolled: true, ...whose } };
        await this.trail.record(db, staffEnrolled, { subject: id, by: id, reason: 'by the person', ...states });
        const recoveryCodes = await this.factor.renewRecoveryCodes(db, id);
        return Object.assign(new StaffEnrolled(), { staff, recoveryCodes });
      }),
    );
  }

  /** @throws Refused with EnrolmentFailed unless the code is somebody's who may use it now */
  async #invited(db: EntityManager, code: string, isLocked = false): Promise<Staff> {
    const enrolmentHash = this.vault.blindIndex(STAFF_SEALS.enrolmentHash, code);
    const staff = await db.findOne(Staff, {
      where: { enrolmentHash, enrolmentExpiresAt: MoreThan(this.machine.now()), status: 'ACTIVE' },
      ...(isLocked && { lock: { mode: 'pessimistic_write' } }),
    });
    return staff ?? refuse(new EnrolmentFailed());
  }
}
