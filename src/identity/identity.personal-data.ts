import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import {
  type Holding,
  idBytes,
  inPages,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  Vault,
} from '#common';
import { IDENTITY_HOLDINGS } from './identity.holdings.js';
import { Session } from './session.entity.js';
import { LiftedBlock, UserBlock } from './user-block.entity.js';
import { User, USER_SEALS, type UserId } from './user.entity.js';

const BY_ID = { order: { id: 'ASC' }, take: PERSONAL_PAGE } as const;

/** What belongs to nobody but the person, or says of whom they do not want to meet, and who does not want to meet them. */
const TO_ERASE = [
  'DELETE FROM session WHERE user_id = ?',
  'DELETE FROM user_block WHERE user_id = ?',
  'DELETE FROM user_block WHERE blocked_id = ?',
  'DELETE FROM lifted_block WHERE user_id = ?',
];

/** Who somebody is, where they are logged in, and whom they have blocked. */
@Injectable()
export class IdentityPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = IDENTITY_HOLDINGS;

  constructor(
    holders: PersonalDataHolders,
    private readonly vault: Vault,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, userId: UserId): AsyncGenerator<PersonalRecord> {
    const [{ createdAt }] = await db.query<[{ createdAt: Date }]>(
      'SELECT created_at AS createdAt FROM user WHERE id = ?',
      [idBytes(userId)],
    );
    const account = this.#account(await db.findOneByOrFail(User, { id: userId }));
    yield { category: 'ACCOUNT', data: { ...account, createdAt } };
    const sessions = inPages<Session>((after) =>
      db.find(Session, { where: { userId, ...(after && { id: MoreThan(after.id) }) }, ...BY_ID }),
    );
    for await (const { id, startedAt, rotatedAt, expiresAt, revokedAt } of sessions)
      yield { category: 'SESSIONS', data: { id, startedAt, rotatedAt, expiresAt, revokedAt } };
    const blocks = inPages<UserBlock>((after) =>
      db.find(UserBlock, { where: { userId, ...(after && { id: MoreThan(after.id) }) }, ...BY_ID }),
    );
    // Whom it is about is that person's own.
    for await (const { id, blockedAt } of blocks) yield { category: 'BLOCKS', data: { id, blockedAt } };
    const lifted = inPages<LiftedBlock>((after) =>
      db.find(LiftedBlock, { where: { userId, ...(after && { id: MoreThan(after.id) }) }, ...BY_ID }),
    );
    for await (const { id } of lifted) yield { category: 'BLOCKS', data: { id, isLifted: true } };
  }

  override async eraseSome(db: EntityManager, userId: UserId): Promise<string | null> {
    for (const statement of TO_ERASE) {
      const { affectedRows } = await db.query<{ affectedRows: number }>(`${statement} LIMIT ${PERSONAL_PAGE}`, [
        idBytes(userId),
      ]);
      if (affectedRows === PERSONAL_PAGE) return 'more';
    }
    return null;
  }

  /** WeChat’s session key stays out: it says nothing about the person, and must not leave the server. */
  #account({ id, status, openid, unionid, nickname }: User): object {
    const open = (place: 'openid' | 'unionid' | 'nickname', value: User['openid']): string | null =>
      value && this.vault.open(USER_SEALS[place], id, value);
    return {
      ...{ id, status },
      openid: open('openid', openid),
      unionid: open('unionid', unionid),
      nickname: open('nickname', nickname),
    };
  }
}
