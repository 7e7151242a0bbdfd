import { randomBytes } from 'node:crypto';
import { SECOND_MS } from './clock.js';
import { ApiError } from './errors.js';
import type { Store, Table } from './store.js';

const LIFE_MS = 300 * SECOND_MS;

interface LoginCode {
  readonly person: string;
  readonly issuedAtMs: number;
  readonly isUsed: boolean;
}

/** The one-time codes that `wx.login` gives a phone. They live five minutes of machine time. */
export class LoginCodes {
  readonly #codes: Table<LoginCode>;

  constructor(store: Store) {
    this.#codes = store.table('login_codes');
  }

  issue(person: string): string {
    this.#dropOld();
    const code = `0${randomBytes(15).toString('hex')}`;
    this.#codes.put(code, { person, issuedAtMs: Date.now(), isUsed: false });
    return code;
  }

  /**
   * The person whose phone got this code; the code is used up.
   *
   * @throws ApiError 40029 if it was never issued or is too old, 40163 if it was used
   */
  redeem(code: string): string {
    const found = this.#codes.get(code);
    if (!found || Date.now() - found.issuedAtMs >= LIFE_MS) throw new ApiError(40029, 'invalid code');
    if (found.isUsed) throw new ApiError(40163, 'code been used');
    this.#codes.put(code, { ...found, isUsed: true });
    return found.person;
  }

  /** Codes stand in the order they were issued, so the first that still lives ends the search. */
  #dropOld(): void {
    for (const [code, { issuedAtMs }] of this.#codes.entries()) {
      if (Date.now() - issuedAtMs < LIFE_MS) return;
      this.#codes.drop(code);
    }
  }
}
