import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { decodeIdCursor, newId, notFound, type Page, type PageArgs, pageOf, refuse, Transactor } from '#common';
import { deleteOld, OLD_ROWS_KEPT_DAYS } from '#jobs';
import { hasLeft } from './account-standing.js';
import { CannotBlockOneself, TooManyBlocks } from './block.refusals.js';
import { LiftedBlock, UserBlock, type UserBlockId } from './user-block.entity.js';
import { User, type UserId } from './user.entity.js';

/** Far more than anybody meets, and few enough to be counted at each block. */
export const BLOCKS_MAX = 1_000;
/** As long as the keys of repeated requests. */
export const LIFTED_BLOCKS_KEPT_DAYS = OLD_ROWS_KEPT_DAYS;

/** Who does not want to meet whom. Lists leave the two out for each other with `notBlocked`. */
@Injectable()
export class BlocksService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
  ) {}

  /**
   * Blocks somebody; asking again gives the same block. Whoever is blocked is not told.
   *
   * @param blockedId a person that exists: a client never names one, the caller finds them by what the viewer saw
   * @throws Refused with CannotBlockOneself or TooManyBlocks; RequestError NOT_FOUND if one of the two has erased the account
   */
  async block(userId: UserId, blockedId: UserId): Promise<UserBlock> {
    if (userId === blockedId) refuse(new CannotBlockOneself());
    return this.transactor.run(async (db) => {
      const people = await lockBoth(db, userId, blockedId);
      if (people.some((person) => hasLeft(person))) throw notFound('input');
      const known = await db.findOneBy(UserBlock, { userId, blockedId });
      if (known) return known;
      if ((await db.countBy(UserBlock, { userId })) >= BLOCKS_MAX) refuse(new TooManyBlocks(BLOCKS_MAX));
      const block = db.create(UserBlock, { id: newId('block'), userId, blockedId });
      await db.insert(UserBlock, block);
      return block;
    });
  }

  /**
   * Takes a block back.
   *
   * @returns false if it had been taken back before, in the last seven days
   * @throws RequestError NOT_FOUND if it is unknown or somebody else’s
   */
  lift(userId: UserId, id: UserBlockId): Promise<boolean> {
    return this.transactor.run(async (db) => {
      const { affected } = await db.delete(UserBlock, { id, userId });
      if (affected === 1) {
        await db.insert(LiftedBlock, { id, userId });
        return true;
      }
      if (await db.existsBy(LiftedBlock, { id, userId })) return false;
      throw notFound('input.blockId');
    });
  }

  /** Whom a person has blocked, newest first. */
  async blockedBy(userId: UserId, { first, after }: PageArgs): Promise<Page<UserBlock>> {
    const last = decodeIdCursor(after, 'block');
    const where = { userId, ...(last ? { id: LessThan(last) } : {}) };
    const rows = await this.source.manager.find(UserBlock, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Forgets the blocks that were taken back more than seven days ago, a page to a statement. */
  purge(): Promise<void> {
    return deleteOld(this.source, `lifted_block WHERE lifted_at < NOW(3) - INTERVAL ${LIFTED_BLOCKS_KEPT_DAYS} DAY`);
  }
}

/** In the order of their ids, so that two who block each other at once do not wait for one another. Whoever blocks is counted under the lock. */
async function lockBoth(db: EntityManager, ...ids: [UserId, UserId]): Promise<User[]> {
  return db.find(User, {
    select: { id: true, status: true },
    where: { id: In(ids) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}
