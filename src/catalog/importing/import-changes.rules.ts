import { isDeepStrictEqual } from 'node:util';
import { newId } from '#common';
import { Product, type ProductStatus } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import { saleStatusAt, timesAfter } from '../sale/sale.rules.js';
import { newSkuOf, optionsWith, type PlacedLine, skuContentsOf, type StandingProduct } from './import-product.rules.js';

/** A thing as it is and as it is to be. */
export interface Change<Thing> {
  readonly before: Thing;
  readonly after: Thing;
}

/** What becomes of one product and its SKUs. */
export interface ProductChanges {
  /** Null if the product is there already. */
  readonly added: Product | null;
  /** Null if it stays as it is, its status aside. */
  readonly changed: Change<Product> | null;
  /** Whether it says other things than before, and not only its SKUs or its status do. */
  readonly isReworded: boolean;
  /** Where it is to stand, if it stands elsewhere. */
  readonly turnedTo: ProductStatus | null;
  readonly skusAdded: readonly { readonly sku: Sku; readonly units: number }[];
  readonly skusChanged: readonly Change<Sku>[];
}

/** What lines without a mistake make of their product at a moment of business time. Lines that say what is so already change nothing. */
export function changesOf(
  lines: readonly [PlacedLine, ...PlacedLine[]],
  standing: StandingProduct | null,
  now: Date,
): ProductChanges {
  const [{ productName, categoryId, supplierId, description, returnRule, isOnSale }] = lines;
  const options = optionsWith(standing?.product.options ?? null, lines);
  const status: ProductStatus = isOnSale ? 'ON_SALE' : 'OFF_SALE';
  const said = { name: productName, description, returnRule, options, ...(categoryId && { categoryId }) };
  if (!standing) {
    const times = { saleFrom: null, saleUntil: null };
    const made = { id: newId('product'), status, revision: 1, ...said, ...times, ...(supplierId && { supplierId }) };
    const added = Object.assign(new Product(), made);
    return {
      added,
      changed: null,
      isReworded: false,
      turnedTo: null,
      skusAdded: addedTo(added, lines),
      skusChanged: [],
    };
  }
  const { product: before, skus } = standing;
  const isTurned = saleStatusAt(before, now) !== status;
  const times = isTurned ? { saleFrom: null, saleUntil: isOnSale ? timesAfter(before, now).saleUntil : null } : {};
  const skusAdded = addedTo(before, lines);
  const skusChanged = lines.flatMap((line) => changeOf(line, skus) ?? []);
  const after = Object.assign(new Product(), { ...before, ...said, ...times });
  const isReworded = !isDeepStrictEqual(plain(before), plain(after));
  const isTouched = isReworded || isTurned || skusAdded.length > 0 || skusChanged.some(isMoreThanPrice);
  if (isTouched) after.revision += 1;
  return {
    ...{ added: null, changed: isTouched ? { before, after } : null, isReworded },
    ...{ turnedTo: isTurned && before.status !== status ? status : null, skusAdded, skusChanged },
  };
}

function addedTo({ id: productId }: Product, lines: readonly PlacedLine[]): ProductChanges['skusAdded'] {
  return lines
    .filter(({ skuId }) => skuId === null)
    .map((line) => {
      const made = { id: newId('sku'), productId, currency: 'CNY' as const, ...newSkuOf(line) };
      return { sku: Object.assign(new Sku(), made), units: line.quantity };
    });
}

function changeOf(line: PlacedLine, skus: readonly Sku[]): Change<Sku> | null {
  const before = skus.find(({ id }) => id === line.skuId);
  const after = before && Object.assign(new Sku(), before, skuContentsOf(line));
  return after && !isDeepStrictEqual(before, after) ? { before, after } : null;
}

/** Rows come with classes of their own for options; what they say is what counts. */
function plain(product: Product): unknown {
  return JSON.parse(JSON.stringify(product));
}

/** A price is no part of what somebody who changes the product has looked at. */
export function isMoreThanPrice({ before, after }: Change<Sku>): boolean {
  return (['barcode', 'weightGrams', 'lowStockUnits'] as const).some((what) => before[what] !== after[what]);
}
