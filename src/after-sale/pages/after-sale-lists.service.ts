import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { decodeCursor, decodeIdCursor, foreignCursor, idBytes, isId, type Page, type PageArgs, pageOf } from '#common';
import type { StaffViewer, UserId } from '#identity';
import { AfterSale, type AfterSaleStatus } from '../cases/after-sale.entity.js';
import { casesOf } from '../cases/case-book.js';

/** How cases are found again. */
@Injectable()
export class AfterSaleListsService {
  constructor(private readonly source: DataSource) {}

  /** A buyer's own, newest first; all of them, or those at one status. */
  async own(buyerId: UserId, { first, after }: PageArgs, status?: AfterSaleStatus | null): Promise<Page<AfterSale>> {
    const last = decodeIdCursor(after, 'aftersale');
    const where = { buyerId, ...(status && { status }), ...(last && { id: LessThan(last) }) };
    const rows = await this.source.manager.find(AfterSale, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Those at a status of a supplier's own, or all for the shop's own staff: what is due first, or was over first. */
  async page(
    staff: Pick<StaffViewer, 'supplierId'>,
    status: AfterSaleStatus,
    { first, after }: PageArgs,
  ): Promise<Page<AfterSale>> {
    const query = this.source.manager
      .createQueryBuilder(AfterSale, 'after_sale')
      .where({ status, ...casesOf(staff) })
      .orderBy('after_sale.listedAt')
      .addOrderBy('after_sale.id')
      .take(first + 1);
    const [at, id] = decodeCursor(after, [0, 'aftersale_']) ?? [];
    if (at !== undefined) {
      if (!isId('aftersale', id)) throw foreignCursor();
      query.andWhere('(after_sale.listedAt, after_sale.id) > (:at, :id)', { at: new Date(at), id: idBytes(id) });
    }
    const rows = await query.getMany();
    return pageOf(rows, first, (row) => [(row.dueAt ?? row.closedAt ?? row.appliedAt).getTime(), row.id]);
  }
}
