import type { DataSource } from 'typeorm';
import type { ExportedLink } from './chain-check.js';
import { GENESIS, type Parts } from './chain.rules.js';
import { PART_COLUMNS } from './chain-sql.js';

const PAGE = 500;

interface LinkRow extends Parts {
  readonly seq: string | number;
  readonly hash: Buffer;
}

/**
 * The chain as it stands, in order; read in pages, so that it may be of any length.
 *
 * @param since from the first link of an entry that was recorded then or later; from the beginning if null
 */
export async function* readChain(source: Pick<DataSource, 'query'>, since: Date | null): AsyncIterable<ExportedLink> {
  let { seq: after, hash: previousHash } = await startOf(source, since);
  for (;;) {
    const rows = await source.query<LinkRow[]>(
      `SELECT link.seq, link.hash, ${PART_COLUMNS} FROM audit_link AS link
       JOIN audit_entry AS entry ON entry.id = link.entry_id WHERE link.seq > ? ORDER BY link.seq LIMIT ${PAGE}`,
      [after],
    );
    for (const { seq, hash, ...entry } of rows) {
      yield { seq: Number(seq), previousHash: previousHash.toString('hex'), hash: hash.toString('hex'), entry };
      after = Number(seq);
      previousHash = hash;
    }
    if (rows.length < PAGE) return;
  }
}

/** How many entries wait to be linked. */
export async function countUnlinked(source: Pick<DataSource, 'query'>): Promise<number> {
  const [row] = await source.query<[{ waiting: string | number }]>(
    'SELECT (SELECT COUNT(*) FROM audit_entry) - (SELECT COUNT(*) FROM audit_link) AS waiting',
  );
  return Number(row.waiting);
}

/** The link behind which to begin. */
async function startOf(source: Pick<DataSource, 'query'>, since: Date | null): Promise<{ seq: number; hash: Buffer }> {
  const [before] = await source.query<{ seq: string | number; hash: Buffer }[]>(
    `SELECT seq, hash FROM audit_link WHERE ? IS NOT NULL AND seq < COALESCE(
       (SELECT MIN(link.seq) FROM audit_link AS link JOIN audit_entry AS entry ON entry.id = link.entry_id
        WHERE entry.recorded_at >= ?), ~0) ORDER BY seq DESC LIMIT 1`,
    [since, since],
  );
  return before ? { seq: Number(before.seq), hash: before.hash } : { seq: 0, hash: GENESIS };
}
