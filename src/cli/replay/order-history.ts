import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import {
  COLUMNS,
  isCancelled,
  type Return,
  returnOf,
  type Sale,
  saleOf,
  type SaleRecord,
  type SkipReason,
} from './sale.js';

/** What a file holds: the sales and what was sent back, each in the order of their times, and what was left out. */
export interface OrderHistory {
  readonly linesRead: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
  readonly sales: readonly Sale[];
  readonly returns: readonly Return[];
}

/**
 * Reads the first `linesMax` data lines of an order history, gzipped or not.
 *
 * @throws Error if the file cannot be read, lacks a column, or has a line that makes no sense
 */
export async function readOrderHistory(file: string, linesMax: number): Promise<OrderHistory> {
  const skipped = new Map<SkipReason, number>();
  const [sales, returns]: [Sale[], Return[]] = [[], []];
  let linesRead = 0;
  for await (const record of await recordsIn(file)) {
    linesRead += 1;
    const line = isCancelled(record) ? returnOf(record, linesRead) : saleOf(record, linesRead);
    if (typeof line === 'string') skipped.set(line, (skipped.get(line) ?? 0) + 1);
    else if ('returnedAt' in line) returns.push(line);
    else sales.push(line);
    if (linesRead === linesMax) break;
  }
  if (linesRead === 0) throw new Error(`${file}: there is no line after the header`);
  return {
    ...{ linesRead, skipped },
    sales: sales.sort((a, b) => a.soldAt.getTime() - b.soldAt.getTime()),
    returns: returns.sort((a, b) => a.returnedAt.getTime() - b.returnedAt.getTime()),
  };
}

async function recordsIn(file: string): Promise<AsyncIterable<SaleRecord>> {
  const text = (await isGzip(file)) ? createGunzip() : new PassThrough();
  // A failure of any of the three reaches whoever reads the records.
  return pipeline(createReadStream(file), text, parse({ bom: true, columns: checkHeader }), () => undefined);
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Its first two bytes tell better than its name. */
async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0);
  await handle.close();
  return buffer.equals(GZIP_MAGIC);
}

function checkHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new Error(`the header lacks ${missing.join(', ')}; it says ${names.join(', ')}`);
  return names;
}
