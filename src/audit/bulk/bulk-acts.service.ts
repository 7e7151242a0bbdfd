import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type ActKind,
  AuditTrail,
  BusinessTime,
  Idempotency,
  move,
  notFound,
  orRefuse,
  type Refusal,
  RequestError,
  Transactor,
} from '#common';
import { StaffAccountsService, type StaffId } from '#identity';
import { Jobs } from '#jobs';
import { BulkAct, type BulkActId, type BulkActStatus } from './bulk-act.entity.js';
import type { BulkActApproveInput, BulkActEndInput } from './bulk-act.inputs.js';
import { bulkActLife, expiryOf, mayDecide, mayWithdraw } from './bulk-act.rules.js';
import { BulkWorks } from './bulk-works.js';
import { bulkActApproved, bulkActProposed, bulkActRejected, bulkActWithdrawn } from './bulk.acts.js';
import { workOffBulkAct } from './bulk.jobs.js';

/** What one operator asks to be done to many things. */
export interface BulkProposal {
  readonly kind: string;
  readonly input: object;
  readonly reason: string;
  readonly idempotencyKey: string;
}

interface Ending {
  readonly to: BulkActStatus;
  readonly kind: ActKind<'bulk'>;
  readonly may: (act: BulkAct, by: StaffId, now: Date) => Refusal | null;
}

const APPROVAL: Ending = { to: 'APPROVED', kind: bulkActApproved, may: mayDecide };
const REJECTION: Ending = { to: 'REJECTED', kind: bulkActRejected, may: mayDecide };
const WITHDRAWAL: Ending = { to: 'WITHDRAWN', kind: bulkActWithdrawn, may: mayWithdraw };

/** Bulk acts on money need two people: one proposes, another approves, and only then are they done. */
@Injectable()
export class BulkActsService {
  constructor(
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly trail: AuditTrail,
    private readonly staff: StaffAccountsService,
    private readonly jobs: Jobs,
    private readonly works: BulkWorks,
  ) {}

  /** Asks for a bulk act. Nothing is done before another operator has approved it, within 24 hours. */
  propose(by: StaffId, { kind, input, reason, idempotencyKey: key }: BulkProposal): Promise<BulkAct> {
    const attempt = { actorId: by, key, input: { kind, input, reason } };
    return this.idempotency.once(BulkAct, attempt, async (db, id) => {
      const size = await this.works.of(kind).describe(db, input, { id, reason });
      const now = await this.businessTime.read(db);
      const act = db.create(BulkAct, {
        ...{ id, kind, status: 'PROPOSED', input: JSON.stringify(input), reason, itemsTried: 0 },
        ...{ ...size, proposedById: by, proposedAt: now, expiresAt: expiryOf(now), decidedById: null, decidedAt: null },
      });
      await db.insert(BulkAct, act);
      await this.trail.record(db, bulkActProposed, {
        ...{ subject: id, by, reason, before: {} },
        after: { status: act.status, kind, ...size },
      });
      return act;
    });
  }

  /**
   * Lets a bulk act be done.
   *
   * @throws RequestError NOT_FOUND, or FORBIDDEN if the operator may not do so any more; Refused with OwnProposal or BulkActDecided
   */
  approve(by: StaffId, input: BulkActApproveInput): Promise<BulkAct> {
    const { bulkActId, reason, idempotencyKey: key } = input;
    const attempt = { actorId: by, key, input, resultId: bulkActId };
    return this.idempotency.once(BulkAct, attempt, async (db) => {
      const act = await this.#end(db, by, { bulkActId, reason }, APPROVAL);
      await this.jobs.enqueue(db, workOffBulkAct, { bulkActId });
      return act;
    });
  }

  /** @throws as `approve` */
  reject(by: StaffId, input: BulkActEndInput): Promise<BulkAct> {
    return this.transactor.run((db) => this.#end(db, by, input, REJECTION));
  }

  /** @throws RequestError as `approve`; Refused with NotProposer or BulkActDecided */
  withdraw(by: StaffId, input: BulkActEndInput): Promise<BulkAct> {
    return this.transactor.run((db) => this.#end(db, by, input, WITHDRAWAL));
  }

  /** Whoever is disabled or loses the role at the same time is either first, and decides nothing, or finds it decided. */
  async #end(
    db: EntityManager,
    by: StaffId,
    { bulkActId, reason }: BulkActEndInput,
    { to, kind, may }: Ending,
  ): Promise<BulkAct> {
    if (!(await this.staff.mayStill(db, by, 'FINANCE')))
      throw new RequestError('FORBIDDEN', { zh: '您没有权限。', en: 'You may not do this.' });
    const act = await lockBulkAct(db, bulkActId);
    if (!act) throw notFound('input.bulkActId');
    const now = await this.businessTime.read(db);
    orRefuse(may(act, by, now));
    const decision = to === 'WITHDRAWN' ? {} : { decidedById: by, decidedAt: now };
    const before = { status: act.status };
    await move(db, BulkAct, bulkActLife, act, to, decision);
    await this.trail.record(db, kind, { subject: act.id, by, reason, before, after: { status: to } });
    return act;
  }
}

export function lockBulkAct(db: EntityManager, id: BulkActId): Promise<BulkAct | null> {
  return db.findOne(BulkAct, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
