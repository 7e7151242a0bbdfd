import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type Id, idBytes, idFromBytes, Transactor } from '#common';
import { Product, type ProductId } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import { Stock } from '../stock/stock.entity.js';
import { Supplier } from '../suppliers/supplier.entity.js';
import { Category } from '../categories/category.entity.js';
import { wayUp } from '../categories/category.rules.js';
import { type Findable, impactsOf } from './impact.rules.js';
import { mayBeMistaken, variantsOf } from './typo.rules.js';
import { pinyinOf } from './pinyin.js';
import { charactersOf, isHan, normalized, wordsOf } from './words.js';

/** Raise it when words, synonyms or impacts are reckoned otherwise: every product is then read again. */
const INDEX_VERSION = 1;
/** So many products are read at once. */
const PAGE = 200;
/** Sales change how products rank, so each is read again after a day. */
const FRESH_HOURS = 24;
const ROWS_PER_INSERT = 2_000;

interface Entry {
  readonly productId: ProductId;
  readonly cheapest: Sku;
  readonly impacts: ReadonlyMap<string, number>;
}

/** A word that was written down before, and in how many of the products that are taken up. */
interface Former {
  readonly term: string;
  readonly products: string;
}

/** The words under which products are found: written anew for what has changed, by one worker at a time. */
@Injectable()
export class SearchIndexService {
  constructor(private readonly transactor: Transactor) {}

  /**
   * Takes up what has changed since it was last asked, then what is old, a page to a transaction.
   *
   * @param pagesMax how many pages at most, so that the caller's lease outlives it
   * @returns whether something may be left
   */
  async takeUp(pagesMax: number): Promise<boolean> {
    for (let page = 0; page < pagesMax; page += 1) {
      const taken = await this.#changed();
      if (taken < PAGE && (await this.#remember()) === 0) return false;
    }
    return true;
  }

  /** Triggers write down which products change, so nobody who changes one has to think of it. Locked, so that nobody takes up the same at once. */
  #changed(): Promise<number> {
    return this.transactor.run(async (db) => {
      const changes = await db.query<{ id: number; product_id: Buffer }[]>(
        `SELECT id, product_id FROM search_change ORDER BY id LIMIT ${PAGE} FOR UPDATE`,
      );
      if (changes.length === 0) return 0;
      await index(db, [...new Set(changes.map(({ product_id }) => idFromBytes('product', product_id)))]);
      await db.query('DELETE FROM search_change WHERE id IN (?)', [changes.map(({ id }) => id)]);
      return changes.length;
    });
  }

  /** Puts what is old among what has changed. */
  #remember(): Promise<number> {
    return this.transactor.run(async (db) => {
      const { affectedRows } = await db.query<{ affectedRows: number }>(
        `INSERT INTO search_change (product_id)
         SELECT product_id FROM search_product
         WHERE version < ? OR (version = ? AND indexed_at < NOW(3) - INTERVAL ${FRESH_HOURS} HOUR) LIMIT ${PAGE}`,
        [INDEX_VERSION, INDEX_VERSION],
      );
      return affectedRows;
    });
  }
}

/** Writes down anew under which words some products are found; those that are not on sale are found under none. */
async function index(db: EntityManager, ids: readonly ProductId[]): Promise<void> {
  const entries = await entriesOf(db, ids);
  const former = await db.query<Former[]>(
    'SELECT term, COUNT(*) AS products FROM search_posting JOIN search_term ON id = term_id WHERE product_id IN (?) GROUP BY term',
    [ids.map(idBytes)],
  );
  const termIds = await countTerms(db, entries, former);
  const products = ids.map(idBytes);
  await db.query('DELETE FROM search_posting WHERE product_id IN (?)', [products]);
  await db.query('DELETE FROM search_product WHERE product_id IN (?)', [products]);
  const postings = entries.flatMap(({ productId, impacts }) =>
    [...impacts].map(([word, impact]) => [idBytes(productId), termIds.get(word), impact]),
  );
  await insert(db, 'search_posting (product_id, term_id, impact)', postings);
  await insert(
    db,
    'search_product (product_id, price_minor, currency, version)',
    entries.map(({ productId, cheapest }) => [
      idBytes(productId),
      cheapest.priceMinor,
      cheapest.currency,
      INDEX_VERSION,
    ]),
  );
}

async function entriesOf(db: EntityManager, ids: readonly ProductId[]): Promise<Entry[]> {
  const products = await db.findBy(Product, { id: In(ids), status: 'ON_SALE' });
  if (products.length === 0) return [];
  const skus = await db.findBy(Sku, { productId: In(products.map(({ id }) => id)), isRetired: false });
  const stocks = skus.length > 0 ? await db.findBy(Stock, { skuId: In(skus.map(({ id }) => id)) }) : [];
  const suppliers = await db.findBy(Supplier, { id: In([...new Set(products.map(({ supplierId }) => supplierId))]) });
  const shelves = await db.find(Category);
  const soldOf = new Map(stocks.map(({ skuId, sold }) => [skuId, sold]));
  const nameOf = new Map<Id, string>(suppliers.map(({ id, name }) => [id, name]));
  return products.flatMap((product) => {
    const own = skus.filter(({ productId }) => productId === product.id);
    const cheapest = own.toSorted((a, b) => a.priceMinor - b.priceMinor)[0];
    if (!cheapest) return [];
    const sold = own.reduce((sum, { id }) => sum + (soldOf.get(id) ?? 0), 0);
    const findable = findableOf(product, {
      ...{ skus: own, sold, supplier: nameOf.get(product.supplierId) ?? '' },
      categories: wayUp(shelves, product.categoryId).flatMap((id) => shelves.filter((shelf) => shelf.id === id)),
    });
    return [{ productId: product.id, cheapest, impacts: impactsOf(findable) }];
  });
}

interface Surroundings {
  readonly skus: readonly Sku[];
  readonly sold: number;
  readonly supplier: string;
  /** The one in which the product stands, and all that it is a part of. */
  readonly categories: readonly Category[];
}

function findableOf(product: Product, { skus, sold, supplier, categories }: Surroundings): Findable {
  return {
    name: normalized(product.name),
    nameWords: wordsOf(product.name),
    nameCharacters: charactersOf(product.name),
    categoryWords: wordsOf(categories.map(({ nameZh, nameEn }) => `${nameZh} ${nameEn}`).join(' ')),
    supplierWords: wordsOf(supplier),
    skuWords: wordsOf(skus.map(({ title, code }) => `${title} ${code}`).join(' ')),
    descriptionWords: wordsOf(product.description),
    sold,
  };
}

/** Counts in how many products each word stands now, makes the words that are new, and gives the number of each. */
async function countTerms(
  db: EntityManager,
  entries: readonly Entry[],
  former: readonly Former[],
): Promise<Map<string, number>> {
  const changes = new Map(former.map(({ term, products }) => [term, -Number(products)]));
  for (const { impacts } of entries) {
    for (const word of impacts.keys()) changes.set(word, (changes.get(word) ?? 0) + 1);
  }
  const words = [...new Set(entries.flatMap(({ impacts }) => [...impacts.keys()]))];
  const known = await idsOf(db, words);
  const changed = [...changes].filter(([, change]) => change !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  await insert(
    db,
    'search_term (term, pinyin, products)',
    changed.map(([term, change]) => [term, pinyinOf(term), change]),
    'ON DUPLICATE KEY UPDATE products = products + VALUES(products)',
  );
  const strange = words.filter((word) => !known.has(word));
  const made = await idsOf(db, strange);
  const mistakable = [...made].filter(([word]) => mayBeMistaken(word, isHan(word)));
  await insert(
    db,
    'search_variant (variant, term_id)',
    mistakable.flatMap(([word, id]) => variantsOf(word).map((variant) => [variant, id])),
  );
  return new Map([...known, ...made]);
}

async function idsOf(db: EntityManager, words: readonly string[]): Promise<Map<string, number>> {
  if (words.length === 0) return new Map();
  const rows = await db.query<{ id: number; term: string }[]>('SELECT id, term FROM search_term WHERE term IN (?)', [
    words,
  ]);
  return new Map(rows.map(({ id, term }) => [term, id]));
}

async function insert(db: EntityManager, into: string, rows: readonly unknown[][], otherwise = ''): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await db.query(`INSERT INTO ${into} VALUES ? ${otherwise}`, [rows.slice(start, start + ROWS_PER_INSERT)]);
  }
}
