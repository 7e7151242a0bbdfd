import { StorageError, text, xml } from './storage.errors.js';
import type { StoredObject } from './storage.objects.js';

const KEYS_MAX = 1_000;

export interface ListQuery {
  readonly prefix?: string;
  readonly 'max-keys'?: string;
  readonly 'start-after'?: string;
  readonly 'continuation-token'?: string;
  readonly 'encoding-type'?: string;
}

/** A page of ListObjectsV2. A token is the last key of the page before, made unreadable so that nobody relies on it. */
export function listOnWire(bucket: string, objects: readonly StoredObject[], query: ListQuery): string {
  const { prefix = '', 'max-keys': wish = String(KEYS_MAX), 'encoding-type': encoding } = query;
  const max = Math.min(Number(wish), KEYS_MAX);
  if (!Number.isInteger(max) || max < 0) throw new StorageError('InvalidArgument', 'max-keys');
  const named = (key: string): string => text(encoding === 'url' ? encodeURIComponent(key) : key);
  const after = afterOf(query);
  const left = objects.filter(({ key }) => key > after);
  const page = left.slice(0, max);
  const isTruncated = left.length > page.length;
  const token = Buffer.from(page.at(-1)?.key ?? '').toString('base64url');
  return xml(
    'ListBucketResult',
    [
      ...[xml('Name', text(bucket)), xml('Prefix', named(prefix)), xml('MaxKeys', String(max))],
      ...[xml('KeyCount', String(page.length)), xml('IsTruncated', String(isTruncated))],
      ...(encoding === 'url' ? [xml('EncodingType', 'url')] : []),
      ...(isTruncated ? [xml('NextContinuationToken', token)] : []),
      ...page.map((object) => entryOnWire(object, named(object.key))),
    ].join(''),
  );
}

function afterOf({ 'continuation-token': token, 'start-after': startAfter = '' }: ListQuery): string {
  return token === undefined ? startAfter : Buffer.from(token, 'base64url').toString();
}

function entryOnWire({ modifiedAtMs, etag, body }: StoredObject, key: string): string {
  const facts = { LastModified: new Date(modifiedAtMs).toISOString(), ETag: text(etag), Size: String(body.length) };
  const elements = Object.entries({ Key: key, ...facts, StorageClass: 'STANDARD' });
  return xml('Contents', elements.map(([element, content]) => xml(element, content)).join(''));
}
