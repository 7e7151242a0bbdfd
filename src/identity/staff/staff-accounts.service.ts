import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail, type Decision, isDuplicate, MachineClock, newId, secondsAfter, Transactor, Vault } from '#common';
import { SessionsService } from '../sessions.service.js';
import type { UserStatus } from '../user.entity.js';
import { expectFit, grant, isSame, rolesIn } from './held-roles.js';
import { SecondFactor } from './second-factor.js';
import { staffAdded, staffDisabled, staffEnabled, staffReset, staffRolesSet, supplierOf } from './staff.acts.js';
import { newEnrolmentCode, plainCode } from './staff-codes.js';
import { StaffRoleGrant } from './staff-role-grant.entity.js';
import { isStaffRole, type StaffRole } from './staff-role.js';
import { LoginNameTaken, NoSuchStaff } from './staff-accounts.errors.js';
import { Staff, STAFF_SEALS, type StaffId } from './staff.entity.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** Who gets an account; the supplier is that of somebody who works for one. */
type NewStaff = Pick<Staff, 'loginName' | 'displayName'> & Partial<Pick<Staff, 'supplierId'>>;

/** A code that is handed over on the day; after that it is safer to make another one. */
const ENROLMENT_SECONDS = 86_400;

/** An account that somebody can enrol with a code, which is told this once. */
export interface Invitation {
  readonly staff: Staff;
  readonly enrolmentCode: string;
  readonly expiresAt: Date;
}

/** The accounts of the staff: who has one, and what they may do. Each change is kept with who made it and why. */
@Injectable()
export class StaffAccountsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly sessions: SessionsService,
    private readonly factor: SecondFactor,
    private readonly machine: MachineClock,
    private readonly vault: Vault,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Makes an account, for somebody to enrol. With a supplier, which must exist, it is that supplier's for good.
   *
   * @throws LoginNameTaken
   * @throws RolesUnfit unless a supplier's account has just the role SUPPLIER, and no other account has it
   */
  async add(
    { supplierId = null, ...who }: NewStaff,
    roles: readonly StaffRole[],
    decision: Decision,
  ): Promise<Invitation> {
    expectFit(roles, supplierId);
    const { code, columns } = this.#newCode();
    const id: StaffId = newId('staff');
    const staff = await this.transactor.run(async (db) => {
      const account = db.create(Staff, { id, ...who, supplierId, ...columns, status: 'ACTIVE' });
      try {
        await db.insert(Staff, account);
      } catch (error) {
        if (isDuplicate(error)) throw new LoginNameTaken(`${who.loginName} has an account already`);
        throw error;
      }
      await grant(db, id, roles);
      const after = { status: account.status, roles: roles.toSorted(), isEnrolled: false, ...supplierOf(account) };
      await this.trail.record(db, staffAdded, { subject: id, before: {}, after, ...decision });
      return account;
    });
    return { staff, enrolmentCode: code, expiresAt: columns.enrolmentExpiresAt };
  }

  /**
   * Takes password, second factor and all sessions away, and gives a new enrolment code.
   *
   * @throws NoSuchStaff
   */
  async reset(loginName: string, decision: Decision): Promise<Invitation> {
    const { code, columns } = this.#newCode();
    const nothing = { passwordHash: null, totpSecret: null, totpStep: null, enrolledAt: null };
    const staff = await this.transactor.run(async (db) => {
      const account = await lock(db, loginName);
      const { id } = account;
      await db.update(Staff, { id }, { ...nothing, ...columns });
      await this.factor.dropRecoveryCodes(db, id);
      await this.sessions.endAll(db, { staffId: id });
      const [wasEnrolled, whose] = [account.enrolledAt !== null, supplierOf(account)];
      const states = { before: { isEnrolled: wasEnrolled, ...whose }, after: { isEnrolled: false, ...whose } };
      await this.trail.record(db, staffReset, { subject: id, ...states, ...decision });
      return account;
    });
    return { staff, enrolmentCode: code, expiresAt: columns.enrolmentExpiresAt };
  }

  /**
   * Gives somebody just these roles, from the next request on.
   *
   * @returns false if they had just these already
   * @throws NoSuchStaff
   * @throws RolesUnfit if they are not those of such an account
   */
  setRoles(loginName: string, roles: readonly StaffRole[], decision: Decision): Promise<boolean> {
    return this.transactor.run(async (db) => {
      const { id: staffId, supplierId } = await lock(db, loginName);
      expectFit(roles, supplierId);
      const held = rolesIn(await db.findBy(StaffRoleGrant, { staffId }));
      if (isSame(held, roles)) return false;
      await db.delete(StaffRoleGrant, { staffId });
      await grant(db, staffId, roles);
      const states = { before: { roles: held }, after: { roles: roles.toSorted() } };
      await this.trail.record(db, staffRolesSet, { subject: staffId, ...states, ...decision });
      return true;
    });
  }

  /**
   * Shuts somebody out at once (DISABLED), or lets them log in anew.
   *
   * @returns false if it was so already
   * @throws NoSuchStaff
   */
  setStatus(loginName: string, status: UserStatus, decision: Decision): Promise<boolean> {
    return this.transactor.run(async (db) => {
      const account = await lock(db, loginName);
      const { id, status: former } = account;
      if (former === status) return false;
      await db.update(Staff, { id }, { status });
      if (status === 'DISABLED') await this.sessions.endAll(db, { staffId: id });
      const whose = supplierOf(account);
      const states = { before: { status: former, ...whose }, after: { status, ...whose } };
      const kind = status === 'DISABLED' ? staffDisabled : staffEnabled;
      await this.trail.record(db, kind, { subject: id, ...states, ...decision });
      return true;
    });
  }

  /** Whether somebody may still act in a role; whoever disables them or takes the role away waits until the caller's transaction has ended. */
  async mayStill(db: EntityManager, id: StaffId, role: StaffRole): Promise<boolean> {
    const { status } = await db.findOneOrFail(Staff, { where: { id }, lock: LOCK });
    return status === 'ACTIVE' && (await db.existsBy(StaffRoleGrant, { staffId: id, role }));
  }

  /** All accounts with their roles, by name. */
  async list(): Promise<{ readonly staff: Staff; readonly roles: readonly StaffRole[] }[]> {
    const db = this.source.manager;
    const [all, grants] = [await db.find(Staff, { order: { loginName: 'ASC' } }), await db.find(StaffRoleGrant)];
    return all.map((staff) => {
      const roles = rolesIn(grants.filter(({ staffId }) => staffId === staff.id));
      return { staff, roles: roles.filter(isStaffRole) };
    });
  }

  staff(id: StaffId): Promise<Staff> {
    return this.source.manager.findOneByOrFail(Staff, { id });
  }

  /** Drawn before the transaction, so that it is the same if that runs again. */
  #newCode(): { code: string; columns: { enrolmentHash: Buffer; enrolmentExpiresAt: Date } } {
    const code = newEnrolmentCode();
    const enrolmentHash = this.vault.blindIndex(STAFF_SEALS.enrolmentHash, plainCode(code));
    return {
      code,
      columns: { enrolmentHash, enrolmentExpiresAt: secondsAfter(this.machine.now(), ENROLMENT_SECONDS) },
    };
  }
}

/** The account's row comes before its sessions in the order of locks. */
async function lock(db: EntityManager, loginName: string): Promise<Staff> {
  const staff = await db.findOne(Staff, { where: { loginName }, lock: LOCK });
  if (!staff) throw new NoSuchStaff(`nobody logs in as ${loginName}`);
  return staff;
}
