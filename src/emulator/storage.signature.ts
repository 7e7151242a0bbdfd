import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Settings } from './options.js';
import { StorageError } from './storage.errors.js';

const SKEW_MS_MAX = 900_000;
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;
const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

type Keys = Settings['storage'];

/** Requires a request to be signed, whole and now, with the key that the shop was given (AWS Signature Version 4 in headers). */
export function checkSignature(request: FastifyRequest, keys: Keys): void {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new StorageError('AccessDenied', 'Access Denied');
  const [, credential = '', signedNames = '', signature = ''] = AUTHORIZATION.exec(authorization) ?? [];
  if (signature === '') throw new StorageError('AuthorizationHeaderMalformed');
  const stamp = headerOf(request, 'x-amz-date');
  checkCredential(credential, stamp, keys);
  if (!(Math.abs(Date.now() - instantMs(stamp)) <= SKEW_MS_MAX)) throw new StorageError('RequestTimeTooSkewed');

  const names = signedNames.split(';');
  const unsigned = Object.keys(request.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !names.includes(name),
  );
  if (unsigned.length > 0) throw new StorageError('AccessDenied', `Headers were not signed: ${unsigned.join(', ')}`);
  const hash = checkPayload(request);
  const canonical = [
    ...[request.method, pathOf(request), canonicalQuery(request)],
    ...names.map((name) => `${name}:${headerOf(request, name).trim().replace(/ +/g, ' ')}`),
    ...['', signedNames, hash],
  ].join('\n');
  const [, ...scope] = credential.split('/');
  const signedText = ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(canonical)].join('\n');
  requireSignature(signatureOf(keys, stamp, signedText), signature);
}

/** Requires a key of ours, for this day, this region and this service. */
export function checkCredential(credential: string, stamp: string, { accessKeyId, region }: Keys): void {
  const [key, ...scope] = credential.split('/');
  if (key !== accessKeyId) throw new StorageError('InvalidAccessKeyId');
  if (scope.join('/') !== [stamp.slice(0, 8), region, 's3', 'aws4_request'].join('/'))
    throw new StorageError('AuthorizationHeaderMalformed', `The scope ${scope.join('/')} is wrong`);
}

export function signatureOf({ secretAccessKey, region }: Keys, stamp: string, signedText: string): string {
  const day = hmac(`AWS4${secretAccessKey}`, stamp.slice(0, 8));
  const key = hmac(hmac(hmac(day, region), 's3'), 'aws4_request');
  return hmac(key, signedText).toString('hex');
}

export function requireSignature(right: string, given: string): void {
  const isRight = right.length === given.length && timingSafeEqual(Buffer.from(right), Buffer.from(given));
  if (!isRight) throw new StorageError('SignatureDoesNotMatch');
}

/** NaN if it is no instant. */
export function instantMs(stamp: string): number {
  const [, year, month, day, hour, minute, second] = STAMP.exec(stamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function checkPayload(request: FastifyRequest): string {
  const claimed = headerOf(request, 'x-amz-content-sha256');
  if (claimed.startsWith('STREAMING-')) throw new StorageError('NotImplemented', 'Send the body in one piece');
  if (claimed === 'UNSIGNED-PAYLOAD') return claimed;
  const body = Buffer.isBuffer(request.body) ? request.body : '';
  if (claimed !== sha256(body)) throw new StorageError('XAmzContentSHA256Mismatch');
  return claimed;
}

function headerOf({ headers }: FastifyRequest, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string') throw new StorageError('InvalidRequest', `The header ${name} is missing`);
  return value;
}

export function pathOf({ raw }: FastifyRequest): string {
  return raw.url?.split('?')[0] ?? '';
}

/** The query as it is signed, without those names. */
export function canonicalQuery({ raw }: FastifyRequest, without: readonly string[] = []): string {
  const query = raw.url?.split('?')[1] ?? '';
  const parts = query === '' ? [] : query.split('&').map((part) => part.split('='));
  return parts
    .filter(([name = '']) => !without.includes(name))
    .map(([name = '', value = '']) => `${recoded(name)}=${recoded(value)}`)
    .sort()
    .join('&');
}

/** However it was encoded, as RFC 3986 has it. */
function recoded(part: string): string {
  return encodeURIComponent(decodeURIComponent(part.replaceAll('+', ' '))).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, content: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
