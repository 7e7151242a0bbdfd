import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDuplicate, newId, refuse, Transactor, Vault } from '#common';
import { LoginClient, LoginCodeRejected, type WechatIdentity } from '#wechat';
import { type Login, LoginCodeInvalid, UserDisabled } from './identity.refusals.js';
import { LoginLimits } from './login-limits.js';
import { SessionsService } from './sessions.service.js';
import { User, USER_SEALS, type UserId } from './user.entity.js';
import { unauthenticated } from './viewer.js';

/** Who people are: the login through WeChat, and WeChat's names for them. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly transactor: Transactor,
    private readonly loginClient: LoginClient,
    private readonly sessions: SessionsService,
    private readonly limits: LoginLimits,
    private readonly vault: Vault,
  ) {}

  /**
   * Exchanges the code of `wx.login` for a session; a person who comes for the first time is created.
   *
   * @throws Refused with LoginCodeInvalid, UserDisabled or TooManyAttempts
   */
  login(code: string, address: string): Promise<Login> {
    return this.limits.codes.attempt(address, async () => {
      const identity = await this.exchange(code);
      await this.limits.countLogin(this.#indexOf(identity.openid));
      const session = this.sessions.draw();
      const user = await this.transactor.run(async (db) => {
        const person = await this.#recognise(db, identity);
        if (person.status === 'DISABLED') refuse(new UserDisabled());
        await this.sessions.open(db, session, { userId: person.id }, code);
        return person;
      });
      return this.sessions.answer(user, session.id, session.secret);
    });
  }

  /** WeChat's name for a person: what the channel wants to know of a payer. */
  async openidOf(db: EntityManager, id: UserId): Promise<string> {
    const { openid } = await db.findOneByOrFail(User, { id });
    if (!openid) throw unauthenticated(); // The account was erased while its last request was under way.
    return this.vault.open(USER_SEALS.openid, id, openid);
  }

  /**
   * Whose code it is, as WeChat says; a code is good for one question.
   *
   * @throws Refused with LoginCodeInvalid
   */
  async exchange(code: string): Promise<WechatIdentity> {
    try {
      return await this.loginClient.exchange(code);
    } catch (error) {
      if (error instanceof LoginCodeRejected) refuse(new LoginCodeInvalid());
      throw error;
    }
  }

  /** The person, locked: whoever disables somebody waits for this login, and ends its session too. */
  async #recognise(db: EntityManager, identity: WechatIdentity): Promise<User> {
    const known = await this.#find(db, identity);
    if (!known) return this.#create(db, identity);
    await db.update(User, { id: known.id }, this.#sealedOf(known.id, identity));
    return known;
  }

  async #create(db: EntityManager, identity: WechatIdentity): Promise<User> {
    const id: UserId = newId('user');
    const user = db.create(User, {
      ...{ id, status: 'ACTIVE', openidIndex: this.#indexOf(identity.openid) },
      openid: this.vault.seal(USER_SEALS.openid, id, identity.openid),
      ...this.#sealedOf(id, identity),
    });
    try {
      await db.insert(User, user);
      return user;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.#recognise(db, identity); // The same phone logged in twice at once.
    }
  }

  #find(db: EntityManager, { openid }: WechatIdentity): Promise<User | null> {
    const where = { openidIndex: this.#indexOf(openid) };
    return db.findOne(User, { where, lock: { mode: 'pessimistic_write' } });
  }

  /** What a login may change. A unionid that was known stays if WeChat does not name one this time. */
  #sealedOf(id: UserId, { unionid, sessionKey }: WechatIdentity): Partial<User> {
    return {
      sessionKey: this.vault.seal(USER_SEALS.sessionKey, id, sessionKey),
      ...(unionid !== null && {
        unionid: this.vault.seal(USER_SEALS.unionid, id, unionid),
        unionidIndex: this.vault.blindIndex(USER_SEALS.unionid, unionid),
      }),
    };
  }

  #indexOf(openid: string): Buffer {
    return this.vault.blindIndex(USER_SEALS.openid, openid);
  }
}
