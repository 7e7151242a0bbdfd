import { Controller, HttpCode, Logger, Post, type RawBodyRequest, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Transactor } from '#common';
import { Jobs } from '#jobs';
import { type Notification, NotificationReader, NotificationRejected } from '#wechat';
import { NOTIFY_PATH } from './notify-path.js';
import { refundReported, tradeReported } from './payment.jobs.js';
import { refundReportOf } from './refund.driver.js';
import { withoutPeople } from './channel-event.rules.js';
import { reportOf } from './channel.service.js';

/** The channel's door: what it tells is verified, written down once, and worked off by jobs. It is answered within milliseconds and repeats itself otherwise. */
@Controller()
export class NotificationsController {
  readonly #logger = new Logger(NotificationsController.name);

  constructor(
    private readonly reader: NotificationReader,
    private readonly transactor: Transactor,
    private readonly jobs: Jobs,
  ) {}

  @Post(NOTIFY_PATH)
  @HttpCode(204)
  async notify(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ code: 'FAIL'; message: string } | undefined> {
    try {
      const notification = await this.reader.read(request.headers, request.rawBody ?? Buffer.alloc(0));
      await this.#store(notification);
      return undefined;
    } catch (error) {
      if (!(error instanceof NotificationRejected)) throw error;
      this.#logger.warn(error.message);
      reply.status(error.reason === 'BAD_SIGNATURE' || error.reason === 'STALE' ? 401 : 400);
      return { code: 'FAIL', message: error.reason };
    }
  }

  /** Fifty copies of one notification become one row and one job (INV-13). */
  async #store(notification: Notification): Promise<void> {
    await this.transactor.run(async (db) => {
      const { affectedRows } = await db.query<{ affectedRows: number }>(
        'INSERT IGNORE INTO channel_event (id, event_type, resource) VALUES (?, ?, ?)',
        [notification.id, notification.eventType, JSON.stringify(resourceOf(notification))],
      );
      if (affectedRows === 1) await this.#pass(db, notification);
    });
  }

  async #pass(db: EntityManager, notification: Notification): Promise<void> {
    if (notification.kind === 'TRADE') {
      const report = reportOf(notification.trade);
      if (report) await this.jobs.publish(db, tradeReported, report);
    } else if (notification.kind === 'REFUND') {
      await this.jobs.enqueue(db, refundReported, refundReportOf(notification.refund));
    } else {
      this.#logger.warn(`a notification of a kind that nobody handles was kept: ${notification.eventType}`);
    }
  }
}

/** What is kept of it. Who paid is known from the payment, so the payer's name at the channel is not kept a second time. */
function resourceOf(notification: Notification): unknown {
  if (notification.kind === 'TRADE') return { ...notification.trade, payerOpenid: undefined };
  return notification.kind === 'REFUND' ? notification.refund : withoutPeople(notification.resource);
}
