import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail, refuse, Transactor, Vault } from '#common';
import { SessionsService } from '../sessions.service.js';
import type { StaffViewer } from '../viewer.js';
import { isPasswordObvious } from './password.rules.js';
import { Passwords } from './passwords.js';
import { type Proof, SecondFactor } from './second-factor.js';
import { staffPasswordChanged, supplierOf } from './staff.acts.js';
import { StaffLimits } from './staff-limits.js';
import { Staff, STAFF_SEALS, type StaffId } from './staff.entity.js';
import type { StaffLoginInput, StaffPasswordChangeInput } from './staff.inputs.js';
import { PasswordObvious, type StaffLogin, StaffLoginFailed } from './staff.refusals.js';

/** What somebody says to prove who they are. */
type Claim = Pick<StaffLoginInput, 'loginName' | 'password' | 'code'>;

/** Logging in as one of the staff: a password, and a code that is good once. */
@Injectable()
export class StaffLoginService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly sessions: SessionsService,
    private readonly passwords: Passwords,
    private readonly factor: SecondFactor,
    private readonly limits: StaffLimits,
    private readonly vault: Vault,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Opens a session. Whatever is wrong, the answer is the same, and so is the work until then: nobody finds out who has an account.
   *
   * @throws Refused with StaffLoginFailed or TooManyAttempts
   */
  login(claim: StaffLoginInput, address: string): Promise<StaffLogin> {
    return this.limits.guess({ ...claim, address }, async () => {
      const session = this.sessions.draw();
      const staff = await this.#prove(claim, (db, { id }, proof) =>
        this.sessions.open(db, session, { staffId: id }, nameOf(proof, id, claim.code)),
      );
      await this.#renewHash(staff, claim.password);
      return this.sessions.answerStaff(staff, session.id, session.secret);
    });
  }

  /**
   * Sets another password and ends all other sessions.
   *
   * @throws Refused with StaffLoginFailed, PasswordObvious or TooManyAttempts
   */
  async changePassword(viewer: StaffViewer, input: StaffPasswordChangeInput, address: string): Promise<Staff> {
    const { loginName } = await this.source.manager.findOneByOrFail(Staff, { id: viewer.id });
    if (isPasswordObvious(input.newPassword, loginName)) refuse(new PasswordObvious());
    const claim: Claim = { loginName, password: input.password, code: input.code };
    return this.limits.guess({ ...claim, address }, async () => {
      const hashed = await this.passwords.hash(input.newPassword);
      return this.#prove(claim, async (db, staff) => {
        const { id } = staff;
        await db.update(Staff, { id }, { passwordHash: this.vault.seal(STAFF_SEALS.passwordHash, id, hashed) });
        await this.sessions.endOthers(db, viewer);
        const states = { before: {}, after: { changed: ['password'], ...supplierOf(staff) } };
        await this.trail.record(db, staffPasswordChanged, { subject: id, by: id, reason: 'by the person', ...states });
      });
    });
  }

  /**
   * Does `work` for whom the claim proves, with their row locked, and uses the code up.
   *
   * @throws Refused with StaffLoginFailed; nothing was changed then
   */
  async #prove(
    { loginName, password, code }: Claim,
    work: (db: EntityManager, staff: Staff, proof: Proof) => Promise<void>,
  ): Promise<Staff> {
    const asked = await this.source.manager.findOneBy(Staff, { loginName });
    const isRight = await this.passwords.isRight(password, this.#hashOf(asked));
    return this.transactor.run(async (db) => {
      const staff = await db.findOne(Staff, { where: { loginName }, lock: { mode: 'pessimistic_write' } });
      const proof = await this.factor.proofOf(db, staff, code);
      if (!staff || !proof || !isRight || !mayLogIn(staff) || !isSamePassword(staff, asked))
        refuse(new StaffLoginFailed());
      if (!(await this.factor.use(db, staff.id, proof))) refuse(new StaffLoginFailed());
      await work(db, staff, proof);
      return staff;
    });
  }

  #hashOf(staff: Staff | null): string | null {
    if (!staff?.passwordHash) return null;
    return this.vault.open(STAFF_SEALS.passwordHash, staff.id, staff.passwordHash);
  }

  /** Only now is the password known, so only now can its hash be made anew. One that was changed meanwhile stays. */
  async #renewHash(staff: Staff, password: string): Promise<void> {
    const { id, passwordHash } = staff;
    const hashed = this.#hashOf(staff);
    if (!passwordHash || hashed === null || !this.passwords.isOutdated(hashed)) return;
    const renewed = this.vault.seal(STAFF_SEALS.passwordHash, id, await this.passwords.hash(password));
    await this.source.manager.update(Staff, { id, passwordHash }, { passwordHash: renewed });
  }
}

function mayLogIn({ status, enrolledAt }: Staff): boolean {
  return status === 'ACTIVE' && enrolledAt !== null;
}

/** Whether the password that was checked is still the one that counts, now that the row is locked. */
function isSamePassword(staff: Staff, asked: Staff | null): boolean {
  const then = asked?.passwordHash;
  return then ? (staff.passwordHash?.bytes.equals(then.bytes) ?? false) : false;
}

/** What a session is known to have been opened with: the table takes it once, whatever else goes wrong (INV-36). */
function nameOf(proof: Proof, id: StaffId, code: string): string {
  return 'step' in proof ? `${id} ${proof.step} ${code}` : `${id} ${code}`;
}
