import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Alarms } from './alarms.js';
import { type BusinessClock, rfc3339, SECOND_MS } from './clock.js';
import { sealed, type SigningKey } from './crypto.js';
import { type Fault, type Faults, misstated, type NoticeOperation } from './faults.js';
import type { Settings } from './options.js';
import type { Store, Table } from './store.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The pauses after each failed delivery: 15 retries over 24 hours and 4 minutes, then WeChat gives up. */
// prettier-ignore
const RETRY_SECONDS = [
  15, 15, 30, 3 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE, HOUR,
  3 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR,
];
const ANSWER_MS_MAX = 5 * SECOND_MS;

/** What each notification says around its sealed content. */
const ENVELOPES = {
  pay_notify: { event_type: 'TRANSACTION.SUCCESS', summary: '支付成功', type: 'transaction' },
  refund_notify: { event_type: 'REFUND.SUCCESS', summary: '退款成功', type: 'refund' },
} as const satisfies Record<NoticeOperation, object>;

/** Something to tell the shop. */
export interface News {
  readonly operation: NoticeOperation;
  readonly url: string;
  readonly content: unknown;
  /** How often the first delivery is sent, all at once. */
  readonly copies?: number;
  readonly delayMs?: number;
}

/** News on its way. The id stays the same however often it is sent. */
interface Notification {
  readonly id: string;
  readonly operation: NoticeOperation;
  readonly url: string;
  readonly content: unknown;
  readonly copies: number;
  readonly createTime: string;
  readonly status: 'PENDING' | 'DELIVERED' | 'GIVEN_UP';
  readonly failures: number;
  readonly lastFailure: string | null;
  /** Machine time. */
  readonly dueAtMs: number;
}

/** Delivers notifications until they are acknowledged or the retry plan ends. What is pending survives a restart. */
export class Notifier {
  readonly #notifications: Table<Notification>;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #agent = new Agent({
    headersTimeout: ANSWER_MS_MAX,
    bodyTimeout: ANSWER_MS_MAX,
    connect: { timeout: ANSWER_MS_MAX },
  });

  constructor(
    private readonly store: Store,
    private readonly settings: Settings,
    private readonly key: SigningKey,
    private readonly clock: BusinessClock,
    private readonly faults: Faults,
    private readonly alarms: Alarms,
  ) {
    this.#notifications = store.table('notifications');
  }

  /** How many are still on their way; those that were given up are not. */
  get pending(): number {
    return this.#notifications.size;
  }

  tell({ operation, url, content, copies = 1, delayMs = 0 }: News): void {
    this.#keep({
      id: randomUUID(),
      operation,
      url,
      content,
      copies,
      createTime: rfc3339(this.clock.nowMs()),
      status: 'PENDING',
      failures: 0,
      lastFailure: null,
      dueAtMs: Date.now() + delayMs,
    });
  }

  /** Takes up what the journal says is still on its way; what fell due meanwhile is sent at once. */
  resume(): void {
    for (const [id, notification] of this.#notifications.entries()) {
      if (notification.status === 'PENDING') this.#schedule(notification);
      else this.#notifications.drop(id);
    }
  }

  /** Cuts the deliveries under way; they count as failed and go on after a restart. Stop the alarms first. */
  async close(): Promise<void> {
    await this.#agent.destroy();
    await Promise.all(this.#inFlight);
  }

  #keep(notification: Notification): void {
    this.#notifications.put(notification.id, notification);
    if (notification.status === 'PENDING') this.#schedule(notification);
    else this.#notifications.drop(notification.id);
  }

  #schedule(notification: Notification): void {
    this.alarms.at(notification.dueAtMs, () => {
      const fault = this.faults.strike(notification.operation);
      if (fault?.kind !== 'delay') this.#start(notification, fault);
      else {
        this.alarms.at(Date.now() + fault.delayMs, () => {
          this.#start(notification, fault);
        });
      }
    });
  }

  #start(notification: Notification, fault: Fault | undefined): void {
    const delivery = this.#deliver(notification, fault).finally(() => this.#inFlight.delete(delivery));
    this.#inFlight.add(delivery);
  }

  async #deliver(notification: Notification, fault: Fault | undefined): Promise<void> {
    // Nobody may hear of what a crash could still make us forget.
    await this.store.written();
    const copies = (notification.failures === 0 ? notification.copies : 1) * (fault?.kind === 'repeat' ? 2 : 1);
    const answers =
      fault?.kind === 'lose'
        ? ['lost on the way']
        : await Promise.all(Array.from({ length: copies }, () => this.#post(notification, fault)));

    if (answers.includes('acknowledged')) this.#keep({ ...notification, status: 'DELIVERED' });
    else this.#keep(this.#failed(notification, answers.join('; ')));
  }

  #failed(notification: Notification, lastFailure: string): Notification {
    const pauseSeconds = RETRY_SECONDS[notification.failures];
    const failures = notification.failures + 1;
    if (pauseSeconds === undefined) return { ...notification, failures, lastFailure, status: 'GIVEN_UP' };
    const dueAtMs = Date.now() + pauseSeconds * SECOND_MS * this.settings.retryScale;
    return { ...notification, failures, lastFailure, dueAtMs };
  }

  /** `acknowledged`, or what went wrong. Sealed and signed anew each time, because signatures grow old. */
  async #post({ id, operation, url, content, createTime }: Notification, fault: Fault | undefined): Promise<string> {
    const { event_type, summary, type } = ENVELOPES[operation];
    const told = fault?.kind === 'wrong_amount' ? misstated(content) : content;
    const resource = sealed(this.settings.apiV3Key, type, told);
    const body = JSON.stringify({
      id,
      create_time: createTime,
      resource_type: 'encrypt-resource',
      event_type,
      summary,
      resource,
    });
    const signature = this.key.headers(fault?.kind === 'bad_signature' ? `${body} ` : body);
    try {
      const reply = await request(url, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/4.0', ...signature },
        body,
      });
      await reply.body.dump();
      return reply.statusCode >= 200 && reply.statusCode < 300 ? 'acknowledged' : `HTTP ${reply.statusCode}`;
    } catch (error) {
      return String(error);
    }
  }
}
