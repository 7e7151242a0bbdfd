import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import type { SupplierId } from '#catalog';
import {
  BusinessTime,
  Config,
  type Currency,
  decodeIdCursor,
  idBytes,
  idFromBytes,
  newId,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  Transactor,
} from '#common';
import { sweep, SWEEP_PAGE } from '#jobs';
import { SupplierBooks } from '#orders';
import { monthOf, type Period } from './period.rules.js';
import { type StatementId, SupplierStatement } from './statement.entity.js';

/** A supplier that has entries, and up to when they are in statements, or from when there are any. */
interface Account {
  readonly supplierId: SupplierId;
  readonly currency: Currency;
  readonly from: Date;
}

interface Sums {
  readonly settled: string | null;
  readonly returned: string | null;
  readonly paid: string | null;
  readonly entries: string;
}

/** Suppliers' statements: one for every month since their first entry, closed once the month is over. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly config: Config,
    private readonly books: SupplierBooks,
  ) {}

  /** Closes every month that is over, of every supplier. */
  async closeDue(): Promise<void> {
    const thisMonth = monthOf(await this.businessTime.read(this.source.manager), this.config.SHOP_TIME_ZONE);
    await sweep<Account>(
      (after) => this.#accounts(thisMonth, after),
      (account) => this.#closeAll(account, thisMonth),
    );
  }

  /** A supplier's statements, the last first. */
  async page(supplierId: SupplierId, { first, after }: PageArgs): Promise<Page<SupplierStatement>> {
    const last = decodeIdCursor(after, 'statement');
    const statements = await this.source.manager.find(SupplierStatement, {
      where: { supplierId, ...(last && { id: LessThan(last) }) },
      order: { id: 'DESC' },
      take: first + 1,
    });
    return pageOf(statements, first, ({ id }) => [id]);
  }

  /**
   * A statement of a supplier.
   *
   * @throws RequestError NOT_FOUND if the supplier has no such statement
   */
  async of(supplierId: SupplierId, id: StatementId): Promise<SupplierStatement> {
    const statement = await this.source.manager.findOneBy(SupplierStatement, { id, supplierId });
    if (!statement) throw notFound('statementId');
    return statement;
  }

  async #accounts({ startsAt }: Period, after: Account | null): Promise<Account[]> {
    const afterId = after && idBytes(after.supplierId);
    const rows = await this.source.query<
      { supplier_id: Buffer; currency: Currency; began: Date; closed: Date | null }[]
    >(
      `SELECT entry.supplier_id, entry.currency, began, MAX(ends_at) AS closed
       FROM (SELECT supplier_id, currency, MIN(booked_at) AS began FROM supplier_entry GROUP BY supplier_id, currency) AS entry
       LEFT JOIN supplier_statement AS statement ON statement.supplier_id = entry.supplier_id AND statement.currency = entry.currency
       WHERE began < ? AND (? IS NULL OR (entry.supplier_id, entry.currency) > (?, ?))
       GROUP BY entry.supplier_id, entry.currency, began HAVING closed IS NULL OR closed < ?
       ORDER BY entry.supplier_id, entry.currency LIMIT ?`,
      [startsAt, afterId, afterId, after?.currency ?? null, startsAt, SWEEP_PAGE],
    );
    return rows.map(({ supplier_id, currency, began, closed }) => ({
      ...{ supplierId: idFromBytes('supplier', supplier_id), currency },
      from: closed ?? began,
    }));
  }

  async #closeAll(account: Account, thisMonth: Period): Promise<void> {
    let { from } = account;
    while (from < thisMonth.startsAt) {
      const month = monthOf(from, this.config.SHOP_TIME_ZONE);
      await this.transactor.run((db) => this.#close(db, account, month));
      from = month.endsAt;
    }
  }

  /** Closes a month of a supplier, whose account is locked, so that no entry of that month is still being written. */
  async #close(db: EntityManager, { supplierId, currency }: Account, { startsAt, endsAt }: Period): Promise<void> {
    await this.books.owed(db, supplierId, currency);
    const closedAt = await this.businessTime.read(db);
    const before = await db.findOne(SupplierStatement, { where: { supplierId, currency }, order: { endsAt: 'DESC' } });
    if (before && before.endsAt >= endsAt) return; // Another worker was faster.
    const [sums] = await db.query<[Sums]>(
      `SELECT SUM(IF(kind = 'SETTLED', amount_minor, 0)) AS settled, -SUM(IF(kind = 'RETURNED', amount_minor, 0)) AS returned,
         -SUM(IF(kind IN ('PAYOUT', 'PAYOUT_CANCELLED'), amount_minor, 0)) AS paid, COUNT(*) AS entries
       FROM supplier_entry WHERE supplier_id = ? AND currency = ? AND booked_at >= ? AND booked_at < ?`,
      [idBytes(supplierId), currency, startsAt, endsAt],
    );
    const settledMinor = Number(sums.settled);
    const returnedMinor = Number(sums.returned);
    const paidMinor = Number(sums.paid);
    const openingMinor = before?.closingMinor ?? 0;
    const closingMinor = openingMinor + settledMinor - returnedMinor - paidMinor;
    await db.insert(SupplierStatement, {
      ...{ id: newId('statement'), supplierId, currency, startsAt, endsAt, closedAt, entries: Number(sums.entries) },
      ...{ openingMinor, settledMinor, returnedMinor, paidMinor, closingMinor },
    });
  }
}
