import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { badInput, type Id, idBytes, idFromBytes, isId, MachineClock, newId, refuse, Transactor } from '#common';
import { holdAccount, type UserId } from '#identity';
import { ShareScene } from './scene.entity.js';
import { newSceneCode, queryOf, readScene } from './scene.rules.js';
import { type ShareSubject, type ShareTarget, ShareTargets } from './share-target.js';
import type { ShareTargetInput } from './sharing.inputs.js';
import { NotShareable, SceneNotFound } from './sharing.refusals.js';
import { SharedTarget } from './sharing.views.js';

/** A thing that somebody shares. */
export interface Shared {
  readonly target: ShareTarget;
  readonly id: Id;
  readonly subject: ShareSubject;
  readonly scene: ShareScene;
}

/** Which scene stands for what. */
@Injectable()
export class ScenesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly targets: ShareTargets,
  ) {}

  /**
   * Somebody's own scene of a thing; the same each time.
   *
   * @throws RequestError that names `input.targetId` if it is no id of that type; Refused with NotShareable
   */
  async share(makerId: UserId, { targetType, targetId }: ShareTargetInput): Promise<Shared> {
    const target = this.targets.of(targetType);
    const { idPrefix } = target;
    if (!isId(idPrefix, targetId)) {
      const texts = { zh: '必须是该类内容的编号。', en: 'Must be an id of a thing of this type.' };
      throw badInput({ path: 'input.targetId', texts });
    }
    const [subject] = await target.describe(this.source.manager, [targetId]);
    if (!subject?.isOpen) refuse(new NotShareable());
    return { target, id: targetId, subject, scene: await this.#sceneOf(makerId, target, targetId) };
  }

  /**
   * What is behind what a page was given as its scene, for anybody.
   *
   * @throws RequestError that names `scene` if no code can carry it; Refused with SceneNotFound
   */
  async resolve(given: string): Promise<SharedTarget> {
    const code = readScene(given);
    if (code === null) {
      const texts = { zh: '不是小程序码能携带的内容。', en: 'Must be what a mini-program code can carry.' };
      throw badInput({ path: 'scene', texts });
    }
    const scene = await this.source.manager.findOneBy(ShareScene, { code });
    if (!scene) refuse(new SceneNotFound());
    const target = this.targets.of(scene.targetType);
    const targetId = idFromBytes(target.idPrefix, scene.targetId);
    const [subject] = await target.describe(this.source.manager, [targetId]);
    if (!subject) refuse(new SceneNotFound());
    const path = `/${target.page}?${queryOf(targetId, code)}`;
    return Object.assign(new SharedTarget(), { targetType: target.type, targetId, path, isOpen: subject.isOpen });
  }

  async #sceneOf(makerId: UserId, { type }: ShareTarget, id: Id): Promise<ShareScene> {
    const where = { makerId, targetId: idBytes(id) };
    const known = await this.source.manager.findOneBy(ShareScene, where);
    if (known) return known;
    return this.transactor.run(async (db) => {
      await holdAccount(db, makerId);
      // Of two at once the second finds the first one's row. A code that is taken finds nobody's, and the attempt fails.
      await db.query(
        `INSERT INTO share_scene (id, code, target_type, target_id, maker_id, created_at) VALUES (?, ?, ?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE code = code`,
        [
          ...[idBytes(newId('scene')), newSceneCode((below) => randomInt(below)), type, where.targetId],
          ...[idBytes(makerId), this.machine.now()],
        ],
      );
      return db.findOneByOrFail(ShareScene, where);
    });
  }
}
