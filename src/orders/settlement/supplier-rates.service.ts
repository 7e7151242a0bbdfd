import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan, LessThanOrEqual } from 'typeorm';
import { Supplier, type SupplierId } from '#catalog';
import {
  AuditTrail,
  BusinessTime,
  decodeIdCursor,
  Idempotency,
  notFound,
  orRefuse,
  type Page,
  type PageArgs,
  pageOf,
} from '#common';
import type { StaffId } from '#identity';
import { supplierRateSet } from './settlement.acts.js';
import type { SupplierRateSetInput } from './settlement.inputs.js';
import { SupplierRate } from './supplier-rate.entity.js';
import { COMMISSION_BPS_DEFAULT, maySetRate } from './supplier-rate.rules.js';

/** What commission is agreed with suppliers. A rate is never changed: the next one takes its place for what is ordered later. */
@Injectable()
export class SupplierRatesService {
  constructor(
    private readonly source: DataSource,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly trail: AuditTrail,
  ) {}

  /** The commission, in basis points, of what is ordered from a supplier at a time. */
  async at(db: EntityManager, supplierId: SupplierId, orderedAt: Date): Promise<number> {
    const rate = await db.findOne(SupplierRate, {
      where: { supplierId, validFrom: LessThanOrEqual(orderedAt) },
      order: { validFrom: 'DESC', id: 'DESC' },
    });
    return rate?.commissionBps ?? COMMISSION_BPS_DEFAULT;
  }

  /**
   * Sets the commission of what is ordered from a time on.
   *
   * @throws RequestError NOT_FOUND if there is no such supplier; Refused with RateTooSoon
   */
  set(by: StaffId, input: SupplierRateSetInput): Promise<SupplierRate> {
    const { supplierId, commissionBps, validFrom, reason, idempotencyKey: key } = input;
    return this.idempotency.once(SupplierRate, { actorId: by, key, input }, async (db, id) => {
      const supplier = await db.findOne(Supplier, { where: { id: supplierId }, lock: { mode: 'pessimistic_write' } });
      if (!supplier) throw notFound('input.supplierId');
      const beforeBps = await this.at(db, supplierId, validFrom);
      orRefuse(maySetRate({ commissionBps, validFrom }, beforeBps, await this.businessTime.read(db)));
      const rate = db.create(SupplierRate, { id, supplierId, commissionBps, validFrom });
      await db.insert(SupplierRate, rate);
      await this.trail.record(db, supplierRateSet, {
        ...{ subject: supplierId, by, reason },
        before: { commissionBps: beforeBps },
        after: { commissionBps, validFrom },
      });
      return rate;
    });
  }

  /** All rates of a supplier, the last set first. */
  async page(supplierId: SupplierId, { first, after }: PageArgs): Promise<Page<SupplierRate>> {
    const last = decodeIdCursor(after, 'rate');
    const rates = await this.source.manager.find(SupplierRate, {
      where: { supplierId, ...(last && { id: LessThan(last) }) },
      order: { id: 'DESC' },
      take: first + 1,
    });
    return pageOf(rates, first, ({ id }) => [id]);
  }
}
