import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { linesOf, rowsOf } from './bill.reader.js';
import { type BillRow, flowRow, tradeRow } from './bill.rows.js';
import { ChannelError, refusalCode } from './channel.error.js';
import { pathAndQuery } from './http.js';
import { PayHttp } from './pay.http.js';
import { PayTransport } from './pay.transport.js';
import { Malformed, type Reader } from './reader.js';

/** How many rows are handed on at once. */
const CHUNK = 500;

/** Which bill: of trades, or of what moved in our account, on a day of China's calendar such as `2026-11-22`. */
export interface BillDemand {
  readonly type: 'TRADE' | 'FUND_FLOW';
  readonly day: string;
}

/** NONE: nothing happened that day, for good. NOT_YET: ask again in half an hour. DAMAGED: what arrived is not what the channel has; ask again. */
export type BillUnusableKind = 'NONE' | 'NOT_YET' | 'DAMAGED';

/** There is no bill to read. When the channel itself is in trouble, it is a ChannelError instead. */
export class BillUnusable extends Error {
  override readonly name = 'BillUnusable';

  constructor(
    readonly kind: BillUnusableKind,
    { type, day }: BillDemand,
    options?: ErrorOptions,
  ) {
    const why = options?.cause instanceof Error ? `: ${options.cause.message}` : '';
    super(`${type} bill of ${day}: ${kind}${why}`, options);
  }
}

const UNUSABLE: ReadonlyMap<string | null, BillUnusableKind> = new Map([
  ['NOSTATEMENTEXIST', 'NONE'],
  ['STATEMENTCREATING', 'NOT_YET'],
]);

interface Offer {
  readonly hash: string;
  readonly path: string;
}

/** The channel's bills of our account. */
@Injectable()
export class BillClient {
  constructor(
    private readonly http: PayHttp,
    private readonly transport: PayTransport,
  ) {}

  /**
   * Reads a bill from its first row to its last, and hands its rows on, some at a time. They are the channel's only once this has returned:
   * that the file is whole is known at its end.
   *
   * @returns the SHA-1 of the file, in digits
   * @throws BillUnusable, ChannelError, or whatever `take` throws
   */
  async read(demand: BillDemand, take: (rows: readonly BillRow[]) => Promise<void>): Promise<string> {
    const offer = await this.#offer(demand);
    const hash = createHash('sha1');
    try {
      await this.#hand(demand, hashed(unpacked(this.transport.download(offer.path)), hash), take);
    } catch (cause) {
      throw isDamage(cause) ? new BillUnusable('DAMAGED', demand, { cause }) : cause;
    }
    const digest = hash.digest('hex');
    if (digest !== offer.hash)
      throw new BillUnusable('DAMAGED', demand, { cause: new Malformed('the hash is another') });
    return digest;
  }

  async #offer(demand: BillDemand): Promise<Offer> {
    const query = demand.type === 'TRADE' ? 'bill_type=ALL' : 'account_type=BASIC';
    const name = demand.type === 'TRADE' ? 'tradebill' : 'fundflowbill';
    const path = `/v3/bill/${name}?bill_date=${demand.day}&${query}&tar_type=GZIP`;
    try {
      return await this.http.call({ method: 'GET', path }, readOffer);
    } catch (error) {
      const kind = UNUSABLE.get(refusalCode(error));
      throw kind ? new BillUnusable(kind, demand, { cause: error }) : error;
    }
  }

  async #hand(
    { type }: BillDemand,
    bytes: AsyncIterable<Uint8Array>,
    take: (rows: readonly BillRow[]) => Promise<void>,
  ): Promise<void> {
    let chunk: BillRow[] = [];
    for await (const row of rowsOf(linesOf(bytes), type === 'TRADE' ? tradeRow : flowRow)) {
      chunk.push(row);
      if (chunk.length < CHUNK) continue;
      await take(chunk);
      chunk = [];
    }
    if (chunk.length > 0) await take(chunk);
  }
}

/** The channel has signed where the file is; we go there by the address that we have for the channel, and by no other. */
function readOffer(reply: Reader): Offer {
  reply.oneOf('hash_type', ['SHA1']);
  const address = reply.text('download_url');
  if (!URL.canParse(address)) throw new Malformed('download_url is no address');
  return { hash: reply.text('hash_value').toLowerCase(), path: pathAndQuery(new URL(address)) };
}

async function* unpacked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const out = new PassThrough();
  const done = pipeline(Readable.from(bytes), createGunzip(), out);
  // Whoever reads `out` hears of it; without this the process would hear of it too.
  done.catch(() => undefined);
  for await (const chunk of out) yield chunk as Buffer;
  await done;
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** A file that ends too early, is not packed as it should be, or says what no bill says. */
function isDamage(error: unknown): boolean {
  if (error instanceof ChannelError) return false;
  const code = (error as { readonly code?: unknown }).code;
  const isCode = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' || (typeof code === 'string' && code.startsWith('Z_'));
  return error instanceof Malformed || isCode;
}
