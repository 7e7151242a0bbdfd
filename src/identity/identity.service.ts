import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Config, isDuplicate, MachineClock, newId, refuse, secondsAfter, Transactor } from '#common';
import { LoginClient, LoginCodeRejected } from '#wechat';
import { Login, LoginCodeInvalid, SessionEnded, UserDisabled } from './identity.refusals.js';
import { Session, type SessionId } from './session.entity.js';
import { refreshVerdict } from './session.rules.js';
import { type RefreshSecret, sha256, Tokens } from './tokens.js';
import { User, type UserId } from './user.entity.js';
import type { Viewer } from './viewer.js';

const DAY_SECONDS = 86_400;

/** Who people are: login through WeChat, and the sessions that follow. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly loginClient: LoginClient,
    private readonly tokens: Tokens,
    private readonly machine: MachineClock,
    private readonly config: Config,
  ) {}

  /**
   * Exchanges the code of `wx.login` for a session; a person who comes for the first time is created.
   *
   * @throws Refused with LoginCodeInvalid or UserDisabled
   */
  async login(code: string): Promise<Login> {
    const { openid, unionid } = await this.#exchange(code);
    const id: SessionId = newId('session');
    const secret = this.tokens.refresh(id);
    const user = await this.transactor.run(async (db) => {
      const person = await this.#findOrCreate(db, openid, unionid);
      if (person.status === 'DISABLED') refuse(new UserDisabled());
      await this.#openSession(db, id, person.id, sha256(code), secret);
      return person;
    });
    return this.#answer(user, id, secret);
  }

  /**
   * Replaces both tokens. The old refresh token gets the same answer for a moment longer, in case this one is lost on its way.
   *
   * @throws Refused with SessionEnded or UserDisabled
   */
  async refresh(refreshToken: string): Promise<Login> {
    const id = this.tokens.sessionOf(refreshToken) ?? refuse(new SessionEnded());
    const next = this.tokens.successorOf(refreshToken, id);
    const rotated = await this.transactor.run((db) => this.#rotate(db, id, sha256(refreshToken), next));
    // Thrown out here and not inside, so that ending a reused session is committed.
    const user = rotated ?? refuse(new SessionEnded());
    if (user.status === 'DISABLED') refuse(new UserDisabled());
    return this.#answer(user, id, next);
  }

  async logout({ sessionId }: Viewer): Promise<void> {
    await this.#revoke(this.source.manager, sessionId);
  }

  async user(id: UserId): Promise<User> {
    return this.source.manager.findOneByOrFail(User, { id });
  }

  /** WeChat's names for these people: what the channel wants to know of a payer. */
  async openidOf(db: EntityManager, id: UserId): Promise<string> {
    const { openid } = await db.findOneByOrFail(User, { id });
    return openid;
  }

  async usersById(db: EntityManager, ids: readonly UserId[]): Promise<User[]> {
    return db.findBy(User, { id: In(ids) });
  }

  async #exchange(code: string): Promise<{ openid: string; unionid: string | null }> {
    try {
      return await this.loginClient.exchange(code);
    } catch (error) {
      if (error instanceof LoginCodeRejected) refuse(new LoginCodeInvalid());
      throw error;
    }
  }

  async #findOrCreate(db: EntityManager, openid: string, unionid: string | null): Promise<User> {
    const known = await db.findOneBy(User, { openid });
    if (known) return known;
    const user = db.create(User, { id: newId('user'), openid, unionid, status: 'ACTIVE' });
    try {
      await db.insert(User, user);
      return user;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return db.findOneByOrFail(User, { openid }); // The same phone logged in twice at once.
    }
  }

  async #openSession(
    db: EntityManager,
    id: SessionId,
    userId: UserId,
    loginCodeHash: Buffer,
    { hash }: RefreshSecret,
  ): Promise<void> {
    const now = this.machine.now();
    const session = {
      id,
      userId,
      loginCodeHash,
      refreshHash: hash,
      rotatedAt: now,
      expiresAt: secondsAfter(now, this.config.REFRESH_TOKEN_DAYS * DAY_SECONDS),
    };
    try {
      await db.insert(Session, session);
    } catch (error) {
      if (isDuplicate(error)) refuse(new LoginCodeInvalid()); // INV-36: a channel that accepts a code twice opens no second session.
      throw error;
    }
  }

  async #rotate(db: EntityManager, id: SessionId, tokenHash: Buffer, { hash }: RefreshSecret): Promise<User | null> {
    const session = await db.findOne(Session, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!session) return null;
    const now = this.machine.now();
    const verdict = refreshVerdict(session, tokenHash, now);
    if (verdict === 'REUSED') await this.#revoke(db, id);
    if (verdict === 'REUSED' || verdict === 'ENDED') return null;
    if (verdict === 'ROTATE') {
      const expiresAt = secondsAfter(now, this.config.REFRESH_TOKEN_DAYS * DAY_SECONDS);
      await db.update(Session, { id }, { refreshHash: hash, previousHash: tokenHash, rotatedAt: now, expiresAt });
    }
    return db.findOneByOrFail(User, { id: session.userId });
  }

  async #revoke(db: EntityManager, id: SessionId): Promise<void> {
    await db.update(Session, { id }, { revokedAt: this.machine.now() });
  }

  async #answer(user: User, sessionId: SessionId, { token }: RefreshSecret): Promise<Login> {
    const access = await this.tokens.access({ userId: user.id, sessionId });
    return Object.assign(new Login(), {
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken: token,
      user,
    });
  }
}
