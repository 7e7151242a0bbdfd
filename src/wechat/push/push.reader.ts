import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, MachineClock } from '#common';
import { unixSeconds } from '../crypto.js';
import { Malformed, Reader } from '../reader.js';
import { isSameText, openPush, pushKey, pushSignature, PushUnreadable } from './push.crypto.js';
import { type Push, readPush } from './push.js';

/** Five minutes, as for notifications of payments: what is older, or comes from the future, may be a replay. WeChat names no time. */
const SKEW_SECONDS_MAX = 300;

/** `CLOSED`: no token is configured, so nobody can be known to be WeChat. */
export type PushFault = 'CLOSED' | 'BAD_SIGNATURE' | 'STALE' | 'UNREADABLE';

/** Not a push for us: do nothing. WeChat repeats those that were meant for us. */
export class PushRejected extends Error {
  override readonly name = 'PushRejected';

  constructor(
    readonly reason: PushFault,
    cause?: unknown,
  ) {
    super(`the push is rejected: ${reason}${cause instanceof Error ? `, ${cause.message}` : ''}`, { cause });
  }
}

/** The query as it came: a name that came twice is a list. */
export type PushQuery = Readonly<Record<string, unknown>>;

/** What WeChat pushes to the mini-program's server, beside payments: JSON, in the mode that WeChat's console and our configuration agree on. */
@Injectable()
export class PushReader {
  readonly #key: KeyObject | null;

  constructor(
    private readonly config: Config,
    private readonly clock: MachineClock,
  ) {
    const { WECHAT_PUSH_AES_KEY: key } = config;
    this.#key = config.WECHAT_PUSH_MODE === 'secure' && key !== undefined ? pushKey(key) : null;
  }

  /**
   * What WeChat wants to read when it checks our address.
   *
   * @throws PushRejected
   */
  echo(query: PushQuery): string {
    this.#verify(query, 'signature', []);
    return textOf(query, 'echostr');
  }

  /**
   * What WeChat pushed. It may be late, repeated or out of order.
   *
   * @throws PushRejected
   */
  read(query: PushQuery, body: Buffer): Push {
    try {
      return readPush(this.#open(query, body));
    } catch (error) {
      if (error instanceof Malformed || error instanceof PushUnreadable) throw new PushRejected('UNREADABLE', error);
      throw error;
    }
  }

  /** In secure mode the signature that counts covers the content; the other one anybody could send again with another. */
  #open(query: PushQuery, body: Buffer): Buffer {
    if (!this.#key) {
      this.#verify(query, 'signature', []);
      return body;
    }
    const encrypted = Reader.ofJson(body).text('Encrypt');
    this.#verify(query, 'msg_signature', [encrypted]);
    return openPush(this.#key, this.config.WECHAT_APP_ID, encrypted);
  }

  #verify(query: PushQuery, name: 'signature' | 'msg_signature', covered: readonly string[]): void {
    const { WECHAT_PUSH_TOKEN: token } = this.config;
    if (token === undefined) throw new PushRejected('CLOSED');
    const [timestamp, nonce] = [textOf(query, 'timestamp'), textOf(query, 'nonce')];
    const expected = pushSignature(token, timestamp, nonce, ...covered);
    if (!isSameText(expected, textOf(query, name))) throw new PushRejected('BAD_SIGNATURE');
    const ageSeconds = unixSeconds(this.clock.now()) - Number(timestamp);
    if (!/^\d+$/.test(timestamp) || Math.abs(ageSeconds) > SKEW_SECONDS_MAX) throw new PushRejected('STALE');
  }
}

/** Empty if it is missing or came twice, which no signature fits. */
function textOf(query: PushQuery, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}
