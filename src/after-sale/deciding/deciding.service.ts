import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ActKind, AuditTrail, Idempotency, refuse } from '#common';
import type { StaffViewer } from '#identity';
import {
  afterSaleAppealDecided,
  afterSaleApproved,
  afterSaleRejected,
  afterSaleReturnReceived,
} from '../after-sale.acts.js';
import { AfterSale } from '../cases/after-sale.entity.js';
import { CaseBook, casesOf, type LockedCase, type StepBy } from '../cases/case-book.js';
import { CaseRefunds } from '../cases/case-refunds.js';
import { AfterSaleDecided, AfterSaleNotAppealed, AfterSaleNotReturning } from '../cases/step.refusals.js';
import type {
  AfterSaleAppealDecideInput,
  AfterSaleDecisionInput,
  AfterSaleReturnReceiveInput,
} from './decision.inputs.js';

type Decider = Pick<StaffViewer, 'id' | 'supplierId'>;
type Work = (db: EntityManager, locked: LockedCase, by: StepBy) => Promise<void>;

/** What the seller and the shop decide. A supplier's people decide on their own cases, the shop's own staff on any. */
@Injectable()
export class DecidingService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly trail: AuditTrail,
    private readonly book: CaseBook,
    private readonly refunds: CaseRefunds,
  ) {}

  /**
   * Approves what a buyer asks for: money alone is promised at once, goods are waited for.
   *
   * @throws RequestError NOT_FOUND if there is no such case, or it is another supplier's; Refused with AfterSaleDecided or OrderNotRefundable
   */
  approve(staff: Decider, input: AfterSaleDecisionInput): Promise<AfterSale> {
    return this.#decide(staff, input, afterSaleApproved, async (db, locked, by) => {
      if (locked.row.status !== 'APPLIED') refuse(new AfterSaleDecided(locked.row.status));
      await this.refunds.approve(db, locked, by);
    });
  }

  /**
   * Refuses what a buyer asks for, or goods that came back; the buyer may appeal for three days.
   *
   * @throws as `approve`; Refused with AfterSaleDecided
   */
  reject(staff: Decider, input: AfterSaleDecisionInput): Promise<AfterSale> {
    return this.#decide(staff, input, afterSaleRejected, async (db, { row }, by) => {
      if (row.status !== 'APPLIED' && row.status !== 'RETURNING') refuse(new AfterSaleDecided(row.status));
      if (row.status === 'RETURNING')
        await this.book.move(db, row, 'RETURNED', { actor: by.actor }, { isResaleable: false });
      await this.book.move(db, row, 'REJECTED', by);
    });
  }

  /**
   * Accepts goods that came back: the money is promised at once.
   *
   * @throws as `approve`; Refused with AfterSaleNotReturning or OrderNotRefundable
   */
  receive(staff: Decider, input: AfterSaleReturnReceiveInput): Promise<AfterSale> {
    return this.#decide(staff, input, afterSaleReturnReceived, async (db, locked, by) => {
      if (locked.row.status !== 'RETURNING') refuse(new AfterSaleNotReturning(locked.row.status));
      await this.refunds.receive(db, locked, by, input.isResaleable);
    });
  }

  /**
   * Decides on an appeal for good.
   *
   * @throws as `approve`; Refused with AfterSaleNotAppealed or OrderNotRefundable
   */
  decideAppeal(staff: Decider, input: AfterSaleAppealDecideInput): Promise<AfterSale> {
    return this.#decide(staff, input, afterSaleAppealDecided, async (db, locked, by) => {
      if (locked.row.status !== 'APPEALED') refuse(new AfterSaleNotAppealed(locked.row.status));
      if (input.isApproved) await this.refunds.approve(db, locked, by);
      else await this.book.move(db, locked.row, 'REJECTED', by);
    });
  }

  /** One decision, once for each key, on record with what it has changed. */
  #decide(staff: Decider, input: AfterSaleDecisionInput, kind: ActKind<'aftersale'>, work: Work): Promise<AfterSale> {
    const { afterSaleId, reason } = input;
    const attempt = { actorId: staff.id, key: input.idempotencyKey, input, resultId: afterSaleId };
    return this.idempotency.once(AfterSale, attempt, async (db) => {
      const locked = await this.book.lock(db, afterSaleId, casesOf(staff));
      const before = { status: locked.row.status };
      await work(db, locked, { actor: staff.supplierId === null ? 'OPERATOR' : 'SUPPLIER', note: reason });
      const { status, amountMinor, isResaleable } = locked.row;
      const after = { status, amountMinor, isResaleable };
      await this.trail.record(db, kind, { subject: afterSaleId, by: staff.id, reason, before, after });
      return locked.row;
    });
  }
}
