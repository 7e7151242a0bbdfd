import { Pool } from 'undici';
import { Stopwatch } from './statistics.js';

/** How a phone pays, in the emulator's words; see its control routes. */
export interface WechatPayment {
  readonly person: string;
  readonly prepayId: string;
  /** Paid although the time was over. */
  readonly isLate?: boolean;
  /** Charged once more. */
  readonly isAgain?: boolean;
  readonly copies?: number;
  readonly delayMilliseconds?: number;
  /** The shop is not told. */
  readonly isUntold?: boolean;
}

/** Something that goes wrong at WeChat, in the emulator's words. */
export interface WechatFault {
  readonly operation: string;
  readonly kind: string;
}

/** What WeChat says it has taken and given back. */
export interface WechatBooks {
  readonly captures: number;
  readonly captured_minor: number;
  readonly refunds: number;
  readonly refunded_minor: number;
  readonly processing_refunds: number;
  readonly undelivered_notifications: number;
}

/** WeChat as it looks from a phone, and its books and clock as only a test may see them. */
export class WechatApp {
  readonly #pool: Pool;

  constructor(
    url: string,
    connections: number,
    private readonly stopwatch = new Stopwatch(),
  ) {
    this.#pool = new Pool(url, { connections });
  }

  /** What `wx.login` gives. */
  async loginCode(person: string): Promise<string> {
    const { code } = await this.#send<{ code: string }>('POST', 'login-codes', { person });
    return code;
  }

  async pay({ person, prepayId, isLate, isAgain, isUntold, copies, delayMilliseconds }: WechatPayment): Promise<void> {
    const pace = { ...(copies && { copies }), ...(delayMilliseconds && { delay_ms: delayMilliseconds }) };
    const notify = { ...pace, ...(isUntold && { lose: true }) };
    const flags = { ...(isLate && { ignore_expiry: true }), ...(isAgain && { again: true }) };
    await this.stopwatch.time('pay in WeChat', () =>
      this.#send('POST', 'payments', { person, prepay_id: prepayId, ...flags, notify }),
    );
  }

  /** Lets the next request of its kind go wrong, once, however often it was asked for. */
  async arm(fault: WechatFault): Promise<void> {
    const armed = await this.#send<WechatFault[]>('GET', 'faults');
    const isArmed = armed.some(({ operation, kind }) => operation === fault.operation && kind === fault.kind);
    if (!isArmed) await this.#send('POST', 'faults', fault);
  }

  async setClock(now: Date): Promise<void> {
    await this.#send('POST', 'clock', { now: now.toISOString() });
  }

  books(): Promise<WechatBooks> {
    return this.#send('GET', 'books');
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #send<Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
    const reply = await this.#pool.request({
      method,
      path: `/emulator/${path}`,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await reply.body.text();
    if (reply.statusCode !== 200) throw new Error(`WeChat refuses ${path}: ${reply.statusCode} ${text}`);
    return JSON.parse(text) as Reply;
  }
}
