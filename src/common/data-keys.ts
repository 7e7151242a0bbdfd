import { createSecretKey, type KeyObject } from 'node:crypto';
import { registerDecorator } from 'class-validator';

/** What encrypts personal data; `Config` has both, a migration reads them from the environment itself. */
export interface DataKeySettings {
  /** `ID:KEY`, separated by commas. The first encrypts, all decrypt (docs/adr/0008-sealed-values.md). */
  readonly DATA_KEYS: string;
  /** The key of the blind indexes. It is never replaced alone: every index would have to be made anew. */
  readonly DATA_INDEX_KEY: string;
}

/** An AES-256 key under the number that stands in front of each ciphertext. */
export interface DataKey {
  readonly id: number;
  readonly key: KeyObject;
}

/** 32 bytes in base64url without padding (RFC 4648 5). */
const KEY = /^[\w-]{43}$/;
const NUMBERED_KEY = /^(\d{1,3}):([\w-]{43})$/;
const ID_MAX = 255; // It must fit one byte.

/** The keys of DATA_KEYS in their order, or null if one of them cannot be read or two have the same number. */
export function parseDataKeys(text: string): readonly [DataKey, ...DataKey[]] | null {
  const keys: DataKey[] = [];
  for (const part of text.split(',')) {
    const [, number = '', secret = ''] = NUMBERED_KEY.exec(part.trim()) ?? [];
    const id = Number(number);
    const isTaken = keys.some((other) => other.id === id);
    if (secret === '' || id < 1 || id > ID_MAX || isTaken) return null;
    keys.push({ id, key: secretKey(secret) });
  }
  const [first, ...others] = keys;
  return first ? [first, ...others] : null;
}

/** A single 32-byte key, or null. */
export function parseKey(text: string): KeyObject | null {
  return KEY.test(text) ? secretKey(text) : null;
}

function secretKey(text: string): KeyObject {
  return createSecretKey(Buffer.from(text, 'base64url'));
}

const SHAPES = {
  DATA_KEYS: 'DATA_KEYS must be ID:KEY,… with ids from 1 to 255, each once, and keys of 32 bytes in base64url',
  DATA_INDEX_KEY: 'DATA_INDEX_KEY must be 32 bytes in base64url',
} as const;

/** What is wrong with the settings, one sentence each that never repeats a key; none if they are good. */
export function mistakesInDataKeys({ DATA_KEYS, DATA_INDEX_KEY }: Partial<DataKeySettings>): string[] {
  return [
    ...(parseDataKeys(DATA_KEYS ?? '') ? [] : [SHAPES.DATA_KEYS]),
    ...(parseKey(DATA_INDEX_KEY ?? '') ? [] : [SHAPES.DATA_INDEX_KEY]),
  ];
}

/** Config check: the setting of that name can be read as keys. */
export function IsDataKeySetting(setting: keyof DataKeySettings): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isDataKeySetting',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: SHAPES[setting] },
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && (setting === 'DATA_KEYS' ? parseDataKeys(value) : parseKey(value)) !== null,
      },
    });
  };
}
