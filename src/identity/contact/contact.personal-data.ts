import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Holding,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  type Purpose,
} from '#common';
import { User, type UserId } from '../user.entity.js';
import { AddressesService } from './addresses.service.js';
import { PhonesService } from './phones.service.js';

/** How somebody is reached: both rest on a consent, and go with it. */
@Injectable()
export class ContactPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'PHONE',
      what: { zh: '您的手机号码。', en: 'Your telephone number.' },
      columns: ['user.phone', 'user.phone_index', 'user.phone_code_hash'],
      purpose: 'PHONE',
      basis: 'CONSENT',
      kept: { zh: '保存至您撤回同意或注销账号。', en: 'Until you take your consent back or erase your account.' },
      correctedBy: 'phoneUpdate',
      countSql: 'SELECT COUNT(*) FROM user WHERE id = ? AND phone IS NOT NULL',
    },
    {
      category: 'ADDRESSES',
      what: { zh: '您的地址簿。', en: 'Your address book.' },
      columns: ['address.user_id', 'address.contents'],
      purpose: 'ADDRESS_BOOK',
      basis: 'CONSENT',
      kept: {
        zh: '保存至您删除地址、撤回同意或注销账号。',
        en: 'Until you remove the address, take your consent back or erase your account.',
      },
      correctedBy: 'addressChange',
      countSql: 'SELECT COUNT(*) FROM address WHERE user_id = ? AND removed_at IS NULL',
    },
  ];

  constructor(
    holders: PersonalDataHolders,
    private readonly phones: PhonesService,
    private readonly addresses: AddressesService,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, userId: UserId): AsyncGenerator<PersonalRecord> {
    const phone = this.phones.phoneOf(await db.findOneByOrFail(User, { id: userId }));
    if (phone !== null) yield { category: 'PHONE', data: { phone } };
    for (const entry of await this.addresses.of(userId)) {
      const { id, isDefault } = entry;
      yield { category: 'ADDRESSES', data: { id, isDefault, ...this.addresses.contentsOf(entry) } };
    }
  }

  /** The number has gone with the name (`LeavingPeopleService`). */
  override async eraseSome(db: EntityManager, userId: UserId): Promise<string | null> {
    return (await this.addresses.erase(db, userId)) === PERSONAL_PAGE ? 'more' : null;
  }

  override async forget(db: EntityManager, userId: UserId, purpose: Purpose): Promise<void> {
    if (purpose === 'PHONE') await this.phones.forget(db, userId);
    if (purpose === 'ADDRESS_BOOK') await this.addresses.removeAll(db, userId);
  }
}
