import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import {
  BusinessTime,
  decodeIdCursor,
  type Id,
  idBytes,
  newId,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
} from '#common';
import { activeAmong, type UserId } from '#identity';
import { KINDS } from '../kinds/kinds.js';
import type { MessageKind, MessageParams } from '../kinds/message-kind.js';
import { Templates } from '../kinds/templates.js';
import { staleAtOf } from '../sending/delivery.rules.js';
import { Message, type MessageId } from './message.entity.js';

/** What one person is to hear. */
export interface News {
  readonly userId: UserId;
  /** Of what it tells, as its kind says. */
  readonly subjectId: Id;
  /** What has happened: of each nobody hears twice. */
  readonly occasionId: Id;
  readonly params: MessageParams;
}

/** What people are told: written down for each of them, and read. */
@Injectable()
export class InboxService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly templates: Templates,
  ) {}

  /**
   * Tells people of something, once however often it is told, and has it sent into their WeChat if the shop has a template for it. Whoever is
   * disabled or gone hears nothing.
   */
  async tell(db: EntityManager, kind: MessageKind, news: readonly News[]): Promise<void> {
    const active = await activeAmong(
      db,
      news.map(({ userId }) => userId),
    );
    const told = news.filter(({ userId }) => active.has(userId));
    if (told.length === 0) return;
    const now = await this.businessTime.read(db);
    const rows = told.map(({ userId, subjectId, occasionId, params }) => {
      const ids = [newId('message'), userId, subjectId, occasionId].map(idBytes);
      return [...ids, kind, JSON.stringify(params), now];
    });
    await db.query(
      `INSERT IGNORE INTO message (id, user_id, subject_id, occasion_id, kind, params, created_at)
       VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
      rows.flat(),
    );
    if (!this.templates.of(kind)) return;
    // Only those that were not there before have their ids from here.
    await db.query(
      `INSERT INTO message_delivery (id, user_id, kind, status, due_at, stale_at)
       SELECT id, user_id, kind, 'WAITING', created_at, ? FROM message WHERE id IN (?)`,
      [staleAtOf(KINDS[kind], now), rows.map(([id]) => id)],
    );
  }

  /** Somebody's messages, newest first. */
  async ownedBy(userId: UserId, { first, after }: PageArgs, onlyUnread: boolean): Promise<Page<Message>> {
    const before = decodeIdCursor(after, 'message');
    const messages = await this.source.manager.find(Message, {
      where: { userId, ...(before && { id: LessThan(before) }), ...(onlyUnread && { readAt: IsNull() }) },
      order: { id: 'DESC' },
      take: first + 1,
    });
    return pageOf(messages, first, ({ id }) => [id]);
  }

  unreadCount(userId: UserId): Promise<number> {
    return this.source.manager.countBy(Message, { userId, readAt: IsNull() });
  }

  /**
   * Marks a message as read; doing it again changes nothing.
   *
   * @throws RequestError NOT_FOUND if it is not the person's
   */
  async read(userId: UserId, id: MessageId): Promise<Message> {
    await this.#markRead({ userId, id });
    const message = await this.source.manager.findOneBy(Message, { userId, id });
    if (!message) throw notFound('input.messageId');
    return message;
  }

  /** Marks all messages as read that are not newer than one. */
  async readUpTo(userId: UserId, id: MessageId): Promise<void> {
    await this.#markRead({ userId, id: LessThanOrEqual(id) });
  }

  async #markRead(which: FindOptionsWhere<Message>): Promise<void> {
    const db = this.source.manager;
    const readAt = await this.businessTime.read(db);
    await db.update(Message, { ...which, readAt: IsNull() }, { readAt });
  }
}
