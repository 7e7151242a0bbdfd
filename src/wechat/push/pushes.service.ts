import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idBytes, MachineClock, newId, Transactor, Vault } from '#common';
import { Jobs } from '#jobs';
import { wechatPushed } from './push.jobs.js';
import type { Push } from './push.js';
import { WechatPush, type WechatPushId } from './wechat-push.entity.js';

/** How long an event is known by, in days: WeChat repeats one for some seconds, and what is signed anew is another. */
export const PUSHES_KEPT_DAYS = 7;

/** Under which `identity` knows people by WeChat's name for them. */
const OPENID_PLACE = 'user.openid';

/** What WeChat pushed, written down once. */
@Injectable()
export class PushesService {
  readonly #logger = new Logger(PushesService.name);

  constructor(
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly vault: Vault,
    private readonly jobs: Jobs,
  ) {}

  /** Fifty copies of one event become one row and one fact. Of an event that nobody reads only its name is kept. */
  store({ identity, event, openid, createdAt, said }: Push): Promise<void> {
    const pushId: WechatPushId = newId('push');
    const openidIndex = said && this.vault.blindIndex(OPENID_PLACE, openid);
    return this.transactor.run(async (db) => {
      const { affectedRows } = await db.query<{ affectedRows: number }>(
        `INSERT IGNORE INTO wechat_push (id, identity, event, openid_index, said, created_at, received_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [idBytes(pushId), identity, event, openidIndex, said && JSON.stringify(said), createdAt, this.machine.now()],
      );
      if (affectedRows !== 1) return;
      if (said) await this.jobs.publish(db, wechatPushed, { pushId, event });
      else this.#logger.debug(`a push of a kind that nobody reads: ${event}`);
    });
  }

  /** Makes an event nobody's any more, as part of the transaction that works it off. */
  async settle(db: EntityManager, id: WechatPushId): Promise<void> {
    await db.update(WechatPush, { id }, { openidIndex: null });
  }
}
