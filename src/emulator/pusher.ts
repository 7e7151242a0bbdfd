import { randomInt } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Alarms } from './alarms.js';
import { SECOND_MS } from './clock.js';
import type { FaultKind } from './fault.kinds.js';
import type { Fault } from './fault.js';
import type { Faults } from './faults.js';
import type { PushOptions, Settings } from './options.js';
import { encryptedPush, pushSignatureOf } from './push.crypto.js';

const ANSWER_MS_MAX = 5 * SECOND_MS;
const RETRIES_MAX = 3;
const RETRY_SECONDS = 5;
/** Twice the age at which a shop should refuse it. */
const OLD_SECONDS = 600;
/** How WeChat names the mini-program itself in what it pushes. */
const TO_USER_NAME = 'gh_0123456789ab';
const FORGERIES: readonly (FaultKind | undefined)[] = ['bad_signature', 'old_signature', 'foreign'];

/** An event on its way. Its text stays the same however often it is sent. */
interface Event {
  readonly text: string;
  readonly openid: string;
  readonly failures: number;
}

/** Pushes events of the mini-program until the shop takes them, or has not for three times more. What is on its way is lost with the process, as it may be at WeChat. */
export class Pusher {
  #pending = 0;
  #acceptedForgeries = 0;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #agent = new Agent({
    headersTimeout: ANSWER_MS_MAX,
    bodyTimeout: ANSWER_MS_MAX,
    connect: { timeout: ANSWER_MS_MAX },
  });

  constructor(
    private readonly settings: Settings,
    private readonly faults: Faults,
    private readonly alarms: Alarms,
  ) {}

  get pending(): number {
    return this.#pending;
  }

  /** How many pushes the shop took that were tampered with, old or another's; it keeps that at 0. */
  get acceptedForgeries(): number {
    return this.#acceptedForgeries;
  }

  /** Tells the shop of an event, if it wants to be told. */
  tell(openid: string, event: string, content: object): void {
    const { push } = this.settings;
    if (!push) return;
    const createTime = Math.floor(Date.now() / SECOND_MS);
    const head = { ToUserName: TO_USER_NAME, FromUserName: openid, CreateTime: createTime, MsgType: 'event' };
    this.#pending += 1;
    this.#schedule(push, { text: JSON.stringify({ ...head, Event: event, ...content }), openid, failures: 0 }, 0);
  }

  /** Cuts the deliveries under way. Stop the alarms first. */
  async close(): Promise<void> {
    await this.#agent.destroy();
    await Promise.all(this.#inFlight);
  }

  #schedule(push: PushOptions, event: Event, delayMs: number): void {
    this.alarms.at(Date.now() + delayMs, () => {
      const fault = this.faults.strike('push');
      const start = (): void => {
        const delivery = this.#deliver(push, event, fault).finally(() => this.#inFlight.delete(delivery));
        this.#inFlight.add(delivery);
      };
      if (fault?.kind === 'delay') this.alarms.at(Date.now() + fault.delayMs, start);
      else start();
    });
  }

  async #deliver(push: PushOptions, event: Event, fault: Fault | undefined): Promise<void> {
    const copies = fault?.kind === 'repeat' ? 2 : 1;
    const taken =
      fault?.kind === 'lose'
        ? []
        : await Promise.all(Array.from({ length: copies }, () => this.#post(push, event, fault?.kind)));
    const isForged = FORGERIES.includes(fault?.kind);
    if (isForged && taken.includes(true)) this.#acceptedForgeries += 1;
    const isOver = (!isForged && taken.includes(true)) || event.failures >= RETRIES_MAX;
    if (isOver) this.#pending -= 1;
    else
      this.#schedule(
        push,
        { ...event, failures: event.failures + 1 },
        RETRY_SECONDS * SECOND_MS * this.settings.retryScale,
      );
  }

  /** Whether the shop took it. Signed and encrypted anew each time, because signatures grow old. */
  async #post({ url, ...keys }: PushOptions, event: Event, fault: FaultKind | undefined): Promise<boolean> {
    const { query, body } = this.#sealed(keys, event, fault);
    try {
      const reply = await request(`${url}?${new URLSearchParams(query).toString()}`, {
        ...{ method: 'POST', dispatcher: this.#agent, body },
        headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/4.0' },
      });
      const answer = await reply.body.text();
      return reply.statusCode === 200 && (answer === 'success' || answer === '');
    } catch {
      return false; // The shop does not answer, so it is told again.
    }
  }

  #sealed({ token, encodingAesKey, mode }: Omit<PushOptions, 'url'>, { text, openid }: Event, fault?: FaultKind) {
    const madeAt = Math.floor(Date.now() / SECOND_MS) - (fault === 'old_signature' ? OLD_SECONDS : 0);
    const [timestamp, nonce] = [String(madeAt), String(randomInt(10 ** 9))];
    const given = fault === 'bad_signature' ? `${token}?` : token;
    const query = { signature: pushSignatureOf([given, timestamp, nonce]), timestamp, nonce, openid };
    if (mode === 'plain') return { query, body: text };
    const appId = fault === 'foreign' ? `${this.settings.appId}0` : this.settings.appId;
    const encrypted = encryptedPush(encodingAesKey, appId, text);
    const msgSignature = pushSignatureOf([given, timestamp, nonce, encrypted]);
    return {
      query: { ...query, encrypt_type: 'aes', msg_signature: msgSignature },
      body: JSON.stringify({ ToUserName: TO_USER_NAME, Encrypt: encrypted }),
    };
  }
}
