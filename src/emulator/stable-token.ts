import { randomBytes } from 'node:crypto';
import { DAY_MS, SECOND_MS } from './clock.js';
import { ApiError } from './errors.js';
import type { Store, Table } from './store.js';

const LIFE_MS = 7_200 * SECOND_MS;
const RENEWED_BEFORE_END_MS = 300 * SECOND_MS;
const FORCED_GAP_MS = 30 * SECOND_MS;
const FORCED_PER_DAY = 20;
const KEY = 'current';

interface Token {
  readonly value: string;
  readonly endsAtMs: number;
  /** When callers forced a new one, during the last day. */
  readonly forcedAtMs: readonly number[];
  /** The one before, which works on until its own end; null if it was replaced by force, which kills it. */
  readonly former: { readonly value: string; readonly endsAtMs: number } | null;
}

export interface TokenReply {
  readonly access_token: string;
  readonly expires_in: number;
}

/** The shop's one access token. It is renewed five minutes before its end, so `expires_in` is never less than 300. */
export class StableToken {
  readonly #tokens: Table<Token>;

  constructor(store: Store) {
    this.#tokens = store.table('tokens');
  }

  /** @param force asks for a new token; heard at most every 30 s and 20 times a day, otherwise the current one is given */
  read(force: boolean): TokenReply {
    const nowMs = Date.now();
    const current = this.#tokens.get(KEY);
    const forcedAtMs = (current?.forcedAtMs ?? []).filter((atMs) => nowMs - atMs < DAY_MS);
    const isHeard = force && forcedAtMs.length < FORCED_PER_DAY && nowMs - (forcedAtMs.at(-1) ?? 0) >= FORCED_GAP_MS;

    if (current && !isHeard && current.endsAtMs - nowMs >= RENEWED_BEFORE_END_MS) return reply(current, nowMs);
    const next: Token = {
      value: randomBytes(102).toString('base64url'),
      endsAtMs: nowMs + LIFE_MS,
      forcedAtMs: isHeard ? [...forcedAtMs, nowMs] : forcedAtMs,
      former: current && !isHeard ? { value: current.value, endsAtMs: current.endsAtMs } : null,
    };
    this.#tokens.put(KEY, next);
    return reply(next, nowMs);
  }

  /**
   * Lets in who shows the token, or the one before it while that still lives.
   *
   * @throws ApiError 41001 without a token, 42001 with one that is over, 40001 with any other
   */
  check(value: unknown): void {
    if (typeof value !== 'string' || value === '') throw new ApiError(41001, 'access_token missing');
    const current = this.#tokens.get(KEY);
    const known = [current, current?.former].find((token) => token?.value === value);
    if (!known) throw new ApiError(40001, 'invalid credential, access_token is invalid or not latest');
    if (Date.now() >= known.endsAtMs) throw new ApiError(42001, 'access_token expired');
  }
}

function reply({ value, endsAtMs }: Token, nowMs: number): TokenReply {
  return { access_token: value, expires_in: Math.floor((endsAtMs - nowMs) / SECOND_MS) };
}
