import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan, LessThanOrEqual } from 'typeorm';
import { BusinessTime, idBytes, MachineClock, move, secondsAfter, Transactor, tryMove } from '#common';
import { sweep, SWEEP_PAGE } from '#jobs';
import { MessageClient, type SendResult } from '#wechat';
import { GrantsService } from '../grants/grants.service.js';
import type { MessageId } from '../inbox/message.entity.js';
import { DeliveryIntents } from './delivery.intents.js';
import { deliveryLife, outcomeOf } from './delivery.rules.js';
import { MessageDelivery } from './message-delivery.entity.js';

const LOCK = { mode: 'pessimistic_write' } as const;
/** Longer than any request to WeChat may take (WECHAT_TIMEOUT_MILLISECONDS): whoever was sending then has died. */
const SENDING_SECONDS_MAX = 300;

/** Sends messages into people's WeChat. The intent is committed before WeChat is asked, and what may have been sent is never sent again. */
@Injectable()
export class DeliveryDriver {
  readonly #logger = new Logger(DeliveryDriver.name);

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly intents: DeliveryIntents,
    private readonly grants: GrantsService,
    private readonly wechat: MessageClient,
  ) {}

  /** Sends all that is due, and gives up on what somebody was sending who has died. One that fails never stops the others. */
  async deliverDue(): Promise<void> {
    await this.#giveUpOnDead();
    const now = await this.businessTime.read(this.source.manager);
    await sweep<MessageDelivery>(
      (after) => this.#due(now, after),
      ({ id }) => this.deliver(id),
    );
  }

  /** Sends one message, if it is still to be sent. */
  async deliver(id: MessageId): Promise<void> {
    const message = await this.transactor.run((db) => this.intents.intend(db, id));
    if (!message) return;
    const result = await this.wechat.send(message);
    await this.transactor.run((db) => this.#conclude(db, id, result));
  }

  /** Writes down what came of it. Whoever was taken for dead meanwhile may still know that it was sent. */
  async #conclude(db: EntityManager, id: MessageId, result: SendResult): Promise<void> {
    const delivery = await db.findOne(MessageDelivery, { where: { id }, lock: LOCK });
    if (!delivery) return; // The person has erased the account meanwhile.
    const { userId, templateId, failures } = delivery;
    const { status, grant, retrySeconds } = outcomeOf(result, failures);
    if (delivery.status === 'UNKNOWN') {
      if (status === 'SENT') await move(db, MessageDelivery, deliveryLife, delivery, 'SENT');
      return;
    }
    if (delivery.status !== 'SENDING' || templateId === null) return;
    const code = result.kind === 'SENT' ? null : result.code;
    const now = await this.businessTime.read(db);
    const retry = { failures: failures + 1, dueAt: secondsAfter(now, retrySeconds), intendedAt: null, startedAt: null };
    await move(db, MessageDelivery, deliveryLife, delivery, status, {
      ...(status === 'WAITING' && retry),
      ...(grant === 'RETURNED' && { templateId: null }),
      code,
    });
    if (grant === 'RETURNED') await this.grants.giveBack(db, userId, templateId);
    if (grant === 'VOID') await this.grants.void(db, userId, [templateId]);
    if (status === 'REFUSED' && grant === 'RETURNED') this.#logger.error(`WeChat does not take ${id}: ${String(code)}`);
  }

  async #giveUpOnDead(): Promise<void> {
    const startedAt = LessThan(secondsAfter(this.machine.now(), -SENDING_SECONDS_MAX));
    const where = { status: 'SENDING', startedAt } as const;
    const dead = await this.source.manager.find(MessageDelivery, { where, take: SWEEP_PAGE });
    for (const delivery of dead)
      await tryMove(this.source.manager, MessageDelivery, deliveryLife, delivery, 'UNKNOWN', { code: 'DIED' });
  }

  #due(now: Date, after: MessageDelivery | null): Promise<MessageDelivery[]> {
    const query = this.source.manager
      .createQueryBuilder(MessageDelivery, 'delivery')
      .where({ status: 'WAITING', dueAt: LessThanOrEqual(now) })
      .orderBy('delivery.dueAt')
      .addOrderBy('delivery.id')
      .take(SWEEP_PAGE);
    if (after) query.andWhere('(delivery.dueAt, delivery.id) > (:at, :id)', { at: after.dueAt, id: idBytes(after.id) });
    return query.getMany();
  }
}
