import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Alarms } from './alarms.js';
import { type BusinessClock, rfc3339, SECOND_MS } from './clock.js';
import type { Fault } from './fault.js';
import type { Faults } from './faults.js';
import { type Message, noticeBody } from './notice.js';
import type { Settings } from './options.js';
import type { PayKeys } from './pay.keys.js';
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

const ACKNOWLEDGED = 'acknowledged';
/** The key of the one row about all probes. */
const ALL = 'all';

/** How long a notification that is to be overtaken waits for another one. */
const REORDERED_MS_MAX = 5 * SECOND_MS;

/** Something to tell the shop. */
export type News = Message & {
  readonly url: string;
  /** How often the first delivery is sent, all at once. */
  readonly copies?: number;
  readonly delayMs?: number;
};

/** News on its way. The id stays the same however often it is sent. */
type Notification = Message & {
  readonly id: string;
  readonly url: string;
  readonly copies: number;
  readonly createTime: string;
  readonly status: 'PENDING' | 'DELIVERED' | 'GIVEN_UP';
  readonly failures: number;
  readonly lastFailure: string | null;
  /** Machine time. */
  readonly dueAtMs: number;
};

/** Delivers notifications until they are acknowledged or the retry plan ends. What is pending survives a restart. */
export class Notifier {
  readonly #notifications: Table<Notification>;
  readonly #probes: Table<{ accepted: number }>;
  readonly #inFlight = new Set<Promise<void>>();
  /** Lets go of the notifications that wait to be overtaken. */
  readonly #heldBack = new Set<() => void>();
  readonly #agent = new Agent({
    headersTimeout: ANSWER_MS_MAX,
    bodyTimeout: ANSWER_MS_MAX,
    connect: { timeout: ANSWER_MS_MAX },
  });

  constructor(
    private readonly store: Store,
    private readonly settings: Settings,
    private readonly keys: PayKeys,
    private readonly clock: BusinessClock,
    private readonly faults: Faults,
    private readonly alarms: Alarms,
  ) {
    this.#notifications = store.table('notifications');
    this.#probes = store.table('probes');
  }

  /** How many are still on their way; those that were given up are not. */
  get pending(): number {
    return this.#notifications.size;
  }

  /** How many probes the shop took for genuine; a shop that verifies signatures keeps it at 0. */
  get acceptedProbes(): number {
    return this.#probes.get(ALL)?.accepted ?? 0;
  }

  tell({ copies = 1, delayMs = 0, ...news }: News): void {
    this.#keep({
      ...news,
      id: randomUUID(),
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
      const start = (): void => {
        this.#start(notification, fault);
      };
      if (fault?.kind === 'delay') this.alarms.at(Date.now() + fault.delayMs, start);
      else if (fault?.kind === 'reorder') this.#holdBack(start);
      else start();
    });
  }

  #holdBack(start: () => void): void {
    const release = (): void => {
      if (this.#heldBack.delete(release)) this.alarms.at(Date.now(), start);
    };
    this.#heldBack.add(release);
    this.alarms.at(Date.now() + REORDERED_MS_MAX, release);
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

    if (fault?.kind === 'probe') {
      this.#countProbe(answers);
      this.#keep(this.#failed(notification, `probed: ${answers.join('; ')}`));
    } else if (answers.includes(ACKNOWLEDGED)) {
      this.#keep({ ...notification, status: 'DELIVERED' });
      for (const release of [...this.#heldBack]) release();
    } else {
      this.#keep(this.#failed(notification, answers.join('; ')));
    }
  }

  #countProbe(answers: readonly string[]): void {
    const accepted = answers.filter((answer) => answer === ACKNOWLEDGED).length;
    if (accepted > 0) this.#probes.put(ALL, { accepted: this.acceptedProbes + accepted });
  }

  #failed(notification: Notification, lastFailure: string): Notification {
    const pauseSeconds = RETRY_SECONDS[notification.failures];
    const failures = notification.failures + 1;
    if (pauseSeconds === undefined) return { ...notification, failures, lastFailure, status: 'GIVEN_UP' };
    const dueAtMs = Date.now() + pauseSeconds * SECOND_MS * this.settings.retryScale;
    return { ...notification, failures, lastFailure, dueAtMs };
  }

  /** `acknowledged`, or what went wrong. Sealed and signed anew each time, because signatures grow old. */
  async #post(notification: Notification, fault: Fault | undefined): Promise<string> {
    const body = noticeBody(notification, this.settings.apiV3Key, fault?.kind);
    const signature = this.keys.forNotice().headers(body, fault?.kind);
    try {
      const reply = await request(notification.url, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/4.0', ...signature },
        body,
      });
      await reply.body.dump();
      return reply.statusCode >= 200 && reply.statusCode < 300 ? ACKNOWLEDGED : `HTTP ${reply.statusCode}`;
    } catch (error) {
      return String(error);
    }
  }
}
