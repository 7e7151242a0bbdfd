import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { DataSource } from 'typeorm';
import { ChainCheck, countUnlinked, parseLink, readChain } from '#audit';
import { databaseOptions } from '../../database.js';
import type { ExportOptions } from './options.js';

/**
 * Writes the linked entries of the trail to a new file, a line each, and checks the chain on the way.
 *
 * @returns what to tell, a line each
 * @throws BrokenChain at the first link that is broken; the file then ends before it
 */
export async function exportTrail({ file, since }: ExportOptions): Promise<string[]> {
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error('DATABASE_URL: says whose trail to export');
  const source = await new DataSource(databaseOptions({ DATABASE_URL, DATABASE_POOL_SIZE: 1 })).initialize();
  try {
    // Reasons are people's words, so nobody else on this machine reads them; and nothing is ever written over.
    const target = await open(file, 'wx', 0o600);
    const check = new ChainCheck();
    try {
      for await (const link of readChain(source, since)) {
        check.follow(link);
        await target.write(`${JSON.stringify(link)}\n`);
      }
    } finally {
      await target.close();
    }
    const unlinked = await countUnlinked(source);
    return [
      ...(unlinked > 0 ? [`${unlinked} more are not linked yet and not in the file`] : []),
      `audit: ${check.count} entries, ${headOf(check)}`,
    ];
  } finally {
    await source.destroy();
  }
}

/**
 * Whether an export is whole, by itself: every entry as it was linked, in its place, none missing in between.
 *
 * @throws BrokenChain that names the first link or line that is not
 */
export async function verifyExport(file: string): Promise<string[]> {
  const check = new ChainCheck();
  let first: number | null = null;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    const link = parseLink(line, number);
    check.follow(link);
    first ??= link.seq;
  }
  return [`audit: ${check.count} entries from link ${first ?? 0} on are whole, ${headOf(check)}`];
}

function headOf({ head: { seq, hash } }: ChainCheck): string {
  return seq === 0 ? 'no head' : `head ${seq} ${hash}`;
}
