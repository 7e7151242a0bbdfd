import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { refuse } from '#common';
import { TooManyAttempts } from '../identity.refusals.js';
import { normalPassword } from './password.rules.js';

/**
 * Argon2id with the least that OWASP asks for (Password Storage Cheat Sheet, "Argon2id": m=19456, t=2, p=1); `memoryCost` in KiB.
 * A hash that was made with other figures is replaced when its owner logs in.
 */
export const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** Of a password that nobody has: what is checked where there is no account, so that it takes as long. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCEhIQ$0000000000000000000000000000000000000000000';

/** Two at once use 38 MiB and leave half of libuv's four threads to files and names; those who wait use nothing. */
const AT_ONCE = 2;
/** At some 60 ms each, the last of them waits for a second. */
const WAITING_MAX = 32;
const RETRY_SECONDS = 2;

/** Hashes and checks passwords, on threads beside the event loop, and never more than a few at once. */
@Injectable()
export class Passwords {
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws Refused with TooManyAttempts if too many wait already */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(normalPassword(password), ARGON2ID));
  }

  /**
   * Whether it is the password that was hashed; without a hash it is not, and takes as long.
   *
   * @throws Refused with TooManyAttempts if too many wait already
   */
  isRight(password: string, hashed: string | null): Promise<boolean> {
    return this.#inTurn(async () => (await verify(hashed ?? NOBODYS, normalPassword(password))) && hashed !== null);
  }

  /** Whether a hash was made with other figures than are used today. */
  isOutdated(hashed: string): boolean {
    const made = parseOptions(hashed);
    return Object.entries(ARGON2ID).some(([name, figure]) => made[name as keyof typeof ARGON2ID] !== figure);
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#busy < AT_ONCE) this.#busy += 1;
    else {
      if (this.#waiting.length >= WAITING_MAX) refuse(new TooManyAttempts(RETRY_SECONDS));
      await new Promise<void>((turn) => this.#waiting.push(turn));
    }
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place, so it is free only when nobody waits.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy -= 1;
    }
  }
}
