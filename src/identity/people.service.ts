import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound, refuse, Transactor } from '#common';
import { OwnAccount } from './identity.refusals.js';
import { RoleGrant } from './role-grant.entity.js';
import type { GrantedRole } from './role.js';
import { SessionsService } from './sessions.service.js';
import { type Actor, UserChange } from './user-change.entity.js';
import { User, type UserId, type UserStatus } from './user.entity.js';

/** What is asked to change about a person, and why. */
export interface Change {
  readonly userId: UserId;
  readonly reason: string;
}

/** What the shop may decide about people: who may use it, and who may run it. Each change is kept with who made it and why. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly sessions: SessionsService,
  ) {}

  user(id: UserId): Promise<User> {
    return this.source.manager.findOneByOrFail(User, { id });
  }

  /**
   * Shuts somebody out, at once and on every phone. What was bought stays owed. Asking again changes nothing.
   *
   * @throws Refused with OwnAccount; RequestError NOT_FOUND
   */
  async disable(change: Change, by: UserId): Promise<User> {
    if (change.userId === by) refuse(new OwnAccount());
    return this.#setStatus(change, by, 'DISABLED');
  }

  /**
   * Lets somebody in again, who must then log in anew. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  enable(change: Change, by: UserId): Promise<User> {
    return this.#setStatus(change, by, 'ACTIVE');
  }

  /**
   * Gives somebody a role, from the next request on.
   *
   * @returns false if they had it already
   * @throws RequestError NOT_FOUND
   */
  grant({ userId, reason }: Change, role: GrantedRole, by: Actor): Promise<boolean> {
    return this.transactor.run(async (db) => {
      await this.#lock(db, userId);
      if (await db.existsBy(RoleGrant, { userId, role })) return false;
      await db.insert(RoleGrant, { userId, role, grantedBy: by });
      await db.insert(UserChange, { userId, kind: 'ROLE_GRANTED', role, changedBy: by, reason });
      return true;
    });
  }

  /**
   * Takes a role away, from the next request on.
   *
   * @returns false if they did not have it
   * @throws RequestError NOT_FOUND
   */
  revoke({ userId, reason }: Change, role: GrantedRole, by: Actor): Promise<boolean> {
    return this.transactor.run(async (db) => {
      await this.#lock(db, userId);
      const { affected } = await db.delete(RoleGrant, { userId, role });
      if (affected !== 1) return false;
      await db.insert(UserChange, { userId, kind: 'ROLE_REVOKED', role, changedBy: by, reason });
      return true;
    });
  }

  /** Who holds which role, longest first. */
  grants(): Promise<RoleGrant[]> {
    return this.source.manager.find(RoleGrant, { order: { grantedAt: 'ASC', userId: 'ASC' } });
  }

  #setStatus({ userId, reason }: Change, by: UserId, status: UserStatus): Promise<User> {
    return this.transactor.run(async (db) => {
      const user = await this.#lock(db, userId);
      if (user.status === status) return user;
      await db.update(User, { id: userId }, { status });
      if (status === 'DISABLED') await this.sessions.endAll(db, userId);
      const kind = status === 'DISABLED' ? 'DISABLED' : 'ENABLED';
      await db.insert(UserChange, { userId, kind, role: null, changedBy: by, reason });
      return db.merge(User, user, { status });
    });
  }

  /** The person's row comes before its sessions in the order of locks. */
  async #lock(db: EntityManager, id: UserId): Promise<User> {
    const user = await db.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!user) throw notFound('input.userId');
    return user;
  }
}
