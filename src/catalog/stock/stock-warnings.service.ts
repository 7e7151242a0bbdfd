import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, LessThan } from 'typeorm';
import {
  BusinessTime,
  decodeIdCursor,
  idBytes,
  idFromBytes,
  newId,
  type Page,
  type PageArgs,
  pageOf,
  Transactor,
} from '#common';
import type { SkuId } from '../products/sku.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import { StockWarning, type StockWarningId } from './stock-warning.entity.js';
import { type SkuStanding, warningStep } from './stock-warning.rules.js';

/** How many SKUs the clock looks at in one transaction. */
const PAGE = 500;

interface StandingRow {
  readonly sku_id: Buffer;
  readonly on_hand: number;
  readonly low_stock_units: number | null;
  readonly is_retired: number;
  readonly warning_id: Buffer | null;
  readonly lowest_units: number | null;
}

interface Found extends SkuStanding {
  readonly skuId: SkuId;
  readonly warningId: StockWarningId | null;
}

/** Who is warned of what runs out, and since when. */
@Injectable()
export class StockWarningsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
  ) {}

  /** The warnings that stand, newest first; of one supplier's goods, if one is named. */
  async page(supplierId: SupplierId | null, { first, after }: PageArgs): Promise<Page<StockWarning>> {
    const last = decodeIdCursor(after, 'stock_warning');
    const query = this.source.manager
      .createQueryBuilder(StockWarning, 'warning')
      .where({ endedAt: IsNull(), ...(last ? { id: LessThan(last) } : {}) });
    if (supplierId)
      query.andWhere(
        `warning.skuId IN (SELECT sku.id FROM sku JOIN product ON product.id = sku.product_id WHERE product.supplier_id = :supplier)`,
        { supplier: idBytes(supplierId) },
      );
    const rows = await query
      .orderBy('warning.id', 'DESC')
      .take(first + 1)
      .getMany();
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Looks at every SKU of which somebody wants to be warned, a page in a transaction. Looking again changes nothing. */
  async look(): Promise<void> {
    let after: SkuId | null = null;
    do after = await this.transactor.run((db) => this.#lookAt(db, after));
    while (after);
  }

  async #lookAt(db: EntityManager, after: SkuId | null): Promise<SkuId | null> {
    const found = await standings(db, after);
    const now = await this.businessTime.read(db);
    const having = (step: ReturnType<typeof warningStep>): Found[] =>
      found.filter((each) => warningStep(each) === step);
    const warningsOf = (those: readonly Found[]): StockWarningId[] => those.flatMap(({ warningId }) => warningId ?? []);
    const ended = warningsOf(having('END'));
    if (ended.length > 0) await db.update(StockWarning, { id: In(ended) }, { endedAt: now });
    const lower = warningsOf(having('LOWER'));
    if (lower.length > 0)
      await db.query(
        `UPDATE stock_warning JOIN stock ON stock.sku_id = stock_warning.sku_id
         SET lowest_units = LEAST(lowest_units, on_hand) WHERE stock_warning.id IN (?)`,
        [lower.map(idBytes)],
      );
    const begun = having('BEGIN').map(({ skuId, onHand: lowestUnits }) => ({
      ...{ id: newId('stock_warning'), skuId, since: now, lowestUnits, endedAt: null },
    }));
    if (begun.length > 0) await db.insert(StockWarning, begun);
    return found.length === PAGE ? (found.at(-1)?.skuId ?? null) : null;
  }
}

/** A page of the SKUs that may be warned of, or are, in the order of their ids. */
async function standings(db: EntityManager, after: SkuId | null): Promise<Found[]> {
  const rows = await db.query<StandingRow[]>(
    `SELECT sku.id AS sku_id, stock.on_hand, sku.low_stock_units, sku.is_retired, warning.id AS warning_id, warning.lowest_units
     FROM sku JOIN stock ON stock.sku_id = sku.id
     LEFT JOIN stock_warning AS warning ON warning.sku_id = sku.id AND warning.is_open
     WHERE (sku.low_stock_units IS NOT NULL OR warning.id IS NOT NULL) AND sku.id > ?
     ORDER BY sku.id LIMIT ${PAGE}`,
    [after ? idBytes(after) : Buffer.alloc(0)],
  );
  return rows.map((row) => ({
    skuId: idFromBytes('sku', row.sku_id),
    onHand: row.on_hand,
    lowStockUnits: row.low_stock_units,
    isRetired: row.is_retired === 1,
    warningId: row.warning_id && idFromBytes('stock_warning', row.warning_id),
    lowestUnits: row.lowest_units,
  }));
}
