import { createHash } from 'node:crypto';

/** What the first link follows. */
export const GENESIS = Buffer.alloc(32);

/**
 * The parts of an entry that are hashed, in this order. A column that is added later must go to the end of a second version, or the
 * chain breaks.
 */
export const PARTS = [
  ...(['id', 'actor', 'kind', 'subjectType', 'subjectId', 'reason', 'before', 'after', 'request'] as const),
  ...(['actedAt', 'recordedAt'] as const),
];

/** An entry as the texts that are hashed. */
export type Parts = Readonly<Record<(typeof PARTS)[number], string | null>>;

/**
 * One text for all parts of an entry; no two entries have the same, because each part says how many bytes of UTF-8 it has.
 *
 * @example canonical(['好', null, '']) // '3:好-0:'
 */
export function canonical(parts: readonly (string | null)[]): string {
  return parts.map((part) => (part === null ? '-' : `${Buffer.byteLength(part)}:${part}`)).join('');
}

/** The hash of an entry, by its canonical form; the same as ENTRY_HASH in SQL. */
export function entryHash(parts: Parts): Buffer {
  return sha256(Buffer.from(canonical(PARTS.map((name) => parts[name]))));
}

/** The hash of the link that follows a link of this hash: it depends on every entry before it. */
export function linkHash(previousHash: Buffer, hashOfEntry: Buffer): Buffer {
  return sha256(Buffer.concat([previousHash, hashOfEntry]));
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
