import {
  constants,
  createCipheriv,
  createPrivateKey,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { FaultKind } from './fault.kinds.js';

/** Twice the age at which a merchant must refuse a signature. */
const OLD_SECONDS = 600;

/** With this in front WeChat sees whether a merchant verifies at all: the merchant must answer 4xx or 5xx. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 ';

/** What a merchant's Authorization header claims; nothing of it is verified yet. */
export interface Claim {
  readonly mchId: string;
  readonly nonce: string;
  readonly timestamp: string;
  readonly serialNo: string;
  readonly signature: string;
}

/** The claim of an Authorization header, or nothing if the header is not complete and of WeChat Pay's scheme. */
export function readClaim(authorization: string | undefined): Claim | undefined {
  if (!authorization?.startsWith(SCHEME)) return undefined;
  const pairs = authorization.slice(SCHEME.length).matchAll(/(\w+)="([^"]*)"/g);
  const values = new Map(Array.from(pairs, ([, name, value]) => [name, value]));

  const mchId = values.get('mchid');
  const nonce = values.get('nonce_str');
  const timestamp = values.get('timestamp');
  const serialNo = values.get('serial_no');
  const signature = values.get('signature');
  if (!mchId || !nonce || !timestamp || !serialNo || !signature) return undefined;
  return { mchId, nonce, timestamp, serialNo, signature };
}

/** Whether the holder of `key` signed exactly these bytes of a request. `target` is path and query as sent. */
export function isRequestSigned(key: KeyObject, claim: Claim, method: string, target: string, body: string): boolean {
  const message = `${method}\n${target}\n${claim.timestamp}\n${claim.nonce}\n${body}\n`;
  return verifies(key, message, claim.signature);
}

/** Whether the signature is one over exactly this text, by the holder of `key`: RSASSA-PKCS1-v1_5 with SHA-256, base64. */
export function verifies(key: KeyObject, message: string, signature: string): boolean {
  return verify('sha256', Buffer.from(message), key, Buffer.from(signature, 'base64'));
}

/** One of WeChat Pay's own keys, and the name under which the merchant knows its public half. */
export class SigningKey {
  readonly #key: KeyObject;

  constructor(
    privateKeyPem: string,
    private readonly keyId: string,
  ) {
    this.#key = createPrivateKey(privateKeyPem);
  }

  /**
   * The headers that prove a reply or a notification: timestamp, nonce and signature over exactly `body`.
   *
   * @param fault if it is one of signatures, it spoils this one
   */
  headers(body: string, fault?: FaultKind): Record<string, string> {
    const ageSeconds = fault === 'old_signature' ? OLD_SECONDS : 0;
    const timestamp = (Math.floor(Date.now() / 1_000) - ageSeconds).toString();
    const nonce = randomBytes(16).toString('hex');
    const signature = this.sign(`${timestamp}\n${nonce}\n${fault === 'bad_signature' ? `${body} ` : body}\n`);
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': fault === 'probe' ? `${PROBE_PREFIX}${signature}` : signature,
      'wechatpay-serial': this.keyId,
      'wechatpay-signature-type': SCHEME.trim(),
    };
  }

  /** RSASSA-PKCS1-v1_5 with SHA-256, base64. */
  sign(message: string): string {
    return sign('sha256', Buffer.from(message), this.#key).toString('base64');
  }

  /** What the merchant encrypted for this key (RSA-OAEP with SHA-1, base64), or nothing if it was encrypted for another. */
  decrypt(sealed: string): string | undefined {
    try {
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      return privateDecrypt({ key: this.#key, padding, oaepHash: 'sha1' }, Buffer.from(sealed, 'base64')).toString();
    } catch {
      return undefined;
    }
  }
}

/** The twelve characters that WeChat uses as the initialisation vector. */
function newSealNonce(): string {
  return randomBytes(9).toString('base64url');
}

/** A notification's content, sealed with AES-256-GCM under the merchant's API v3 key. */
export interface Resource {
  readonly original_type: string;
  readonly algorithm: 'AEAD_AES_256_GCM';
  readonly ciphertext: string;
  readonly associated_data: string;
  readonly nonce: string;
}

/**
 * @param apiV3Key 32 characters, used as the 32 bytes of the key
 * @param nonce never the same twice under one key
 */
export function sealed(apiV3Key: string, type: string, content: string, nonce = newSealNonce()): Resource {
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: 16 }).setAAD(Buffer.from(type));
  const sealedBytes = Buffer.concat([cipher.update(content, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    original_type: type,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealedBytes.toString('base64'),
    associated_data: type,
    nonce,
  };
}
