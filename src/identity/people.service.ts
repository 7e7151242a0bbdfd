import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail, notFound, Transactor } from '#common';
import { hasLeft } from './account-standing.js';
import { userDisabled, userEnabled } from './people.acts.js';
import { SessionsService } from './sessions.service.js';
import type { StaffId } from './staff/staff.entity.js';
import { User, type UserId, type UserStatus } from './user.entity.js';

/** What is asked to change about a person, and why. */
export interface Change {
  readonly userId: UserId;
  readonly reason: string;
}

/** What the shop may decide about people: who may use it. Each change is kept with who made it and why. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly sessions: SessionsService,
    private readonly trail: AuditTrail,
  ) {}

  user(id: UserId): Promise<User> {
    return this.source.manager.findOneByOrFail(User, { id });
  }

  /** @throws RequestError NOT_FOUND that names the input, if there is no such person */
  async person(id: UserId, path: string): Promise<User> {
    const user = await this.source.manager.findOneBy(User, { id });
    if (!user) throw notFound(path);
    return user;
  }

  /**
   * Shuts somebody out, at once and on every phone. What was bought stays owed. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  disable(change: Change, by: StaffId): Promise<User> {
    return this.#setStatus(change, by, 'DISABLED');
  }

  /**
   * Lets somebody in again, who must then log in anew. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  enable(change: Change, by: StaffId): Promise<User> {
    return this.#setStatus(change, by, 'ACTIVE');
  }

  #setStatus({ userId, reason }: Change, by: StaffId, status: UserStatus): Promise<User> {
    return this.transactor.run(async (db) => {
      const user = await this.#lock(db, userId);
      if (user.status === status) return user;
      await db.update(User, { id: userId }, { status });
      if (status === 'DISABLED') await this.sessions.endAll(db, { userId });
      const states = { before: { status: user.status }, after: { status } };
      const kind = status === 'DISABLED' ? userDisabled : userEnabled;
      await this.trail.record(db, kind, { subject: userId, ...states, by, reason });
      return db.merge(User, user, { status });
    });
  }

  /** The person's row comes before its sessions in the order of locks. */
  async #lock(db: EntityManager, id: UserId): Promise<User> {
    const user = await db.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
    // An account that is being erased, or has been, is nobody's any more: nobody may bring it back or give it rights.
    if (!user || hasLeft(user)) throw notFound('input.userId');
    return user;
  }
}
