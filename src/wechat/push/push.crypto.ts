import { createDecipheriv, createHash, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** PKCS#7 over blocks of 32 bytes, though the cipher's own are of 16: Node's padding would refuse every second message. */
const PADDING_BYTES_MAX = 32;
const CIPHER_BLOCK_BYTES = 16;
const IV_BYTES = 16;
/** Drawn anew for each message, and of no use afterwards. */
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const HEAD_BYTES = RANDOM_BYTES + LENGTH_BYTES;

/** What was pushed does not decrypt with our key, or was not meant for us. */
export class PushUnreadable extends Error {
  override readonly name = 'PushUnreadable';
}

/** The AES-256 key behind the EncodingAESKey of WeChat's console: 43 letters and digits, base64 without its last sign. */
export function pushKey(encodingAesKey: string): KeyObject {
  return createSecretKey(Buffer.from(`${encodingAesKey}=`, 'base64'));
}

/** The SHA-1 of texts in the order of their signs, in hexadecimal digits: how WeChat signs the URL check, and what it pushes. */
export function pushSignature(...texts: readonly string[]): string {
  return createHash('sha1').update(texts.toSorted().join('')).digest('hex');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The message inside what was pushed: behind 16 random bytes and its length, and in front of the app that it is for.
 *
 * @param encrypted AES-256-CBC under our key, whose first 16 bytes are the IV, in base64
 * @throws PushUnreadable
 */
export function openPush(key: KeyObject, appId: string, encrypted: string): Buffer {
  const plain = withoutPadding(decrypted(key, Buffer.from(encrypted, 'base64')));
  if (plain.length < HEAD_BYTES) throw new PushUnreadable('too short');
  const end = HEAD_BYTES + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new PushUnreadable('shorter than it says');
  if (!isSameText(plain.subarray(end).toString(), appId)) throw new PushUnreadable('for another mini-program');
  return plain.subarray(HEAD_BYTES, end);
}

function decrypted(key: KeyObject, bytes: Buffer): Buffer {
  if (bytes.length === 0 || bytes.length % CIPHER_BLOCK_BYTES !== 0) throw new PushUnreadable('no whole blocks');
  const decipher = createDecipheriv('aes-256-cbc', key, key.export().subarray(0, IV_BYTES));
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

function withoutPadding(padded: Buffer): Buffer {
  const length = padded.at(-1) ?? 0;
  const isPadding = length >= 1 && length <= Math.min(PADDING_BYTES_MAX, padded.length);
  if (!isPadding || padded.subarray(-length).some((byte) => byte !== length)) throw new PushUnreadable('bad padding');
  return padded.subarray(0, -length);
}
