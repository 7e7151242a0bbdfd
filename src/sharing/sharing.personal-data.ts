import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import {
  type Holding,
  idBytes,
  idFromBytes,
  inPages,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
} from '#common';
import type { UserId } from '#identity';
import { ShareScene, type ShareSceneId } from './scene.entity.js';
import { ShareTargets } from './share-target.js';

/** What somebody has shared. */
@Injectable()
export class SharingPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'SHARES',
      what: {
        zh: '您分享过的商品和拼团，以及您每天生成分享码和链接的次数。',
        en: 'The products and teams that you have shared, and how many codes and links were made for you each day.',
      },
      columns: ['share_scene.maker_id', 'share_quota.holder_id'],
      purpose: 'ACCOUNT',
      basis: 'CONTRACT',
      kept: {
        zh: '保存至您注销账号，次数保存三十天；您分享出去的码和链接此后仍可打开，但不再与您有关联。',
        en: 'Until you erase your account, the counts for thirty days; what you have handed out still opens after that, but leads to nobody.',
      },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM share_scene WHERE maker_id = ?',
    },
  ];

  constructor(
    holders: PersonalDataHolders,
    private readonly targets: ShareTargets,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, makerId: UserId): AsyncGenerator<PersonalRecord> {
    for await (const scene of inPages<ShareScene>((after) => scenesAfter(db, makerId, after?.id ?? null))) {
      const { code, targetType, targetId, createdAt } = scene;
      const { idPrefix } = this.targets.of(targetType);
      const data = { scene: code, targetType, targetId: idFromBytes(idPrefix, targetId), createdAt };
      yield { category: 'SHARES', data };
    }
  }

  /** What is printed or sent must go on opening, so the scenes stay and forget whose they were. */
  override async eraseSome(db: EntityManager, makerId: UserId): Promise<string | null> {
    const scenes = await scenesAfter(db, makerId, null);
    await db.update(ShareScene, { id: In(scenes.map(({ id }) => id)) }, { makerId: null });
    if (scenes.length === PERSONAL_PAGE) return 'more';
    await db.query('DELETE FROM share_quota WHERE holder_id = ?', [idBytes(makerId)]);
    return null;
  }
}

/** A page of what a person has shared. */
function scenesAfter(db: EntityManager, makerId: UserId, after: ShareSceneId | null): Promise<ShareScene[]> {
  const where = { makerId, ...(after && { id: MoreThan(after) }) };
  return db.find(ShareScene, { where, order: { id: 'ASC' }, take: PERSONAL_PAGE });
}
