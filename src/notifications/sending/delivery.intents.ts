import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BusinessTime, Config, idBytes, idFromBytes, MachineClock, move, secondsAfter } from '#common';
import { IdentityService, lockIfActive } from '#identity';
import type { SubscribeMessage } from '#wechat';
import { GrantsService } from '../grants/grants.service.js';
import { MessageSetting } from '../grants/message-setting.entity.js';
import { Message, type MessageId } from '../inbox/message.entity.js';
import { KINDS } from '../kinds/kinds.js';
import type { Template } from '../kinds/template.rules.js';
import { Templates } from '../kinds/templates.js';
import { type Decision, decide, deliveryLife } from './delivery.rules.js';
import { MessageDelivery } from './message-delivery.entity.js';

const LOCK = { mode: 'pessimistic_write' } as const;
const DAY_SECONDS = 86_400;

interface Sent {
  readonly all_kinds: string | number;
  readonly of_kind: string | number | null;
}

/** A message that waits, and what is known under its person's lock. */
interface Candidate {
  readonly delivery: MessageDelivery;
  readonly template: Template | null;
  readonly isActive: boolean;
  readonly now: Date;
}

/** Whether a message is sent now: decided and written down before WeChat is asked. */
@Injectable()
export class DeliveryIntents {
  constructor(
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly config: Config,
    private readonly identity: IdentityService,
    private readonly templates: Templates,
    private readonly grants: GrantsService,
  ) {}

  /** Decides under the person's lock whether to send it now, takes the grant and writes both down. */
  async intend(db: EntityManager, id: MessageId): Promise<SubscribeMessage | null> {
    const known = await db.findOneBy(MessageDelivery, { id });
    if (!known) return null; // The person has erased the account meanwhile.
    const isActive = await lockIfActive(db, known.userId);
    const delivery = await db.findOne(MessageDelivery, { where: { id }, lock: LOCK });
    const now = await this.businessTime.read(db);
    if (delivery?.status !== 'WAITING' || delivery.dueAt > now) return null;
    const template = this.templates.of(delivery.kind);
    const decision = await this.#decide(db, { delivery, isActive, template, now });
    if (decision === 'SEND' && template) {
      const set = { templateId: template.templateId, intendedAt: now, startedAt: this.machine.now(), code: null };
      await move(db, MessageDelivery, deliveryLife, delivery, 'SENDING', set);
      return this.#messageOf(db, delivery, template);
    }
    if (typeof decision === 'object' && 'waitUntil' in decision)
      await db.update(MessageDelivery, { id }, { dueAt: decision.waitUntil });
    else await move(db, MessageDelivery, deliveryLife, delivery, 'DROPPED', { code: reasonOf(decision) });
    return null;
  }

  /** A grant is taken last of all, and only if nothing else keeps the message from being sent. */
  async #decide(db: EntityManager, { delivery, isActive, template, now }: Candidate): Promise<Decision> {
    const { userId, kind, staleAt } = delivery;
    const { MESSAGES_PER_DAY_MAX: perDayMax, SHOP_TIME_ZONE: timeZone } = this.config;
    const quiet = { from: this.config.MESSAGE_QUIET_FROM, until: this.config.MESSAGE_QUIET_UNTIL };
    const isOn = template !== null && !(await db.existsBy(MessageSetting, { userId, kind }));
    const sent = await sentSince(db, delivery, secondsAfter(now, -DAY_SECONDS));
    const shop = { perDayMax, quiet, timeZone };
    const it = { terms: KINDS[kind], staleAt, isActive, isOn, sent, shop, hasGrant: true };
    const decision = decide(it, now);
    if (decision !== 'SEND' || !template) return decision;
    const hasGrant = await this.grants.take(db, userId, template.templateId);
    return decide({ ...it, hasGrant }, now);
  }

  async #messageOf(
    db: EntityManager,
    { id, userId, kind }: MessageDelivery,
    template: Template,
  ): Promise<SubscribeMessage> {
    const { params, subjectId } = await db.findOneByOrFail(Message, { id });
    const { SUBSCRIBE_PAGE } = this.config;
    const subject = idFromBytes(KINDS[kind].subject, subjectId);
    return {
      openid: await this.identity.openidOf(db, userId),
      templateId: template.templateId,
      page: SUBSCRIBE_PAGE === undefined ? null : `${SUBSCRIBE_PAGE}?kind=${kind}&id=${subject}`,
      data: this.templates.dataOf(template, params),
    };
  }
}

function reasonOf(decision: Decision): string {
  return typeof decision === 'object' && 'drop' in decision ? decision.drop : 'SWITCHED_OFF';
}

/** How many messages the person was sent since then, or may have been. */
async function sentSince(
  db: EntityManager,
  { userId, kind }: MessageDelivery,
  since: Date,
): Promise<{ all: number; ofKind: number }> {
  const [row] = await db.query<[Sent]>(
    `SELECT COUNT(*) AS all_kinds, SUM(kind = ?) AS of_kind FROM message_delivery
     WHERE user_id = ? AND intended_at > ? AND status IN ('SENDING', 'SENT', 'UNKNOWN')`,
    [kind, idBytes(userId), since],
  );
  return { all: Number(row.all_kinds), ofKind: Number(row.of_kind ?? 0) };
}
