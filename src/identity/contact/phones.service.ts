import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Consents, Looks, refuse, Transactor, Vault } from '#common';
import { PhoneAskedTooOften, PhoneClient, PhoneCodeRejected } from '#wechat';
import { lockAccount } from '../account-standing.js';
import { TooManyAttempts } from '../identity.refusals.js';
import { IdentityService } from '../identity.service.js';
import { LoginLimits } from '../login-limits.js';
import type { StaffId } from '../staff/staff.entity.js';
import { sha256 } from '../tokens.js';
import { User, USER_SEALS, type UserId } from '../user.entity.js';
import { PhoneCodeInvalid } from './phone.refusals.js';
import { keptPhone } from './phone.rules.js';

/** WeChat's limit counts by the minute. */
const WECHAT_LIMIT_SECONDS = 60;
/** More people than that do not share a telephone. */
const PEOPLE_SHOWN_MAX = 20;

/** The telephone numbers of people, as WeChat vouches for them; sealed as they come. */
@Injectable()
export class PhonesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly identity: IdentityService,
    private readonly phoneClient: PhoneClient,
    private readonly limits: LoginLimits,
    private readonly vault: Vault,
    private readonly consents: Consents,
    private readonly looks: Looks,
  ) {}

  /**
   * Exchanges the code of the `getPhoneNumber` button for the person's number, in place of the one that was known. Others who gave the same
   * number keep it (ADR 15). A code that brought the number which stands is not exchanged again.
   *
   * @throws Refused with ConsentMissing, PhoneCodeInvalid or TooManyAttempts; ChannelError if WeChat cannot be reached
   */
  async update(id: UserId, code: string): Promise<User> {
    const db = this.source.manager;
    const phoneCodeHash = sha256(code);
    const person = await db.findOneByOrFail(User, { id });
    if (person.phoneCodeHash?.equals(phoneCodeHash)) return person;
    await this.consents.require(db, id, 'PHONE'); // WeChat is not paid for a number that may not be kept.
    await this.limits.countPhoneCode(id);
    const phone = await this.#exchange(code, await this.identity.openidOf(db, id));
    const kept = {
      phone: this.vault.seal(USER_SEALS.phone, id, phone),
      phoneIndex: this.#indexOf(phone),
      phoneCodeHash,
    };
    return this.transactor.run(async (tx) => {
      await lockAccount(tx, id);
      await this.consents.require(tx, id, 'PHONE'); // It may have been taken back while WeChat was asked.
      await tx.update(User, { id }, kept);
      return tx.findOneByOrFail(User, { id });
    });
  }

  /** Forgets the person's number. Asking again changes nothing. */
  remove(id: UserId): Promise<User> {
    return this.transactor.run(async (db) => {
      await this.forget(db, id);
      return db.findOneByOrFail(User, { id });
    });
  }

  /** As `remove`, as part of the caller's transaction. */
  async forget(db: EntityManager, id: UserId): Promise<void> {
    await db.update(User, { id }, { phone: null, phoneIndex: null, phoneCodeHash: null });
  }

  /** A person’s whole number; null if there is none. */
  phoneOf({ id, phone }: User): string | null {
    return phone && this.vault.open(USER_SEALS.phone, id, phone);
  }

  /** Who has given a number, the newest person first, 20 at most; that one of the staff was told so is kept. */
  async peopleWith(phone: string, actorId: StaffId): Promise<User[]> {
    const db = this.source.manager;
    const where = { phoneIndex: this.#indexOf(phone) };
    const people = await db.find(User, { where, order: { id: 'DESC' }, take: PEOPLE_SHOWN_MAX });
    const ids = people.map(({ id }) => id);
    await this.looks.note(db, { actorId, category: 'PHONE', operation: 'people' }, ids);
    return people;
  }

  async #exchange(code: string, openid: string): Promise<string> {
    try {
      return keptPhone(await this.phoneClient.exchange(code, openid));
    } catch (error) {
      if (error instanceof PhoneCodeRejected) refuse(new PhoneCodeInvalid());
      if (error instanceof PhoneAskedTooOften) refuse(new TooManyAttempts(WECHAT_LIMIT_SECONDS));
      throw error;
    }
  }

  #indexOf(phone: string): Buffer {
    return this.vault.blindIndex(USER_SEALS.phone, phone);
  }
}
