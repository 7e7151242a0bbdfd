import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Who asks, as the storage knows us. The secret is a key object, which does not print itself into a log. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secret: KeyObject;
  readonly region: string;
}

export interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** AWS Signature Version 4 begins every chain with the secret after this word. */
export function signerOf(accessKeyId: string, secretAccessKey: string, region: string): Signer {
  return { accessKeyId, region, secret: createSecretKey(Buffer.from(`AWS4${secretAccessKey}`)) };
}

/** An instant as signatures write it: 20261121T174748Z. */
export function stampOf(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** For which day, region and service a signature is good. */
export function scopeOf({ region }: Signer, stamp: string): string {
  return `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
}

/** The signature of a text, in hexadecimal: HMAC-SHA256 under a key that is derived for its scope. */
export function signatureOf(signer: Signer, stamp: string, text: string): string {
  const parts = scopeOf(signer, stamp).split('/');
  const key = parts.reduce<Buffer | KeyObject>(hmac, signer.secret);
  return hmac(key, text).toString('hex');
}

/** The headers that a request is sent with, signed in whole: the path, the query, every header and the hash of the body. */
export function signedHeaders(
  signer: Signer,
  { method, url, headers, body = Buffer.alloc(0) }: SignableRequest,
  at: Date,
): Record<string, string> {
  const stamp = stampOf(at);
  const payloadHash = sha256(body);
  const sent = { ...headers, host: url.host, 'x-amz-content-sha256': payloadHash, 'x-amz-date': stamp };
  const lines = Object.entries(sent).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = lines.map(([name]) => name).join(';');
  const canonical = [
    ...[method, url.pathname, canonicalQuery(url)],
    ...[...lines.map(([name, value]) => `${name}:${value}`), '', names, payloadHash],
  ].join('\n');
  const signature = signatureOf(signer, stamp, textToSign(signer, stamp, canonical));
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${credentialOf(signer, stamp)}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** An address that whoever has it may GET for so many seconds from then on: the signature stands in the query, and only the host is signed beside it. */
export function signedUrl(signer: Signer, url: URL, at: Date, seconds: number): string {
  const stamp = stampOf(at);
  const signed = new URL(url);
  const query = {
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': credentialOf(signer, stamp),
    'X-Amz-Date': stamp,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
  };
  for (const [name, value] of Object.entries(query)) signed.searchParams.set(name, value);
  const canonical = ['GET', url.pathname, canonicalQuery(signed), `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'];
  const signature = signatureOf(signer, stamp, textToSign(signer, stamp, canonical.join('\n')));
  signed.searchParams.set('X-Amz-Signature', signature);
  return signed.toString();
}

function credentialOf(signer: Signer, stamp: string): string {
  return `${signer.accessKeyId}/${scopeOf(signer, stamp)}`;
}

function textToSign(signer: Signer, stamp: string, canonical: string): string {
  return [ALGORITHM, stamp, scopeOf(signer, stamp), sha256(Buffer.from(canonical))].join('\n');
}

function canonicalQuery(url: URL): string {
  const parts = Array.from(url.searchParams, ([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return parts.toSorted().join('&');
}

/** RFC 3986 leaves fewer signs as they are than JavaScript does. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
