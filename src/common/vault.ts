import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { type DataKey, type DataKeySettings, mistakesInDataKeys, parseDataKeys, parseKey } from './data-keys.js';
import type { Id } from './id.js';
import { Sealed, type SealedName } from './sealed.js';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D 8.2.2: a random IV has 96 bits; one key is good for 2^32 of them. */
const IV_BYTES = 12;
/** By itself Node also accepts short tags, which can be guessed. */
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES;

/** A sealed value cannot be opened: it was changed, stands in another row or column than it was sealed for, or its key is gone. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/**
 * Keeps personal data unreadable in the database: AES-256-GCM, bound to its column and row, so that a ciphertext copied elsewhere does not open.
 * What must be found again has a blind index beside it (docs/adr/0008-sealed-values.md).
 */
export class Vault {
  readonly #keys: ReadonlyMap<number, KeyObject>;
  readonly #newest: DataKey;
  readonly #indexKey: KeyObject;

  /** @throws Error that names the settings that cannot be used */
  constructor(settings: Partial<DataKeySettings>) {
    const keys = parseDataKeys(settings.DATA_KEYS ?? '');
    const indexKey = parseKey(settings.DATA_INDEX_KEY ?? '');
    if (!keys || !indexKey) throw new Error(mistakesInDataKeys(settings).join('; '));
    [this.#newest] = keys;
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
    this.#indexKey = indexKey;
  }

  /** Encrypts under the newest key. The same value never looks the same twice. */
  seal(place: SealedName, rowId: Id, value: string): Sealed {
    const { id, key } = this.#newest;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(place, rowId));
    const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return new Sealed(Buffer.concat([Buffer.of(id), iv, text, cipher.getAuthTag()]));
  }

  /** @throws SealBroken */
  open(place: SealedName, rowId: Id, { bytes }: Sealed): string {
    const key = this.#keys.get(bytes[0] ?? 0);
    if (!key) throw new SealBroken(`${place} of ${rowId}: DATA_KEYS has no key ${String(bytes[0])}`);
    if (bytes.length < HEAD_BYTES + TAG_BYTES) throw new SealBroken(`${place} of ${rowId}: too short`);
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(1, HEAD_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(place, rowId));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]).toString();
    } catch (cause) {
      throw new SealBroken(`${place} of ${rowId}: changed, or sealed for another place`, { cause });
    }
  }

  /**
   * What finds the row of a value, or tells whether two are the same, without showing it: the same for the same value in the same column, and
   * of no use without the key.
   */
  blindIndex(place: SealedName, value: string): Buffer {
    return createHmac('sha256', this.#indexKey).update(`${place}\0${value}`).digest();
  }

  /** The number that stands first in whatever is sealed today. */
  get newestKeyId(): number {
    return this.#newest.id;
  }
}

function boundTo(place: SealedName, rowId: Id): Buffer {
  return Buffer.from(`${place}\0${rowId}`);
}
