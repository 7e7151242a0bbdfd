import type { QueryRunner } from 'typeorm';
import { idFromBytes, Sealed, Vault } from '#common';

const PAGE = 500;
const OPENID = 'user.openid';
const UNIONID = 'user.unionid';

interface PlainRow {
  readonly id: Buffer;
  readonly openid_plain: string;
  readonly unionid_plain: string | null;
}

interface SealedRow {
  readonly id: Buffer;
  readonly openid: Buffer;
  readonly unionid: Buffer | null;
}

/** Seals everybody who is not sealed yet. An empty table needs no keys. */
export async function sealPeople(db: QueryRunner, environment: NodeJS.ProcessEnv): Promise<void> {
  const page = (): Promise<PlainRow[]> =>
    db.query(`SELECT id, openid_plain, unionid_plain FROM user WHERE openid_index IS NULL LIMIT ${PAGE}`);
  await inPages(db, page, environment, async (vault, { id, openid_plain, unionid_plain }) => {
    const userId = idFromBytes('user', id);
    await db.query('UPDATE user SET openid = ?, openid_index = ?, unionid = ?, unionid_index = ? WHERE id = ?', [
      vault.seal(OPENID, userId, openid_plain).bytes,
      vault.blindIndex(OPENID, openid_plain),
      unionid_plain === null ? null : vault.seal(UNIONID, userId, unionid_plain).bytes,
      unionid_plain === null ? null : vault.blindIndex(UNIONID, unionid_plain),
      id,
    ]);
  });
}

/** The way back: everybody in plain again, and nobody sealed. */
export async function unsealPeople(db: QueryRunner, environment: NodeJS.ProcessEnv): Promise<void> {
  const page = (): Promise<SealedRow[]> =>
    db.query(`SELECT id, openid, unionid FROM user WHERE openid_index IS NOT NULL LIMIT ${PAGE}`);
  await inPages(db, page, environment, async (vault, { id, openid, unionid }) => {
    const userId = idFromBytes('user', id);
    await db.query(
      `UPDATE user SET openid_plain = ?, unionid_plain = ?,
         openid = NULL, openid_index = NULL, unionid = NULL, unionid_index = NULL, session_key = NULL WHERE id = ?`,
      [vault.open(OPENID, userId, new Sealed(openid)), unionid && vault.open(UNIONID, userId, new Sealed(unionid)), id],
    );
  });
}

/** Works a page in a transaction. What is done falls out of the selection, so each page is the first one of what is left. */
async function inPages<Row>(
  db: QueryRunner,
  page: () => Promise<readonly Row[]>,
  { DATA_KEYS, DATA_INDEX_KEY }: NodeJS.ProcessEnv,
  work: (vault: Vault, row: Row) => Promise<void>,
): Promise<void> {
  for (;;) {
    const rows = await page();
    if (rows.length === 0) return;
    const vault = new Vault({ DATA_KEYS, DATA_INDEX_KEY });
    await db.startTransaction();
    try {
      for (const row of rows) await work(vault, row);
      await db.commitTransaction();
    } catch (error) {
      await db.rollbackTransaction();
      throw error;
    }
  }
}
