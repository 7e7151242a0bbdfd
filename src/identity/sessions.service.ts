import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import {
  Config,
  decodeIdCursor,
  isDuplicate,
  MachineClock,
  newId,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  secondsAfter,
} from '#common';
import { deleteOld } from '#jobs';
import { Login, LoginCodeInvalid } from './identity.refusals.js';
import { Session, type SessionId } from './session.entity.js';
import type { Staff, StaffId } from './staff/staff.entity.js';
import { StaffLogin, StaffLoginFailed } from './staff/staff.refusals.js';
import { type RefreshSecret, sha256, Tokens } from './tokens.js';
import type { User, UserId } from './user.entity.js';
import { type Caller, isStaff } from './viewer.js';

const DAY_SECONDS = 86_400;
/** For questions about who was logged in when. A login code could be accepted again for five minutes only, so its hash may go too. */
export const SESSIONS_KEPT_DAYS = 30;
/** NIST SP 800-63B-3 4.2.3: who may do more than buy proves again who it is after twelve hours at the latest. */
const STAFF_SESSION_SECONDS = 43_200;

/** Whose a session is: a buyer's, or one of the staff's. */
export type SessionOwner = { readonly userId: UserId } | { readonly staffId: StaffId };

/** The sessions of people: opened by a login, ended by whoever may; `SessionRenewal` keeps them alive. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly source: DataSource,
    private readonly tokens: Tokens,
    private readonly machine: MachineClock,
    private readonly config: Config,
  ) {}

  /** What a new session is known by; drawn before the transaction, so that it is the same if that runs again. */
  draw(): { id: SessionId; secret: RefreshSecret } {
    const id: SessionId = newId('session');
    return { id, secret: this.tokens.refresh(id) };
  }

  /** @throws Refused with LoginCodeInvalid, for the staff StaffLoginFailed, if the code has opened a session before (INV-36), even if the channel accepts it twice */
  async open(
    db: EntityManager,
    { id, secret }: { id: SessionId; secret: RefreshSecret },
    owner: SessionOwner,
    code: string,
  ): Promise<void> {
    const startedAt = this.machine.now();
    const session = { id, userId: null, staffId: null, ...owner, startedAt, rotatedAt: startedAt };
    const expiresAt = this.expiryAfter(session, startedAt);
    try {
      await db.insert(Session, { ...session, expiresAt, loginCodeHash: sha256(code), refreshHash: secret.hash });
    } catch (error) {
      if (isDuplicate(error)) refuse('staffId' in owner ? new StaffLoginFailed() : new LoginCodeInvalid());
      throw error;
    }
  }

  /** Both tokens, for the phone. */
  async answer(user: User, sessionId: SessionId, { token }: RefreshSecret): Promise<Login> {
    return Object.assign(new Login(), { ...(await this.#pair(user.id, sessionId, token)), user });
  }

  /** Both tokens, for the browser of one of the staff. */
  async answerStaff(staff: Staff, sessionId: SessionId, { token }: RefreshSecret): Promise<StaffLogin> {
    return Object.assign(new StaffLogin(), { ...(await this.#pair(staff.id, sessionId, token)), staff });
  }

  async logout({ sessionId }: Caller): Promise<void> {
    await this.end(this.source.manager, sessionId);
  }

  async logoutEverywhere(caller: Caller): Promise<void> {
    await this.endAll(this.source.manager, ownerOf(caller));
  }

  /** Ends every session of a person. */
  async endAll(db: EntityManager, owner: SessionOwner): Promise<void> {
    await this.#revoke(db, owner);
  }

  /** Ends every session of a person but the one that asks. */
  async endOthers(db: EntityManager, caller: Caller): Promise<void> {
    await this.#revoke(db, { ...ownerOf(caller), id: Not(caller.sessionId) });
  }

  async end(db: EntityManager, id: SessionId): Promise<void> {
    await this.#revoke(db, { id });
  }

  /** A person's sessions that still stand, newest first. */
  async liveOf(caller: Caller, { first, after }: PageArgs): Promise<Page<Session>> {
    const last = decodeIdCursor(after, 'session');
    const live = { ...ownerOf(caller), revokedAt: IsNull(), expiresAt: MoreThan(this.machine.now()) };
    const where: FindOptionsWhere<Session> = { ...live, ...(last ? { id: LessThan(last) } : {}) };
    const rows = await this.source.manager.find(Session, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, (session) => [session.id]);
  }

  /** Forgets the sessions that ended more than thirty days ago, a page to a statement. */
  async purge(): Promise<void> {
    const endedBefore = secondsAfter(this.machine.now(), -SESSIONS_KEPT_DAYS * DAY_SECONDS);
    for (const column of ['expires_at', 'revoked_at'])
      await deleteOld(this.source, `session WHERE ${column} < ?`, [endedBefore]);
  }

  /** A session that has ended before keeps the time at which it did. */
  async #revoke(db: EntityManager, which: FindOptionsWhere<Session>): Promise<void> {
    await db.update(Session, { ...which, revokedAt: IsNull() }, { revokedAt: this.machine.now() });
  }

  /** A phone in use stays logged in; one of the staff logs in anew after half a day, whatever is done meanwhile. */
  expiryAfter({ staffId, startedAt }: Pick<Session, 'staffId' | 'startedAt'>, now: Date): Date {
    if (staffId) return secondsAfter(startedAt, STAFF_SESSION_SECONDS);
    return secondsAfter(now, this.config.REFRESH_TOKEN_DAYS * DAY_SECONDS);
  }

  async #pair(ownerId: UserId | StaffId, sessionId: SessionId, refreshToken: string) {
    const { token: accessToken, expiresAt: accessTokenExpiresAt } = await this.tokens.access({ ownerId, sessionId });
    return { accessToken, accessTokenExpiresAt, refreshToken };
  }
}

function ownerOf(caller: Caller): SessionOwner {
  return isStaff(caller) ? { staffId: caller.id } : { userId: caller.id };
}
