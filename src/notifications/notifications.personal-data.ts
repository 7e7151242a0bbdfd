import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { type Holding, idBytes, inPages, type PersonalRecord, PERSONAL_PAGE, PersonalData } from '#common';
import type { UserId } from '#identity';
import { MessageGrant } from './grants/message-grant.entity.js';
import { MessageSetting } from './grants/message-setting.entity.js';
import { Message } from './inbox/message.entity.js';
import { textOf } from './kinds/message.texts.js';
import { titleOf } from './kinds/message.titles.js';

/** What people were told, and what they want to be told. */
@Injectable()
export class NotificationsPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'MESSAGES',
      what: {
        zh: '发给您的订单、拼团、退款和售后消息，以及是否已读。',
        en: 'What you were told of your orders, teams, refunds and cases, and whether you have read it.',
      },
      columns: ['message.user_id', 'message.params', 'message.read_at', 'message_delivery.user_id'],
      purpose: 'ORDERS',
      basis: 'CONTRACT',
      kept: {
        zh: '保存一百八十天；注销账号时立即删除。',
        en: 'For 180 days, or until you erase your account.',
      },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM message WHERE user_id = ?',
    },
    {
      category: 'MESSAGE_SETTINGS',
      what: {
        zh: '您允许发送多少条服务通知、关闭了哪些消息。',
        en: 'How many service messages you have allowed, and which you have switched off.',
      },
      columns: [
        ...(['message_grant.user_id', 'message_setting.user_id', 'message_setting.kind'] as const),
        'wechat_push.openid_index',
      ],
      purpose: 'ORDERS',
      basis: 'CONTRACT',
      kept: {
        zh: '保存至注销账号；微信推送的原始通知处理完毕后不再指向您。',
        en: 'Until you erase your account. What WeChat pushes leads to you only until it is worked off.',
      },
      correctedBy: 'messageSettingsUpdate',
      countSql:
        'SELECT (SELECT COUNT(*) FROM message_grant WHERE user_id = person.id) + (SELECT COUNT(*) FROM message_setting WHERE user_id = person.id) FROM user AS person WHERE person.id = ?',
    },
  ];

  override async *records(db: EntityManager, userId: UserId): AsyncGenerator<PersonalRecord> {
    const messages = inPages<Message>((after) =>
      db.find(Message, {
        where: { userId, ...(after && { id: MoreThan(after.id) }) },
        ...{ order: { id: 'ASC' }, take: PERSONAL_PAGE },
      }),
    );
    for await (const { id, kind, params, createdAt, readAt } of messages) {
      const [title, text] = [titleOf(kind, params, 'zh'), textOf(kind, params, 'zh')];
      yield { category: 'MESSAGES', data: { id, kind, title, text, createdAt, readAt } };
    }
    for (const { templateId, reported, pushed, taken, voided } of await db.findBy(MessageGrant, { userId }))
      yield { category: 'MESSAGE_SETTINGS', data: { templateId, reported, pushed, taken, voided } };
    for (const { kind, offSince } of await db.findBy(MessageSetting, { userId }))
      yield { category: 'MESSAGE_SETTINGS', data: { kind, offSince } };
  }

  /** Deliveries go with their messages. */
  override async eraseSome(db: EntityManager, userId: UserId): Promise<string | null> {
    const { affectedRows } = await db.query<{ affectedRows: number }>(
      `DELETE FROM message WHERE user_id = ? LIMIT ${PERSONAL_PAGE}`,
      [idBytes(userId)],
    );
    if (affectedRows === PERSONAL_PAGE) return 'more';
    await db.delete(MessageGrant, { userId });
    await db.delete(MessageSetting, { userId });
    return null;
  }
}
