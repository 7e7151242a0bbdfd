import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isDuplicate, Transactor } from '#common';
import { GENESIS, linkHash } from './chain.rules.js';
import { ENTRY_HASH } from './chain-sql.js';

const PAGE = 500;

/** The newest link. Whoever keeps it elsewhere can tell later whether history was written anew. */
export interface ChainHead {
  /** How many entries are linked. */
  readonly seq: number;
  readonly hash: Buffer;
}

interface HeadRow {
  readonly seq: string | number;
  readonly hash: Buffer;
  readonly since: Date;
}

interface UnlinkedRow {
  readonly id: string | number;
  readonly hash: Buffer;
}

const HEAD = `
  SELECT link.seq, link.hash, entry.recorded_at - INTERVAL 1 DAY AS since
  FROM audit_link AS link JOIN audit_entry AS entry ON entry.id = link.entry_id ORDER BY link.seq DESC LIMIT 1`;

/** An entry may commit after one with a greater id is linked, but never a day after: no transaction lives that long. */
const UNLINKED = `
  SELECT entry.id, ${ENTRY_HASH} AS hash FROM audit_entry AS entry
  LEFT JOIN audit_link AS link ON link.entry_id = entry.id
  WHERE link.seq IS NULL AND entry.recorded_at >= ? ORDER BY entry.id LIMIT ${PAGE}`;

/** Links the entries of the trail into one chain of hashes, in the order in which they are found: by id, the late ones later. */
@Injectable()
export class AuditChain {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
  ) {}

  /** Links whatever is not linked yet. Two who do so at once do not disturb each other. */
  async link(): Promise<void> {
    let linked = PAGE;
    while (linked === PAGE) linked = await this.#linkPage();
  }

  async head(): Promise<ChainHead> {
    const { seq, hash } = await headOf(this.source.manager);
    return { seq, hash };
  }

  async #linkPage(): Promise<number> {
    try {
      return await this.transactor.run(async (db) => {
        const head = await headOf(db);
        const entries = await db.query<UnlinkedRow[]>(UNLINKED, [head.since]);
        let { hash } = head;
        const links = entries.map(({ id, hash: hashOfEntry }, index) => {
          hash = linkHash(hash, hashOfEntry);
          return [head.seq + index + 1, id, hash];
        });
        if (links.length > 0) await db.query('INSERT INTO audit_link (seq, entry_id, hash) VALUES ?', [links]);
        return links.length;
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return 0; // Another linker was faster; what it has left is for the next round.
    }
  }
}

async function headOf(db: EntityManager): Promise<ChainHead & { readonly since: Date }> {
  const [row] = await db.query<HeadRow[]>(HEAD);
  if (!row) return { seq: 0, hash: GENESIS, since: new Date(0) };
  return { ...row, seq: Number(row.seq) };
}
