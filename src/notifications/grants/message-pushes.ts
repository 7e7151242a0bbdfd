import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { idBytes, idFromBytes, MachineClock, move, secondsAfter, Transactor } from '#common';
import { activeAmong, User, type UserId } from '#identity';
import type { JobClaim, Outcome } from '#jobs';
import { type MessageResult, PushesService, type PushSaid, WechatPush } from '#wechat';
import { deliveryLife } from '../sending/delivery.rules.js';
import { MessageDelivery } from '../sending/message-delivery.entity.js';
import { GrantsService } from './grants.service.js';

/** About as long as WeChat takes to answer. */
const SENDING_SECONDS = 5;

/** What WeChat pushes of messages: what people have answered, and what became of what was sent. */
@Injectable()
export class MessagePushes {
  constructor(
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly pushes: PushesService,
    private readonly grants: GrantsService,
  ) {}

  /**
   * Works off one event, once. One of somebody who is not known, or gone, changes nothing; one of what became of a message waits until none of
   * its template is being sent, so that it is not taken for another's.
   */
  work(id: WechatPush['id'], claim: JobClaim): Promise<Outcome> {
    return this.transactor.run(async (db) => {
      const { openidIndex, said } = await db.findOneByOrFail(WechatPush, { id });
      const user = openidIndex && (await db.findOneBy(User, { openidIndex }));
      if (user && said && (await activeAmong(db, [user.id])).has(user.id)) {
        if (await isSending(db, user.id, said))
          return { snoozeUntil: secondsAfter(this.machine.now(), SENDING_SECONDS) };
        await this.#heed(db, user.id, said);
      }
      await this.pushes.settle(db, id);
      await claim.close(db);
      return 'done';
    });
  }

  async #heed(db: EntityManager, userId: UserId, said: NonNullable<PushSaid>): Promise<void> {
    if (said.kind === 'ASKED') return this.grants.count(db, userId, 'pushed', said.answers);
    if (said.kind === 'SENT') {
      for (const result of said.results) await this.#note(db, userId, result);
      return;
    }
    const refused = said.answers.filter(({ isAccepted }) => !isAccepted).map(({ templateId }) => templateId);
    await this.grants.void(db, userId, refused);
  }

  /** WeChat does not say which message it means: the oldest of its template of which nothing is known, and first of all one that was sent for sure. */
  async #note(db: EntityManager, userId: UserId, { templateId, code }: MessageResult): Promise<void> {
    const [found] = await db.query<{ id: Buffer }[]>(
      `SELECT id FROM message_delivery
       WHERE user_id = ? AND template_id = ? AND status IN ('SENT', 'UNKNOWN') AND result IS NULL
       ORDER BY FIELD(status, 'SENT', 'UNKNOWN'), intended_at, id LIMIT 1 FOR UPDATE`,
      [idBytes(userId), templateId],
    );
    if (!found) return;
    const id = idFromBytes('message', found.id);
    await db.update(MessageDelivery, { id }, { result: code });
    const delivery = await db.findOneByOrFail(MessageDelivery, { id });
    if (delivery.status === 'UNKNOWN' && code === '0') await move(db, MessageDelivery, deliveryLife, delivery, 'SENT');
  }
}

function isSending(db: EntityManager, userId: UserId, said: NonNullable<PushSaid>): Promise<boolean> {
  if (said.kind !== 'SENT') return Promise.resolve(false);
  const templateId = In(said.results.map((result) => result.templateId));
  return db.existsBy(MessageDelivery, { userId, templateId, status: 'SENDING' });
}
