import type { Store, Table } from './store.js';

export const SECOND_MS = 1_000;
export const HOUR_MS = 3_600 * SECOND_MS;
export const DAY_MS = 24 * HOUR_MS;

const CHINA_OFFSET_MS = 8 * HOUR_MS;
const KEY = 'business';

/**
 * Business time: when something was paid, refunded or ran out. It is machine time until it is set, and then stands still
 * at that instant until it is set again, so a replay decides how old everything is.
 * Signatures, tokens and retries ask `Date.now()` instead: they protect the connection, which lives in machine time.
 */
export class BusinessClock {
  readonly #settings: Table<{ nowMs: number | null }>;

  constructor(store: Store) {
    this.#settings = store.table('clock');
  }

  get isSet(): boolean {
    return this.#setMs !== null;
  }

  nowMs(): number {
    return this.#setMs ?? Date.now();
  }

  /** @param nowMs null returns to machine time */
  set(nowMs: number | null): void {
    this.#settings.put(KEY, { nowMs });
  }

  get #setMs(): number | null {
    return this.#settings.get(KEY)?.nowMs ?? null;
  }
}

/** An instant as WeChat writes it: whole seconds, Chinese time, `2026-01-31T20:00:00+08:00`. */
export function rfc3339(instantMs: number): string {
  return `${new Date(instantMs + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** The Chinese calendar day and time as digits, `20260131200000`: the middle of WeChat's ids. */
export function chineseDigits(instantMs: number): string {
  return rfc3339(instantMs).slice(0, 19).replaceAll(/\D/g, '');
}
