import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BusinessTime, move, newId, notFound, Vault } from '#common';
import { Jobs } from '#jobs';
import { Order } from '#orders';
import { afterSaleDecided } from '../after-sale.jobs.js';
import { AFTER_SALE_SEALS, AfterSale, type AfterSaleId, type AfterSaleStatus } from './after-sale.entity.js';
import { AfterSaleLine } from './after-sale-line.entity.js';
import { type AfterSaleActor, AfterSaleStep } from './after-sale-step.entity.js';
import { afterSaleLife, isDecision, isPromised, timesAt, withholds } from './case.rules.js';
import { claim, countOpen, letShip, unclaim } from './claims.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** Who takes a step, and what they say. */
export interface StepBy {
  readonly actor: AfterSaleActor;
  readonly note?: string | null;
}

/** A case as it stands under the lock of its order. */
export interface LockedCase {
  readonly row: AfterSale;
  readonly order: Order;
}

/** Cases in our books: opened, moved step by step, closed, with what lines and orders count of them. */
@Injectable()
export class CaseBook {
  constructor(
    private readonly businessTime: BusinessTime,
    private readonly vault: Vault,
    private readonly jobs: Jobs,
  ) {}

  /**
   * A case and its order, both locked.
   *
   * @throws RequestError NOT_FOUND if there is none that is the one's whose id is given: a buyer's or a supplier's; null for any
   */
  async lock(
    db: EntityManager,
    id: AfterSaleId,
    whose: Partial<Pick<AfterSale, 'buyerId' | 'supplierId'>>,
  ): Promise<LockedCase> {
    const known = await db.findOneBy(AfterSale, { id, ...whose });
    if (!known) throw notFound('input.afterSaleId');
    const order = await db.findOneOrFail(Order, { where: { id: known.orderId }, lock: LOCK });
    return { row: await db.findOneOrFail(AfterSale, { where: { id }, lock: LOCK }), order };
  }

  /** Opens a case about units that were found to be free, under the order's lock. */
  async open(
    db: EntityManager,
    row: Omit<AfterSale, 'status' | 'dueAt' | 'closedAt' | 'listedAt'>,
    lines: readonly Omit<AfterSaleLine, 'afterSaleId'>[],
    by: StepBy,
  ): Promise<AfterSale> {
    const status = 'APPLIED';
    const opened = db.create(AfterSale, { ...row, status, ...timesAt(status, row, row.appliedAt) });
    await db.insert(AfterSale, opened);
    await db.insert(
      AfterSaleLine,
      lines.map((line) => ({ ...line, afterSaleId: row.id })),
    );
    await claim(db, opened, lines.length);
    await countOpen(db, opened, 1);
    await this.#step(db, opened, by);
    return opened;
  }

  /** Moves a case on, and with it what lines and the order count of it. Whoever promises its money has given up its claim before. */
  async move(
    db: EntityManager,
    row: AfterSale,
    to: AfterSaleStatus,
    by: StepBy,
    set: Partial<AfterSale> = {},
  ): Promise<void> {
    const now = await this.businessTime.read(db);
    const [from, hadPromised, didWithhold] = [row.status, isPromised(row), withholds(row)];
    const times = timesAt(to, { isAppealed: set.isAppealed ?? row.isAppealed }, now);
    await move(db, AfterSale, afterSaleLife, row, to, { ...set, ...times });
    if (didWithhold) await letShip(db, row.id);
    if (row.closedAt !== null) {
      if (!hadPromised) await unclaim(db, row.id);
      await countOpen(db, row, -1);
    }
    const stepId = await this.#step(db, row, by);
    if (!isDecision(from, to)) return;
    await this.jobs.publish(db, afterSaleDecided, { afterSaleId: row.id, stepId, isApproved: to !== 'REJECTED' });
  }

  /** Closes a rejected case that nobody has appealed against in time. */
  async close(db: EntityManager, row: AfterSale): Promise<void> {
    const closed = { dueAt: null, closedAt: await this.businessTime.read(db) };
    await db.update(AfterSale, { id: row.id }, closed);
    Object.assign(row, closed);
    await unclaim(db, row.id);
    await countOpen(db, row, -1);
  }

  async #step(
    db: EntityManager,
    { id: afterSaleId, status }: AfterSale,
    { actor, note }: StepBy,
  ): Promise<AfterSaleStep['id']> {
    const id = newId('step');
    const sealed = note ? this.vault.seal(AFTER_SALE_SEALS.note, id, note) : null;
    const movedAt = await this.businessTime.read(db);
    await db.insert(AfterSaleStep, { id, afterSaleId, status, actor, note: sealed, movedAt });
    return id;
  }
}

/** Whose cases a supplier's people may touch; the shop's own staff any. */
export function casesOf({
  supplierId,
}: {
  readonly supplierId: AfterSale['supplierId'] | null;
}): Partial<Pick<AfterSale, 'supplierId'>> {
  return supplierId === null ? {} : { supplierId };
}
