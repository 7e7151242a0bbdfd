import type { FastifyRequest } from 'fastify';
import type { Settings } from './options.js';
import { StorageError } from './storage.errors.js';
import {
  canonicalQuery,
  checkCredential,
  instantMs,
  pathOf,
  requireSignature,
  sha256,
  signatureOf,
} from './storage.signature.js';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SIGNATURE = 'X-Amz-Signature';
/** A week, as S3 has it. */
const EXPIRES_SECONDS_MAX = 604_800;

/** Whether an address brings its own permission. */
export function isSignedUrl(request: FastifyRequest): boolean {
  return request.method === 'GET' && valueOf(request, SIGNATURE) !== null;
}

/** Requires an address to be signed for this object and not to be over (AWS Signature Version 4 in the query, with the host alone). */
export function checkSignedUrl(request: FastifyRequest, keys: Settings['storage']): void {
  const [algorithm, credential, stamp, expires, names] = [
    ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'],
  ].map((name) => valueOf(request, name) ?? '') as [string, string, string, string, string];
  if (algorithm !== ALGORITHM || names !== 'host') throw new StorageError('InvalidArgument');
  checkCredential(credential, stamp, keys);
  const seconds = Number(expires);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > EXPIRES_SECONDS_MAX)
    throw new StorageError('InvalidArgument');
  const isInTime = Date.now() <= instantMs(stamp) + seconds * 1_000;
  if (!isInTime) throw new StorageError('AccessDenied', 'Request has expired');
  const host = `host:${request.headers.host ?? ''}`;
  const query = canonicalQuery(request, [SIGNATURE]);
  const canonical = [request.method, pathOf(request), query, host, '', names, 'UNSIGNED-PAYLOAD'].join('\n');
  const [, ...scope] = credential.split('/');
  const text = [ALGORITHM, stamp, scope.join('/'), sha256(canonical)].join('\n');
  requireSignature(signatureOf(keys, stamp, text), valueOf(request, SIGNATURE) ?? '');
}

function valueOf({ query }: FastifyRequest, name: string): string | null {
  const value = (query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}
