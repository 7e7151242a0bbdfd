import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { Supplier, type SupplierId } from '#catalog';
import {
  Config,
  decodeCursor,
  decodeIdCursor,
  foreignCursor,
  idBytes,
  idFromBytes,
  isId,
  type Page,
  type PageArgs,
  pageOf,
} from '#common';
import { SupplierEntry } from '#orders';
import { SupplierIncome } from './income.js';
import { Payout } from './payout.entity.js';
import { type Period, quarterOf } from './period.rules.js';
import { SupplierAccount } from './supplier-account.js';

interface IncomeRow {
  readonly supplier_id: Buffer;
  readonly currency: string;
  readonly orders: string;
  readonly gross: string;
  readonly commission: string;
  readonly settled: string;
  readonly returned: string;
}

/** What there is to see of suppliers' money. */
@Injectable()
export class SupplierMoneyService {
  constructor(
    private readonly source: DataSource,
    private readonly config: Config,
  ) {}

  /** The accounts of all suppliers, in the order of their ids. */
  async accounts({ first, after }: PageArgs): Promise<Page<SupplierAccount>> {
    const last = decodeIdCursor(after, 'supplier');
    const suppliers = await this.source.manager.find(Supplier, {
      where: last ? { id: MoreThan(last) } : {},
      order: { id: 'ASC' },
      take: first + 1,
    });
    const accounts = suppliers.map(({ id }) => new SupplierAccount(id));
    return pageOf(accounts, first, ({ supplierId }) => [supplierId]);
  }

  /** What changed what a supplier is owed, the last first; if a period is given, only what was booked in it. */
  async entries(
    supplierId: SupplierId,
    { first, after }: PageArgs,
    period: Period | null,
  ): Promise<Page<SupplierEntry>> {
    const query = this.source.manager
      .createQueryBuilder(SupplierEntry, 'entry')
      .where({ supplierId })
      .orderBy('entry.bookedAt', 'DESC')
      .addOrderBy('entry.id', 'DESC')
      .take(first + 1);
    if (period) query.andWhere('entry.bookedAt >= :startsAt AND entry.bookedAt < :endsAt', period);
    const [at, id] = decodeCursor(after, [0, 'entry_']) ?? [];
    if (at !== undefined) {
      if (!isId('entry', id)) throw foreignCursor();
      query.andWhere('(entry.bookedAt, entry.id) < (:at, :id)', { at: new Date(at), id: idBytes(id) });
    }
    return pageOf(await query.getMany(), first, (entry) => [entry.bookedAt.getTime(), entry.id]);
  }

  /** The payouts of one supplier, or of all, the last first. */
  async payouts(supplierId: SupplierId | null, { first, after }: PageArgs): Promise<Page<Payout>> {
    const last = decodeIdCursor(after, 'payout');
    const payouts = await this.source.manager.find(Payout, {
      where: { ...(supplierId && { supplierId }), ...(last && { id: LessThan(last) }) },
      order: { id: 'DESC' },
      take: first + 1,
    });
    return pageOf(payouts, first, ({ id }) => [id]);
  }

  /** What every supplier who earned or gave back something in a quarter has earned, in the order of their ids. */
  async incomes(year: number, quarter: number, { first, after }: PageArgs): Promise<Page<SupplierIncome>> {
    const { startsAt, endsAt } = quarterOf(year, quarter, this.config.SHOP_TIME_ZONE);
    const last = decodeIdCursor(after, 'supplier');
    const rows = await this.source.query<IncomeRow[]>(
      `SELECT entry.supplier_id, entry.currency, SUM(kind = 'SETTLED') AS orders,
         COALESCE(SUM(IF(kind = 'SETTLED', kept_minor, 0)), 0) AS gross,
         COALESCE(SUM(IF(kind = 'SETTLED', commission_minor, 0)), 0) AS commission,
         SUM(IF(kind = 'SETTLED', amount_minor, 0)) AS settled, -SUM(IF(kind = 'RETURNED', amount_minor, 0)) AS returned
       FROM supplier_entry AS entry LEFT JOIN settlement ON settlement.order_id = entry.order_id
       WHERE kind IN ('SETTLED', 'RETURNED') AND booked_at >= ? AND booked_at < ? AND (? IS NULL OR entry.supplier_id > ?)
       GROUP BY entry.supplier_id, entry.currency ORDER BY entry.supplier_id LIMIT ?`,
      [startsAt, endsAt, ...Array<Buffer | null>(2).fill(last && idBytes(last)), first + 1],
    );
    return pageOf(rows.map(incomeOf), first, ({ supplierId }) => [supplierId]);
  }
}

function incomeOf({ supplier_id, currency, orders, gross, commission, settled, returned }: IncomeRow): SupplierIncome {
  return new SupplierIncome({
    ...{ supplierId: idFromBytes('supplier', supplier_id), currency, orders: Number(orders) },
    ...{ grossMinor: Number(gross), commissionMinor: Number(commission) },
    ...{ settledMinor: Number(settled), returnedMinor: Number(returned) },
  });
}
