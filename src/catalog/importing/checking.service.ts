import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { groupInOrder, idBytes, MachineClock, move, Transactor } from '#common';
import { Category } from '../categories/category.entity.js';
import { CATEGORIES_MAX } from '../categories/category.limits.js';
import { Product, type ProductId } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import { CatalogImport, type CatalogImportId } from './catalog-import.entity.js';
import { placeLines } from './import-placing.js';
import { mistakesInProduct, type StandingProduct } from './import-product.rules.js';
import { mistakeIn } from './import-mistake.js';
import { lockImport } from './import.queries.js';
import { catalogImportLife } from './import.rules.js';
import { missingCategories } from './missing.queries.js';
import { countMistakes, keepMistakes } from './mistakes.queries.js';
import { nextProducts } from './staged-lines.js';

/** Judges files as a whole: lines against each other, and against the shop. */
@Injectable()
export class CheckingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
  ) {}

  /**
   * Judges all lines of an import that was read. Whoever does it again, or at the same time, comes to the same end.
   *
   * @returns the import, READY or REFUSED; as it stands if it was judged already
   */
  async check(id: CatalogImportId): Promise<CatalogImport> {
    const db = this.source.manager;
    const read = await db.findOneByOrFail(CatalogImport, { id });
    if (read.status !== 'CHECKING') return read;
    await placeLines(this.transactor, id);
    if (read.makesMissing) await this.#countCategories(id);
    await this.#judgeProducts(read);
    return this.transactor.run(async (within) => {
      const found = await lockImport(within, id);
      if (found.status !== 'CHECKING') return found;
      const mistakesTotal = await countMistakes(within, id);
      const refused = { mistakesTotal, endedAt: this.machine.now() };
      if (mistakesTotal > 0) await move(within, CatalogImport, catalogImportLife, found, 'REFUSED', refused);
      else await move(within, CatalogImport, catalogImportLife, found, 'READY');
      return found;
    });
  }

  async #judgeProducts({ id, makesMissing }: CatalogImport): Promise<void> {
    const db = this.source.manager;
    let after = 0;
    for (;;) {
      const staged = await nextProducts(db, id, after);
      const last = staged.at(-1);
      if (!last) return;
      const standing = await standingProducts(
        db,
        staged.flatMap(({ productId }) => productId ?? []),
      );
      const mistakes = staged.flatMap(({ lines, productId }) =>
        mistakesInProduct(lines, (productId && standing.get(productId)) ?? null, makesMissing),
      );
      await keepMistakes(db, id, mistakes);
      after = last.firstLine;
    }
  }

  /** A file must not make more categories than the shop may have. */
  async #countCategories(id: CatalogImportId): Promise<void> {
    const db = this.source.manager;
    const missing = await missingCategories(db, id);
    const [first] = missing;
    const room = CATEGORIES_MAX - (await db.count(Category));
    if (!first || missing.length <= room) return;
    const [line] = await db.query<{ line: number }[]>(
      'SELECT MIN(line_number) AS line FROM catalog_import_line WHERE import_id = ?',
      [idBytes(id)],
    );
    await keepMistakes(db, id, [{ line: line?.line ?? 1, ...mistakeIn('category', 'TOO_MANY_CATEGORIES') }]);
  }
}

/** Products as they stand, with all of their SKUs. */
export async function standingProducts(
  db: EntityManager,
  ids: readonly ProductId[],
): Promise<Map<ProductId, StandingProduct>> {
  if (ids.length === 0) return new Map();
  const where = { id: In(ids) };
  const products = await db.find(Product, { where, order: { id: 'ASC' } });
  const skus = await db.find(Sku, { where: { productId: In(ids) }, order: { id: 'ASC' } });
  const keys = products.map(({ id }) => id);
  const skusOf = groupInOrder(keys, skus, ({ productId }) => productId);
  return new Map(products.map((product, index) => [product.id, { product, skus: skusOf[index] ?? [] }]));
}
