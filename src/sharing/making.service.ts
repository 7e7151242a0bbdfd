import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Config, idBytes, MachineClock, newId, refuse, secondsAfter, Transactor } from '#common';
import { holdAccount, type UserId } from '#identity';
import { ShareRejected } from '#wechat';
import { type ArtifactKind, type ArtifactProblem, ShareArtifact } from './artifact.entity.js';
import { type Step, stepAt } from './artifact.rules.js';
import { secondsUntil } from './quota.rules.js';
import { spendCall } from './quotas.js';
import type { ShareSceneId } from './scene.entity.js';
import { LEASE_SECONDS, LOOK_MILLISECONDS, REST_SECONDS, WAIT_SECONDS } from './sharing.limits.js';
import { ShareNotPossible, ShareTryLater } from './sharing.refusals.js';

/** What somebody wants WeChat to make. */
export interface Wish {
  readonly makerId: UserId;
  readonly sceneId: ShareSceneId;
  readonly kind: ArtifactKind;
  readonly page: string;
  /** In pixels, of a code; 0 of a link. */
  readonly width: number;
}

/** What WeChat has made. */
export interface Made {
  /** The link, or the key of the code's picture. */
  readonly address: string;
  readonly sizeBytes: number | null;
  readonly expiresAt: Date | null;
}

/** Asks WeChat, outside of every transaction. */
export type Maker = (artifact: ShareArtifact) => Promise<Made>;

/** Has codes and links made once, however many want them at once, in however many processes. */
@Injectable()
export class MakingService {
  constructor(
    private readonly config: Config,
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
  ) {}

  /**
   * The code or link as it is, or as `make` makes it. Whoever comes while another request makes it waits for that one.
   *
   * @throws Refused with ShareTryLater, ShareLimitReached or ShareNotPossible; whatever else `make` throws
   */
  async get(wish: Wish, make: Maker): Promise<Made> {
    const until = secondsAfter(this.machine.now(), WAIT_SECONDS);
    for (;;) {
      const { step, artifact } = await this.#next(wish);
      if (step === 'USE') return madeOf(artifact);
      if (step === 'MAKE') return this.#make(artifact, make);
      if (step === 'REST') this.#refuse(artifact);
      if (this.machine.now() >= until) refuse(new ShareTryLater(REST_SECONDS));
      await sleep(LOOK_MILLISECONDS);
    }
  }

  /** What is to be done now; who is to ask WeChat has the lease then, and the call is counted. */
  async #next(wish: Wish): Promise<{ step: Step; artifact: ShareArtifact }> {
    const key = this.#keyOf(wish);
    const known = await this.source.manager.findOneBy(ShareArtifact, key);
    const step = known && stepAt(known, this.machine.now());
    if (known && step && step !== 'MAKE') return { step, artifact: known };
    return this.transactor.run(async (db) => {
      await holdAccount(db, wish.makerId);
      const artifact = await lockArtifact(db, key);
      const now = this.machine.now();
      const stepNow = stepAt(artifact, now);
      if (stepNow === 'MAKE') await claim(db, artifact, wish.makerId, now);
      return { step: stepNow, artifact };
    });
  }

  async #make(artifact: ShareArtifact, make: Maker): Promise<Made> {
    const { id, attempt } = artifact;
    try {
      const made = await make(artifact);
      const end = { madeAt: this.machine.now(), leaseUntil: null };
      // If the lease was over, another request has made it meanwhile, and that is kept; this one is as good.
      await this.source.manager.update(ShareArtifact, { id, attempt }, { ...made, ...end });
      return made;
    } catch (error) {
      const problem: ArtifactProblem = error instanceof ShareRejected ? error.fault : 'UNANSWERED';
      const rest = { problem, leaseUntil: secondsAfter(this.machine.now(), REST_SECONDS) };
      await this.source.manager.update(ShareArtifact, { id, attempt }, rest);
      if (error instanceof ShareRejected) this.#refuse(Object.assign(artifact, rest));
      throw error;
    }
  }

  #refuse({ problem, leaseUntil }: ShareArtifact): never {
    if (problem === 'PAGE' || problem === 'NOT_PERMITTED') refuse(new ShareNotPossible());
    const now = this.machine.now();
    refuse(new ShareTryLater(secondsUntil(leaseUntil ?? now, now)));
  }

  #keyOf({ sceneId, kind, page, width }: Wish) {
    return { sceneId, kind, page, width, version: this.config.WECHAT_ENV_VERSION };
  }
}

type ArtifactKey = Pick<ShareArtifact, 'sceneId' | 'kind' | 'page' | 'version' | 'width'>;

function madeOf({ address, sizeBytes, expiresAt }: ShareArtifact): Made {
  assert(address !== null, 'what was never made is used');
  return { address, sizeBytes, expiresAt };
}

/** The row of a code or link, made if there is none, and locked. */
async function lockArtifact(db: EntityManager, key: ArtifactKey): Promise<ShareArtifact> {
  const { sceneId, kind, page, version, width } = key;
  await db.query(
    `INSERT INTO share_artifact (id, scene_id, kind, page, version, width) VALUES (?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE attempt = attempt`,
    [idBytes(newId('artifact')), idBytes(sceneId), kind, page, version, width],
  );
  return db.findOneOrFail(ShareArtifact, { where: key, lock: { mode: 'pessimistic_write' } });
}

/** Gives the caller's request the right to ask WeChat, for as long as its answer may take. */
async function claim(db: EntityManager, artifact: ShareArtifact, makerId: UserId, now: Date): Promise<void> {
  await spendCall(db, artifact, makerId, now);
  const { id, attempt } = artifact;
  const claimed = { attempt: attempt + 1, leaseUntil: secondsAfter(now, LEASE_SECONDS), problem: null };
  await db.update(ShareArtifact, { id }, claimed);
  Object.assign(artifact, claimed);
}
