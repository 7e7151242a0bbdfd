import { createCipheriv, createPrivateKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';

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
  return verify('sha256', Buffer.from(message), key, Buffer.from(claim.signature, 'base64'));
}

/** WeChat Pay's own key, and the name under which the merchant knows its public half. */
export class SigningKey {
  readonly #key: KeyObject;

  constructor(
    privateKeyPem: string,
    private readonly keyId: string,
  ) {
    this.#key = createPrivateKey(privateKeyPem);
  }

  /** The headers that prove a reply or a notification: timestamp, nonce and signature over exactly `body`. */
  headers(body: string): Record<string, string> {
    const timestamp = Math.floor(Date.now() / 1_000).toString();
    const nonce = randomBytes(16).toString('hex');
    const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`);
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': sign('sha256', message, this.#key).toString('base64'),
      'wechatpay-serial': this.keyId,
      'wechatpay-signature-type': SCHEME.trim(),
    };
  }
}

/** A notification's content, sealed with AES-256-GCM under the merchant's API v3 key. */
export interface Resource {
  readonly original_type: string;
  readonly algorithm: 'AEAD_AES_256_GCM';
  readonly ciphertext: string;
  readonly associated_data: string;
  readonly nonce: string;
}

/** @param apiV3Key 32 characters, used as the 32 bytes of the key */
export function sealed(apiV3Key: string, type: string, content: unknown): Resource {
  // Nine random bytes make the twelve characters that WeChat uses as the initialisation vector.
  const nonce = randomBytes(9).toString('base64url');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: 16 }).setAAD(Buffer.from(type));
  const sealedBytes = Buffer.concat([
    cipher.update(JSON.stringify(content), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return {
    original_type: type,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealedBytes.toString('base64'),
    associated_data: type,
    nonce,
  };
}
