import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Idempotency, idBytes, newId, Transactor } from '#common';
import { holdAccount, type UserId } from '#identity';
import type { TemplateAnswer } from '#wechat';
import { Templates } from '../kinds/templates.js';
import type { MessageGrantsRecordInput } from './grant.inputs.js';
import { MessageGrant, type MessageGrantId } from './message-grant.entity.js';

/** More than anybody has use for: whoever reports for fun costs us no more than as many refused messages. */
export const GRANTS_LEFT_MAX = 100;

interface Written {
  readonly affectedRows: number;
}

/**
 * How many messages people have allowed. The phone reports what its owner has answered, and WeChat pushes it; either may be lost, so that
 * each is counted by itself and the greater counts (ADR 28).
 */
@Injectable()
export class GrantsService {
  constructor(
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly templates: Templates,
  ) {}

  /** Notes what a person has answered to `wx.requestSubscribeMessage`, once for each key. Templates that there are no more are passed over. */
  async record(userId: UserId, input: MessageGrantsRecordInput): Promise<void> {
    const [first] = this.#known(input.answers);
    if (first === undefined) return;
    // What a key leads to must be there before it is used.
    const resultId = await this.transactor.run((db) => this.#begin(db, userId, first));
    const attempt = { actorId: userId, key: input.idempotencyKey, input, resultId };
    await this.idempotency.once(MessageGrant, attempt, async (db) => {
      await holdAccount(db, userId);
      await this.count(db, userId, 'reported', input.answers);
      return db.findOneByOrFail(MessageGrant, { id: resultId });
    });
  }

  /** Counts what was accepted, by whose word it is known; a no takes nothing back that was allowed before. */
  async count(
    db: EntityManager,
    userId: UserId,
    source: 'reported' | 'pushed',
    answers: readonly TemplateAnswer[],
  ): Promise<void> {
    for (const templateId of this.#known(answers.filter(({ isAccepted }) => isAccepted))) {
      await db.query(
        `INSERT INTO message_grant (id, user_id, template_id, ${source}) VALUES (?, ?, ?, 1)
         ON DUPLICATE KEY UPDATE ${source} = LEAST(${source} + 1, taken + voided + ${GRANTS_LEFT_MAX})`,
        [idBytes(newId('grant')), idBytes(userId), templateId],
      );
    }
  }

  /** Takes one, in a statement that two cannot win; false if none is left. */
  async take(db: EntityManager, userId: UserId, templateId: string): Promise<boolean> {
    const { affectedRows } = await db.query<Written>(
      `UPDATE message_grant SET taken = taken + 1
       WHERE user_id = ? AND template_id = ? AND taken + voided < GREATEST(reported, pushed)`,
      [idBytes(userId), templateId],
    );
    return affectedRows === 1;
  }

  /** Gives back one that was taken for a message that WeChat did not send. */
  async giveBack(db: EntityManager, userId: UserId, templateId: string): Promise<void> {
    await db.query('UPDATE message_grant SET taken = taken - 1 WHERE user_id = ? AND template_id = ? AND taken > 0', [
      idBytes(userId),
      templateId,
    ]);
  }

  /** Forgets all that are left: WeChat knows of none, or the person has switched the template off there. */
  async void(db: EntityManager, userId: UserId, templateIds: readonly string[]): Promise<void> {
    if (templateIds.length === 0) return;
    await db.query(
      'UPDATE message_grant SET voided = GREATEST(reported, pushed) - taken WHERE user_id = ? AND template_id IN (?)',
      [idBytes(userId), templateIds],
    );
  }

  /** The row of a template, with nothing allowed yet if it is new. */
  async #begin(db: EntityManager, userId: UserId, templateId: string): Promise<MessageGrantId> {
    await holdAccount(db, userId);
    await db.query('INSERT IGNORE INTO message_grant (id, user_id, template_id) VALUES (?, ?, ?)', [
      idBytes(newId('grant')),
      idBytes(userId),
      templateId,
    ]);
    return (await db.findOneByOrFail(MessageGrant, { userId, templateId })).id;
  }

  /** In one order for everybody, so that two who count at once do not wait for each other crosswise. */
  #known(answers: readonly TemplateAnswer[]): string[] {
    return answers
      .map(({ templateId }) => templateId)
      .filter((templateId) => this.templates.has(templateId))
      .toSorted();
  }
}
