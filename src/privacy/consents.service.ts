import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import {
  ConsentMissing,
  type ConsentPurpose,
  Consents,
  idBytes,
  type Language,
  PersonalDataHolders,
  Purpose,
  refuse,
  Transactor,
} from '#common';
import { holdAccount, lockAccount, type UserId } from '#identity';
import { Consent, type ConsentKind } from './consent.entity.js';
import type { ConsentGiveInput } from './consent.inputs.js';
import { ConsentNotAsked, ConsentTextChanged } from './consent.refusals.js';
import { newestByPurpose, stands } from './consent.rules.js';
import { PrivacyConsent, privacyConsent } from './privacy-consent.js';
import { ASKED, isAsked, versionOf } from './purposes.js';

/** Who acts, and in which language the text was shown. */
export interface Asked {
  readonly userId: UserId;
  readonly language: Language;
}

const NEWEST = `
  SELECT MAX(id) AS id FROM consent WHERE user_id = ? AND purpose IN (?) GROUP BY purpose`;

/** To what people agree: given one by one, taken back as easily, and both kept. */
@Injectable()
export class ConsentsService extends Consents {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly holders: PersonalDataHolders,
  ) {
    super();
  }

  override async may(db: EntityManager, userId: UserId, purpose: ConsentPurpose): Promise<boolean> {
    return stands(await newestOf(db, userId, purpose), versionOf(purpose));
  }

  override async require(db: EntityManager, userId: UserId, purpose: ConsentPurpose): Promise<void> {
    await holdAccount(db, userId);
    if (!(await this.may(db, userId, purpose))) refuse(new ConsentMissing(purpose));
  }

  /** Every purpose there is, and how a person stands to it. */
  async all({ userId, language }: Asked): Promise<PrivacyConsent[]> {
    const db = this.source.manager;
    const ids = await db.query<{ id: string }[]>(NEWEST, [idBytes(userId), Object.keys(ASKED)]);
    const acts = await db.find(Consent, { where: { id: In(ids.map(({ id }) => id)) }, order: { id: 'ASC' } });
    const newest: ReadonlyMap<Purpose, Consent> = newestByPurpose(acts);
    return Object.values(Purpose).map((purpose) => privacyConsent(purpose, newest.get(purpose) ?? null, language));
  }

  /**
   * Notes that a person agrees to the text of a version; asking again changes nothing.
   *
   * @throws Refused with ConsentTextChanged if it is not the text of today, or ConsentNotAsked
   */
  give({ userId, language }: Asked, { purpose, version }: ConsentGiveInput): Promise<PrivacyConsent> {
    if (!isAsked(purpose)) refuse(new ConsentNotAsked());
    return this.transactor.run(async (db) => {
      await lockAccount(db, userId);
      const newest = await newestOf(db, userId, purpose);
      if (version !== versionOf(purpose)) refuse(new ConsentTextChanged(privacyConsent(purpose, newest, language)));
      if (stands(newest, version)) return privacyConsent(purpose, newest, language);
      return this.#note(db, { userId, language }, { purpose, version, kind: 'GIVEN' });
    });
  }

  /**
   * Notes that a person agrees no longer, and deletes what was held for that alone, in the same transaction. Asking again changes nothing.
   *
   * @throws Refused with ConsentNotAsked
   */
  withdraw({ userId, language }: Asked, purpose: Purpose): Promise<PrivacyConsent> {
    if (!isAsked(purpose)) refuse(new ConsentNotAsked());
    return this.transactor.run(async (db) => {
      await lockAccount(db, userId);
      const newest = await newestOf(db, userId, purpose);
      if (newest?.kind !== 'GIVEN') return privacyConsent(purpose, newest, language);
      for (const holder of this.holders.all) await holder.forget(db, userId, purpose);
      return this.#note(db, { userId, language }, { purpose, version: newest.version, kind: 'WITHDRAWN' });
    });
  }

  async #note(
    db: EntityManager,
    { userId, language }: Asked,
    act: { purpose: ConsentPurpose; version: number; kind: ConsentKind },
  ): Promise<PrivacyConsent> {
    const { identifiers } = await db.insert(Consent, { ...act, userId, language });
    const noted = await db.findOneByOrFail(Consent, { id: identifiers[0]?.['id'] as string });
    return privacyConsent(act.purpose, noted, language);
  }
}

/** The newest act of somebody for a purpose: the end of one stretch of an index. */
function newestOf(db: EntityManager, userId: UserId, purpose: ConsentPurpose): Promise<Consent | null> {
  return db.findOne(Consent, { where: { userId, purpose }, order: { id: 'DESC' } });
}
