import { entryHash, linkHash, type Parts, PARTS } from './chain.rules.js';

/** A link as it leaves the database: one line of an export. Hashes are 64 hexadecimal digits. */
export interface ExportedLink {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly entry: Parts;
}

/** The chain is not what it was when it was linked; the message names the first link that shows it. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain';
}

const HASH = /^[0-9a-f]{64}$/;

/** Follows a chain link by link and keeps nothing but where it is. */
export class ChainCheck {
  #seq: number | null = null;
  #hash = '';
  #count = 0;

  /** How many links were followed. */
  get count(): number {
    return this.#count;
  }

  /** The last link that was followed. */
  get head(): { readonly seq: number; readonly hash: string } {
    return { seq: this.#seq ?? 0, hash: this.#hash };
  }

  /** @throws BrokenChain unless the link follows the one before, and its hash is that of its entry; the first may be any */
  follow({ seq, previousHash, hash, entry }: ExportedLink): void {
    if (this.#seq !== null && seq !== this.#seq + 1)
      throw new BrokenChain(`link ${this.#seq + 1} is missing: ${this.#seq} is followed by ${seq}`);
    if (this.#seq !== null && previousHash !== this.#hash)
      throw new BrokenChain(`link ${seq} does not follow link ${this.#seq}: it was made after another one`);
    if (linkHash(Buffer.from(previousHash, 'hex'), entryHash(entry)).toString('hex') !== hash)
      throw new BrokenChain(`link ${seq} is broken: its hash is not that of its entry`);
    this.#seq = seq;
    this.#hash = hash;
    this.#count += 1;
  }
}

/**
 * A line of an export.
 *
 * @throws BrokenChain if it is no link
 */
export function parseLink(line: string, number: number): ExportedLink {
  const link = parse(line) as Partial<ExportedLink> | null;
  const isLink =
    Number.isSafeInteger(link?.seq) && [link?.hash, link?.previousHash].every((hash) => HASH.test(hash ?? ''));
  if (!isLink || !isEntry(link?.entry)) throw new BrokenChain(`line ${number} is not a link`);
  return link as ExportedLink;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // Not JSON, so not a link: the caller says which line.
  }
}

function isEntry(entry: unknown): entry is Parts {
  if (typeof entry !== 'object' || entry === null) return false;
  const parts = entry as Record<string, unknown>;
  return PARTS.every((name) => typeof parts[name] === 'string' || parts[name] === null);
}
