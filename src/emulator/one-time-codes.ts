import { randomBytes } from 'node:crypto';
import { SECOND_MS } from './clock.js';
import { ApiError } from './errors.js';
import type { Store, Table } from './store.js';

const LIFE_MS = 300 * SECOND_MS;

interface OneTimeCode<About> {
  readonly about: About;
  readonly issuedAtMs: number;
  readonly isUsed: boolean;
}

/** Codes that WeChat gives a phone, good for one exchange. They live five minutes of machine time. */
export class OneTimeCodes<About> {
  readonly #codes: Table<OneTimeCode<About>>;

  /** @param usedErrcode what is answered to one that was used before */
  constructor(
    store: Store,
    table: string,
    private readonly usedErrcode: number,
  ) {
    this.#codes = store.table(table);
  }

  issue(about: About): string {
    this.#dropOld();
    const code = `0${randomBytes(15).toString('hex')}`;
    this.#codes.put(code, { about, issuedAtMs: Date.now(), isUsed: false });
    return code;
  }

  /**
   * What the code is about; it is used up.
   *
   * @param isMeant whether who asks may have it; if not, the code stays as it is
   * @throws ApiError 40029 if it was never issued, is too old or not meant for who asks; `usedErrcode` if it was used
   */
  redeem(code: string, isMeant: (about: About) => boolean = () => true): About {
    const found = this.#codes.get(code);
    if (!found || Date.now() - found.issuedAtMs >= LIFE_MS) throw new ApiError(40029, 'invalid code');
    if (found.isUsed) throw new ApiError(this.usedErrcode, 'code been used');
    if (!isMeant(found.about)) throw new ApiError(40029, 'invalid code');
    this.#codes.put(code, { ...found, isUsed: true });
    return found.about;
  }

  /** Codes stand in the order they were issued, so the first that still lives ends the search. */
  #dropOld(): void {
    for (const [code, { issuedAtMs }] of this.#codes.entries()) {
      if (Date.now() - issuedAtMs < LIFE_MS) return;
      this.#codes.drop(code);
    }
  }
}
