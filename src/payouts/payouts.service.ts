import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { Supplier } from '#catalog';
import {
  type ActKind,
  AuditTrail,
  BusinessTime,
  checkDay,
  Config,
  Idempotency,
  isDuplicate,
  move,
  notFound,
  orRefuse,
  refuse,
} from '#common';
import type { StaffId } from '#identity';
import { type Account, transfer, type Transfer } from '#ledger';
import { SupplierBooks } from '#orders';
import { payoutApproved, payoutCancelled, payoutEntered, payoutProposed } from './payout.acts.js';
import { Payout, type PayoutStatus } from './payout.entity.js';
import type { PayoutDecideInput, PayoutEnterInput, PayoutProposeInput } from './payout.inputs.js';
import { PayoutOpen, PayoutReferenceTaken } from './payout.refusals.js';
import { mayApprove, mayCancel, mayEnter, mayPropose, payoutLife } from './payout.rules.js';

const CURRENCY = 'CNY';

/** What is paid to suppliers: one of FINANCE proposes it, another agrees, the bank transfers it, and one enters that. */
@Injectable()
export class PayoutsService {
  constructor(
    private readonly source: DataSource,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly config: Config,
    private readonly books: SupplierBooks,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Sets money aside for a supplier, which is owed that much less from then on.
   *
   * @throws RequestError NOT_FOUND if there is no such supplier; Refused with PayoutTooLarge, SupplierOwes or PayoutOpen
   */
  propose(by: StaffId, input: PayoutProposeInput): Promise<Payout> {
    const { supplierId, amountMinor, reason, idempotencyKey: key } = input;
    return this.idempotency.once(Payout, { actorId: by, key, input }, async (db, id) => {
      if (!(await db.existsBy(Supplier, { id: supplierId }))) throw notFound('input.supplierId');
      const owedMinor = await this.books.owed(db, supplierId, CURRENCY);
      const open = await db.findOneBy(Payout, { supplierId, endedAt: IsNull() });
      if (open) refuse(new PayoutOpen(open));
      orRefuse(mayPropose(amountMinor, owedMinor));
      const payout = db.create(Payout, {
        ...{ id, supplierId, amountMinor, currency: CURRENCY, status: 'PROPOSED', reason, proposedById: by },
        ...{ proposedAt: await this.businessTime.read(db), approvedById: null, approvedAt: null },
        ...{ reference: null, paidOn: null, endedAt: null },
      });
      await db.insert(Payout, payout);
      await this.#setAside(db, payout);
      await this.#note(db, payoutProposed, payout, { by, reason, before: null });
      return payout;
    });
  }

  /**
   * Agrees to a payout that somebody else has proposed.
   *
   * @throws RequestError NOT_FOUND; Refused with OwnProposal, SupplierOwes or PayoutStands
   */
  approve(by: StaffId, input: PayoutDecideInput): Promise<Payout> {
    return this.#decide(by, input, payoutApproved, async (db, payout) => {
      const owedMinor = await this.books.owed(db, payout.supplierId, payout.currency);
      orRefuse(mayApprove(payout, by, owedMinor));
      const approvedAt = await this.businessTime.read(db);
      await move(db, Payout, payoutLife, payout, 'APPROVED', { approvedById: by, approvedAt });
    });
  }

  /**
   * Enters what the bank has transferred.
   *
   * @throws RequestError NOT_FOUND, or BAD_USER_INPUT if the day is not yet; Refused with PayoutStands or PayoutReferenceTaken
   */
  async enter(by: StaffId, input: PayoutEnterInput): Promise<Payout> {
    const now = await this.businessTime.read(this.source.manager);
    checkDay(input.paidOn, 'input.paidOn', { now, timeZone: this.config.SHOP_TIME_ZONE });
    try {
      return await this.#decide(by, input, payoutEntered, async (db, payout) => {
        orRefuse(mayEnter(payout));
        const { reference, paidOn } = input;
        const endedAt = await this.businessTime.read(db);
        await move(db, Payout, payoutLife, payout, 'PAID', { reference, paidOn, endedAt });
        await this.books.post(db, [between(payout, 'paying', 'bank:payouts', 'PAYOUT_DONE')], null);
      });
    } catch (error) {
      if (isDuplicate(error)) refuse(new PayoutReferenceTaken());
      throw error;
    }
  }

  /**
   * Decides that it is not paid; the supplier is owed it again.
   *
   * @throws RequestError NOT_FOUND; Refused with PayoutStands
   */
  cancel(by: StaffId, input: PayoutDecideInput): Promise<Payout> {
    return this.#decide(by, input, payoutCancelled, async (db, payout) => {
      orRefuse(mayCancel(payout));
      await move(db, Payout, payoutLife, payout, 'CANCELLED', { endedAt: await this.businessTime.read(db) });
      const { id: payoutId, supplierId, amountMinor, currency } = payout;
      const back = between(payout, 'paying', `supplier:${supplierId}:payable`, 'PAYOUT_CANCELLED');
      await this.books.post(db, [back], { supplierId, kind: 'PAYOUT_CANCELLED', payoutId, amountMinor, currency });
    });
  }

  async #setAside(db: EntityManager, payout: Payout): Promise<void> {
    const { id: payoutId, supplierId, amountMinor, currency } = payout;
    const aside = between(payout, 'payable', `supplier:${supplierId}:paying`, 'PAYOUT');
    await this.books.post(db, [aside], { supplierId, kind: 'PAYOUT', payoutId, amountMinor: -amountMinor, currency });
  }

  #decide(
    by: StaffId,
    input: PayoutDecideInput,
    act: ActKind<'payout'>,
    work: (db: EntityManager, payout: Payout) => Promise<void>,
  ): Promise<Payout> {
    const { payoutId, reason, idempotencyKey: key } = input;
    return this.idempotency.once(Payout, { actorId: by, key, input, resultId: payoutId }, async (db) => {
      const payout = await db.findOne(Payout, { where: { id: payoutId }, lock: { mode: 'pessimistic_write' } });
      if (!payout) throw notFound('input.payoutId');
      const before = payout.status;
      await work(db, payout);
      await this.#note(db, act, payout, { by, reason, before });
      return payout;
    });
  }

  async #note(
    db: EntityManager,
    act: ActKind<'payout'>,
    { id, supplierId, amountMinor, status, reference }: Payout,
    { by, reason, before }: { by: StaffId; reason: string; before: PayoutStatus | null },
  ): Promise<void> {
    const after = { status, supplierId, amountMinor, ...(reference !== null && { reference }) };
    await this.trail.record(db, act, { subject: id, by, reason, before: before ? { status: before } : {}, after });
  }
}

function between(payout: Payout, from: 'payable' | 'paying', to: Account, code: Transfer['code']): Transfer {
  return transfer(`supplier:${payout.supplierId}:${from}`, to, payout, code, { type: 'payout', id: payout.id });
}
