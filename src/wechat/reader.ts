import type { EncryptedResource } from './crypto.js';

/** A message lacks a field or has one of the wrong kind. Names the field and never its value, which may be personal. */
export class Malformed extends Error {
  override readonly name: string = 'Malformed';
}

// The channel writes seconds and an offset; anything looser would let Date guess.
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * The fields of one JSON object from outside, each checked as it is read.
 * The channel writes an absent text as nothing, null or an empty string, so the `OrNull` readers take these as one.
 *
 * Every method throws Malformed for a field of another kind; those without `OrNull` also for a missing one.
 */
export class Reader {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  /** @throws Malformed when the bytes are not one JSON object */
  static ofJson(bytes: Buffer): Reader {
    const value = parseJson(bytes);
    if (!isObject(value)) throw new Malformed('not a JSON object');
    return new Reader(value, '');
  }

  text(name: string): string {
    return this.required(name, this.textOrNull(name));
  }

  textOrNull(name: string): string | null {
    const value = this.value(name);
    if (value === null || value === '') return null;
    return typeof value === 'string' ? value : this.refuse(name, 'not a text');
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const text = this.text(name);
    return values.find((value) => value === text) ?? this.refuse(name, 'not a value we know');
  }

  integer(name: string): number {
    return this.required(name, this.integerOrNull(name));
  }

  integerOrNull(name: string): number | null {
    const value = this.value(name);
    if (value === null) return null;
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.refuse(name, 'not a whole number');
  }

  /** Digits that the channel writes as a text or as a number, 1 to `digitsMax` of them. */
  digits(name: string, digitsMax: number): string {
    const value = this.required(name, this.value(name));
    const text = typeof value === 'number' ? String(value) : value;
    const isDigits = typeof text === 'string' && /^\d+$/.test(text) && text.length <= digitsMax;
    return isDigits ? text : this.refuse(name, `not 1 to ${digitsMax} digits`);
  }

  /** An amount of money in minor units. */
  minor(name: string): number {
    const amount = this.integer(name);
    return amount >= 0 ? amount : this.refuse(name, 'negative');
  }

  instant(name: string): Date {
    return this.required(name, this.instantOrNull(name));
  }

  instantOrNull(name: string): Date | null {
    const text = this.textOrNull(name);
    if (text === null) return null;
    const instant = new Date(text);
    return RFC3339.test(text) && !Number.isNaN(instant.getTime()) ? instant : this.refuse(name, 'not an instant');
  }

  object(name: string): Reader {
    return this.required(name, this.objectOrNull(name));
  }

  objectOrNull(name: string): Reader | null {
    const value = this.value(name);
    if (value === null) return null;
    return isObject(value) ? new Reader(value, `${this.path}${name}.`) : this.refuse(name, 'not an object');
  }

  /** A list of objects. */
  list(name: string): Reader[] {
    const value = this.value(name);
    if (!Array.isArray(value)) return this.refuse(name, value === null ? 'missing' : 'not a list');
    return value.map((one: unknown, index) => {
      const path = `${name}[${index}]`;
      return isObject(one) ? new Reader(one, `${this.path}${path}.`) : this.refuse(path, 'not an object');
    });
  }

  /** A list of objects that is written as the object alone if there is one. */
  oneOrMore(name: string): Reader[] {
    return Array.isArray(this.value(name)) ? this.list(name) : [this.object(name)];
  }

  private value(name: string): unknown {
    return this.fields[name] ?? null;
  }

  private required<T>(name: string, value: T | null): T {
    return value ?? this.refuse(name, 'missing');
  }

  private refuse(name: string, what: string): never {
    throw new Malformed(`${this.path}${name} is ${what}`);
  }
}

/**
 * What the channel encrypted under our API v3 key and wrote into these fields.
 *
 * @throws Malformed when a field is missing, or it does not decrypt
 */
export function readEncrypted(fields: Reader, decrypt: (encrypted: EncryptedResource) => Buffer): Buffer {
  fields.oneOf('algorithm', ['AEAD_AES_256_GCM']);
  const encrypted = {
    nonce: fields.text('nonce'),
    associatedData: fields.textOrNull('associated_data') ?? '',
    ciphertext: fields.text('ciphertext'),
  };
  try {
    return decrypt(encrypted);
  } catch (cause) {
    throw new Malformed('what was encrypted does not decrypt with our API v3 key', { cause });
  }
}

/** @throws Malformed when the bytes are not JSON */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The parser's own message quotes the text, which may be personal.
    throw new Malformed('not JSON');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
