import { constants, createDecipheriv, type KeyObject, publicEncrypt, randomBytes, sign, verify } from 'node:crypto';

/** Five minutes: a reply or notification that is older, or comes from the future, may be a replay. */
const SKEW_SECONDS_MAX = 300;
const GCM_TAG_BYTES = 16;

/** The channel sends these on purpose, to see that we do verify. They must fail like any forgery. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

/** Headers as Node gives them: names in lower case. */
export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

const SIGNATURE_HEADERS = [
  'wechatpay-timestamp',
  'wechatpay-nonce',
  'wechatpay-signature',
  'wechatpay-serial',
] as const;

export interface RequestToSign {
  readonly method: string;
  /** Path and query exactly as they are sent. */
  readonly pathAndQuery: string;
  readonly timestampSeconds: number;
  readonly nonce: string;
  /** The bytes that are sent, not an object to be written again; empty for GET. */
  readonly body: string;
}

export interface Merchant {
  readonly mchId: string;
  readonly serialNo: string;
  readonly privateKey: KeyObject;
}

/** What `wx.requestPayment` takes, as it is. */
export interface PaySignature {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

export type SignatureFault = 'UNSIGNED' | 'PROBE' | 'UNKNOWN_KEY' | 'STALE' | 'MISMATCH';

export class SignatureRejected extends Error {
  override readonly name = 'SignatureRejected';

  constructor(readonly fault: SignatureFault) {
    super(`the signature is refused: ${fault}`);
  }
}

/** 32 hexadecimal characters, never twice. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

export function unixSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

/** The signature of a request, in base64. */
export function signRequest(privateKey: KeyObject, request: RequestToSign): string {
  const { method, pathAndQuery, timestampSeconds, nonce, body } = request;
  return signLines(privateKey, [method, pathAndQuery, String(timestampSeconds), nonce, body]);
}

/** The value of the header `Authorization`. */
export function buildAuthorization(merchant: Merchant, request: RequestToSign): string {
  const fields = {
    mchid: merchant.mchId,
    nonce_str: request.nonce,
    timestamp: String(request.timestampSeconds),
    serial_no: merchant.serialNo,
    signature: signRequest(merchant.privateKey, request),
  };
  const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`;
}

/** What the mini-program needs to open the payment sheet. A mini-program signs `prepay_id=...`; an app would sign the bare id. */
export function paySign(
  privateKey: KeyObject,
  appId: string,
  prepayId: string,
  nonceStr: string,
  now: Date,
): PaySignature {
  const timeStamp = String(unixSeconds(now));
  const signed = `prepay_id=${prepayId}`;
  const signature = signLines(privateKey, [appId, timeStamp, nonceStr, signed]);
  return { timeStamp, nonceStr, package: signed, signType: 'RSA', paySign: signature };
}

/** True if a message claims to be signed: then its signature must be right. */
export function isSigned(headers: ReceivedHeaders): boolean {
  return SIGNATURE_HEADERS.some((name) => headers[name] !== undefined);
}

/**
 * Returns if the channel signed exactly these bytes within the last five minutes.
 *
 * @param channelKeys by the name in `Wechatpay-Serial`: public key ids, certificate serials, or both during a migration
 * @param rawBody the bytes as received; JSON that was parsed and written again verifies only by luck
 * @throws SignatureRejected in every other case
 */
export function verifySignature(
  channelKeys: ReadonlyMap<string, KeyObject>,
  headers: ReceivedHeaders,
  rawBody: Buffer,
  now: Date,
): void {
  const [timestamp, nonce, signature, serial] = SIGNATURE_HEADERS.map((name) => headers[name]);
  if (!isText(timestamp) || !isText(nonce) || !isText(signature) || !isText(serial))
    throw new SignatureRejected('UNSIGNED');
  if (signature.startsWith(PROBE_PREFIX)) throw new SignatureRejected('PROBE');

  const key = channelKeys.get(serial);
  if (!key) throw new SignatureRejected('UNKNOWN_KEY');

  const isFresh = /^\d+$/.test(timestamp) && Math.abs(unixSeconds(now) - Number(timestamp)) <= SKEW_SECONDS_MAX;
  if (!isFresh) throw new SignatureRejected('STALE');

  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), rawBody, Buffer.from('\n')]);
  if (!isSignatureOf(key, signed, signature)) throw new SignatureRejected('MISMATCH');
}

/** A notification's resource as it travels: AES-256-GCM, the tag behind the ciphertext, in base64. */
export interface EncryptedResource {
  readonly nonce: string;
  readonly associatedData: string;
  readonly ciphertext: string;
}

/** @throws Error when the channel did not encrypt this with the key; the name of the cipher lets no key pass but one of 32 bytes */
export function decryptResource(apiV3Key: KeyObject, { nonce, associatedData, ciphertext }: EncryptedResource): Buffer {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length < GCM_TAG_BYTES) throw new Error('the ciphertext is shorter than its tag');

  // By itself Node accepts a tag of four bytes, which can be guessed: hence the check above, and the length here.
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: GCM_TAG_BYTES });
  decipher.setAAD(Buffer.from(associatedData, 'utf8'));
  decipher.setAuthTag(bytes.subarray(-GCM_TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -GCM_TAG_BYTES)), decipher.final()]);
}

/** A personal field as it travels to the channel: RSA-OAEP with SHA-1 for the channel's key, in base64, different each time. */
export function encryptField(channelKey: KeyObject, plain: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: channelKey, padding, oaepHash: 'sha1' }, Buffer.from(plain, 'utf8')).toString('base64');
}

/** Every line ends with a line feed, the last one too. */
function signLines(privateKey: KeyObject, lines: readonly string[]): string {
  return signatureOf(privateKey, Buffer.from(lines.map((line) => `${line}\n`).join('')));
}

/** RSASSA-PKCS1-v1_5 with SHA-256, in base64: how both sides sign whatever they sign. */
export function signatureOf(privateKey: KeyObject, bytes: Buffer): string {
  return sign('sha256', bytes, privateKey).toString('base64');
}

export function isSignatureOf(key: KeyObject, bytes: Buffer, signature: string): boolean {
  return verify('sha256', bytes, key, Buffer.from(signature, 'base64'));
}

/** Node gives a header that came twice as a list; a message with two signatures has none. */
function isText(header: string | string[] | undefined): header is string {
  return typeof header === 'string' && header !== '';
}
