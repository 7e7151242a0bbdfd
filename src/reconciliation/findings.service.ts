import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import {
  AuditTrail,
  BusinessTime,
  type Decision,
  decodeCursor,
  decodeIdCursor,
  MachineClock,
  move,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  Transactor,
} from '#common';
import type { StaffId } from '#identity';
import { BillDay, type BillDayId, type BillDayStatus } from './bill-day.entity.js';
import { Finding, type FindingId } from './finding.entity.js';
import type { FindingKind, FindingStatus } from './finding.kinds.js';
import { JudgingService } from './judging.service.js';
import { billDayFetchedAnew, findingResolved } from './reconciliation.acts.js';
import { BillDayClosed, FindingNotOpen } from './reconciliation.refusals.js';
import { billDayLife, findingLife } from './reconciliation.rules.js';

export interface FindingFilter {
  readonly status: FindingStatus;
  readonly kind: FindingKind | null;
  readonly billDayId: BillDayId | null;
}

type StaffDecision = Decision & { readonly by: StaffId };

/** What FINANCE sees of the reconciliation, and does about it. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly trail: AuditTrail,
    private readonly judging: JudgingService,
  ) {}

  /** Bills, the newest day first. */
  async days(status: BillDayStatus | null, { first, after }: PageArgs): Promise<Page<BillDay>> {
    const [day, type] = decodeCursor(after, ['', '']) ?? [];
    const query = this.source.manager
      .createQueryBuilder(BillDay, 'bill')
      .orderBy('bill.day', 'DESC')
      .addOrderBy('bill.type', 'DESC')
      .take(first + 1);
    if (status) query.andWhere('bill.status = :status', { status });
    if (day !== undefined) query.andWhere('(bill.day, bill.type) < (:day, :type)', { day, type });
    return pageOf(await query.getMany(), first, (bill) => [bill.day, bill.type]);
  }

  /** Oldest first. */
  async findings({ status, kind, billDayId }: FindingFilter, { first, after }: PageArgs): Promise<Page<Finding>> {
    const last = decodeIdCursor(after, 'finding');
    const where = {
      status,
      ...(kind && { kind }),
      ...(billDayId && { billDayId }),
      ...(last && { id: MoreThan(last) }),
    };
    const findings = await this.source.manager.find(Finding, { where, order: { id: 'ASC' }, take: first + 1 });
    return pageOf(findings, first, ({ id }) => [id]);
  }

  /**
   * Resolves a finding by what a person says of it; the last one closes its bill.
   *
   * @throws RequestError NOT_FOUND; Refused with FindingNotOpen
   */
  async resolve(id: FindingId, { by, reason }: StaffDecision): Promise<Finding> {
    const known = await this.source.manager.findOneBy(Finding, { id });
    if (!known) throw notFound('input.findingId');
    return this.transactor.run(async (db) => {
      const day = await this.judging.lock(db, known.billDayId);
      const finding = await db.findOneOrFail(Finding, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (finding.status !== 'OPEN') refuse(new FindingNotOpen(finding));
      const resolved = { resolvedAt: await this.businessTime.read(db), resolvedById: by, reason };
      await move(db, Finding, findingLife, finding, 'RESOLVED', resolved);
      const { kind, subject, about } = finding;
      const states = { before: { status: 'OPEN', kind, subject, about }, after: { status: finding.status } };
      await this.trail.record(db, findingResolved, { subject: id, by, reason, ...states });
      if (day.status === 'OPEN') await this.judging.closeIfDone(db, day);
      return finding;
    });
  }

  /**
   * Has a bill fetched anew at the next round, which comes within ten minutes; until then it is WAITING.
   *
   * @throws RequestError NOT_FOUND; Refused with BillDayClosed if it is closed
   */
  async fetchAnew(id: BillDayId, { by, reason }: StaffDecision): Promise<BillDay> {
    if (!(await this.source.manager.existsBy(BillDay, { id }))) throw notFound('input.billDayId');
    return this.transactor.run(async (db) => {
      const day = await this.judging.lock(db, id);
      const { status } = day;
      if (status === 'CLOSED') refuse(new BillDayClosed(day));
      const anew = { fetchedAt: null, hash: null, problem: null, nextTryAt: this.machine.now() };
      if (status === 'OPEN') await move(db, BillDay, billDayLife, day, 'WAITING', anew);
      if (status === 'WAITING') await db.update(BillDay, { id }, anew);
      const states = { before: { status }, after: { status: day.status } };
      await this.trail.record(db, billDayFetchedAnew, { subject: id, by, reason, ...states });
      return day;
    });
  }
}
