import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, IsNull, LessThan, MoreThan } from 'typeorm';
import {
  Config,
  decodeIdCursor,
  isDuplicate,
  MachineClock,
  newId,
  type Page,
  type PageArgs,
  pageOf,
  Refusal,
  refuse,
  secondsAfter,
  Transactor,
} from '#common';
import { Login, LoginCodeInvalid, SessionEnded, UserDisabled } from './identity.refusals.js';
import { LoginLimits } from './login-limits.js';
import { Session, type SessionId } from './session.entity.js';
import { isOwnToken, refreshVerdict } from './session.rules.js';
import { type RefreshSecret, sha256, Tokens } from './tokens.js';
import { User, type UserId } from './user.entity.js';
import type { Viewer } from './viewer.js';

const DAY_SECONDS = 86_400;
/** For questions about who was logged in when. A login code could be accepted again for five minutes only, so its hash may go too. */
const KEEP_DAYS = 30;
const PURGE_PAGE = 500;

/** The sessions of people: opened by a login, kept alive by refreshing, ended by whoever may. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly tokens: Tokens,
    private readonly limits: LoginLimits,
    private readonly machine: MachineClock,
    private readonly config: Config,
  ) {}

  /** What a new session is known by; drawn before the transaction, so that it is the same if that runs again. */
  draw(): { id: SessionId; secret: RefreshSecret } {
    const id: SessionId = newId('session');
    return { id, secret: this.tokens.refresh(id) };
  }

  /** @throws Refused with LoginCodeInvalid if the code has opened a session before (INV-36), even if the channel accepts it twice */
  async open(
    db: EntityManager,
    { id, secret }: { id: SessionId; secret: RefreshSecret },
    userId: UserId,
    code: string,
  ): Promise<void> {
    const now = this.machine.now();
    const times = { startedAt: now, rotatedAt: now, expiresAt: this.#expiryAfter(now) };
    try {
      await db.insert(Session, { id, userId, loginCodeHash: sha256(code), refreshHash: secret.hash, ...times });
    } catch (error) {
      if (isDuplicate(error)) refuse(new LoginCodeInvalid());
      throw error;
    }
  }

  /**
   * Replaces both tokens. The old refresh token gets the same answer for a moment longer, in case this one is lost on its way.
   *
   * @throws Refused with SessionEnded, UserDisabled or TooManyAttempts
   */
  refresh(refreshToken: string, address: string): Promise<Login> {
    return this.limits.refreshes.attempt(address, async () => {
      const id = this.tokens.sessionOf(refreshToken) ?? refuse(new SessionEnded(true));
      const next = this.tokens.successorOf(refreshToken, id);
      const user = await this.transactor.run((db) => this.#rotate(db, id, sha256(refreshToken), next));
      // Thrown out here and not inside, so that ending a reused session is committed.
      if (user instanceof Refusal) refuse(user);
      return this.answer(user, id, next);
    });
  }

  /** Both tokens, for the phone. */
  async answer(user: User, sessionId: SessionId, { token }: RefreshSecret): Promise<Login> {
    const access = await this.tokens.access({ userId: user.id, sessionId });
    return Object.assign(new Login(), {
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken: token,
      user,
    });
  }

  async logout({ sessionId }: Viewer): Promise<void> {
    await this.#revoke(this.source.manager, { id: sessionId });
  }

  async logoutEverywhere({ id }: Viewer): Promise<void> {
    await this.endAll(this.source.manager, id);
  }

  /** Ends every session of a person. */
  async endAll(db: EntityManager, userId: UserId): Promise<void> {
    await this.#revoke(db, { userId });
  }

  /** A person's sessions that still stand, newest first. */
  async liveOf(userId: UserId, { first, after }: PageArgs): Promise<Page<Session>> {
    const last = decodeIdCursor(after, 'session');
    const live = { userId, revokedAt: IsNull(), expiresAt: MoreThan(this.machine.now()) };
    const where: FindOptionsWhere<Session> = { ...live, ...(last ? { id: LessThan(last) } : {}) };
    const rows = await this.source.manager.find(Session, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, (session) => [session.id]);
  }

  /** Forgets the sessions that ended more than thirty days ago, a page to a statement. */
  async purge(): Promise<void> {
    const endedBefore = secondsAfter(this.machine.now(), -KEEP_DAYS * DAY_SECONDS);
    for (const column of ['expires_at', 'revoked_at']) {
      let removed = PURGE_PAGE;
      while (removed === PURGE_PAGE) {
        const statement = `DELETE FROM session WHERE ${column} < ? LIMIT ${PURGE_PAGE}`;
        ({ affectedRows: removed } = await this.source.query<{ affectedRows: number }>(statement, [endedBefore]));
      }
    }
  }

  async #rotate(
    db: EntityManager,
    id: SessionId,
    tokenHash: Buffer,
    { hash }: RefreshSecret,
  ): Promise<User | SessionEnded | UserDisabled> {
    const session = await db.findOne(Session, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!session) return new SessionEnded(true);
    const now = this.machine.now();
    const isOwn = isOwnToken(session, tokenHash);
    const user = await db.findOneByOrFail(User, { id: session.userId });
    // Only who holds the session's own token hears why it has ended.
    if (user.status === 'DISABLED' && isOwn) return new UserDisabled();
    const verdict = refreshVerdict(session, tokenHash, now);
    if (verdict === 'REUSED') await this.#revoke(db, { id });
    if (verdict === 'REUSED' || verdict === 'ENDED') return new SessionEnded(!isOwn);
    if (verdict === 'ROTATE') {
      const times = { rotatedAt: now, expiresAt: this.#expiryAfter(now) };
      await db.update(Session, { id }, { refreshHash: hash, previousHash: tokenHash, ...times });
    }
    return user;
  }

  /** A session that has ended before keeps the time at which it did. */
  async #revoke(db: EntityManager, which: { id: SessionId } | { userId: UserId }): Promise<void> {
    await db.update(Session, { ...which, revokedAt: IsNull() }, { revokedAt: this.machine.now() });
  }

  #expiryAfter(now: Date): Date {
    return secondsAfter(now, this.config.REFRESH_TOKEN_DAYS * DAY_SECONDS);
  }
}
