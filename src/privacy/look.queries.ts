import type { EntityManager } from 'typeorm';
import { Look } from './look.entity.js';

/** Notes looks, in one statement; nothing is read back. */
export async function insertLooks(db: EntityManager, looks: readonly Partial<Look>[]): Promise<void> {
  if (looks.length === 0) return;
  await db
    .createQueryBuilder()
    .insert()
    .into(Look)
    .values([...looks])
    .updateEntity(false)
    .execute();
}
