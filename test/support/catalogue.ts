import { Product, type ProductId, type SkuId } from '#catalog';
import type { Client } from './client.js';
import type { Shop } from './shop.js';

export const WHY = '值班经理批准';

let made = 0;

const PRODUCT = `... on Product { id revision status saleFrom saleUntil name options { name values } returnRule returnNeedsConfirmation
  images { id url(width: 200) } category { id } skus { id } }`;
const SKU = `... on Sku { id title code barcode lowStockUnits isRetired priceMinor optionValues stock { onHand } product { id revision } }`;
const BATCH = `... on ProductBatch { products { id status revision saleFrom saleUntil } }`;
const CATEGORY = '... on Category { id parentId nameZh nameEn position isShown }';
const STOCK = `${SKU} ... on StockOutOfBounds { onHand }`;

/** What the catalogue can be told, with the type of what is told and what is asked back. */
const ACTS = {
  categoryAdd: ['CategoryAddInput', CATEGORY],
  categoryChange: ['CategoryChangeInput', CATEGORY],
  categoryRemove: ['CategoryRemoveInput', CATEGORY],
  productAdd: ['ProductAddInput', PRODUCT],
  productChange: ['ProductChangeInput', `${PRODUCT} ... on ProductChanged { product { id revision } }`],
  productsOnSale: ['ProductsInput', `${BATCH} ... on ProductWithoutSku { productId }`],
  productsOffSale: ['ProductsInput', BATCH],
  suppliedProductsOffSale: ['ProductsInput', BATCH],
  skuAdd: ['SkuAddInput', `${SKU} ... on CombinationTaken { sku { id } }`],
  skuChange: ['SkuChangeInput', SKU],
  skuPriceSet: ['SkuPriceSetInput', SKU],
  stockReceive: ['StockReceiveInput', STOCK],
  stockAdjust: ['StockAdjustInput', STOCK],
  suppliedStockReceive: ['StockReceiveInput', STOCK],
  suppliedStockAdjust: ['StockAdjustInput', STOCK],
} as const satisfies Record<string, readonly [input: string, returned: string]>;
export type CatalogueAct = keyof typeof ACTS;
/** Those to which the shop never says no. */
const UNREFUSED: readonly CatalogueAct[] = ['productsOffSale', 'suppliedProductsOffSale', 'skuPriceSet'];
export const CATALOGUE_ACTS = Object.keys(ACTS) as CatalogueAct[];

/** Of what is refused, and of anything but the type, only what is there. */
export interface Told {
  readonly __typename: string;
  readonly message: string;
  readonly id: string;
  readonly revision: number;
  readonly status: string;
  readonly saleFrom: string | null;
  readonly saleUntil: string | null;
  readonly title: string;
  readonly priceMinor: number;
  readonly onHand: number;
  readonly isRetired: boolean;
  readonly lowStockUnits: number | null;
  readonly stock: { readonly onHand: number };
  readonly product: { readonly id: string; readonly revision: number };
  readonly products: readonly Told[];
  readonly skus: readonly { readonly id: string }[];
  readonly images: readonly { readonly id: string; readonly url: string }[];
}

/** The document of an act. */
export function documentOfAct(act: CatalogueAct): string {
  const [input, returned] = ACTS[act];
  const refusal = UNREFUSED.includes(act) ? '' : '... on Refusal { message }';
  return `mutation ($input: ${input}!) { ${act}(input: $input) { __typename ${returned} ${refusal} } }`;
}

/** Does something to the catalogue; whatever the input leaves out that is always needed is added. */
export function tell(desk: Client, act: CatalogueAct, input: object): Promise<Told> {
  return desk.ask<Told>(documentOfAct(act), { input: said(act, input) });
}

/** An input with its reason and, if it takes one, a key of its own. */
export function said(act: CatalogueAct, input: object): object {
  const isRepeatable = !/^category|^products|ProductsOffSale$/.test(act);
  made += 1;
  return { reason: WHY, ...(isRepeatable && { idempotencyKey: `catalogue-${made}` }), ...input };
}

/** What a new product of the supplier and in the category of another one says. */
export async function aProduct(shop: Shop, like: ProductId, but: object = {}): Promise<object> {
  const { supplierId, categoryId } = await shop.source.manager.findOneByOrFail(Product, { id: like });
  made += 1;
  return {
    ...{ supplierId, categoryId, name: `目录商品${made}`, description: '产地直供', returnRule: 'SEVEN_DAYS' },
    ...{ options: [{ name: '规格', values: ['500克', '1千克'] }], imageIds: [], ...but },
  };
}

/** What a new SKU of a product says. */
export function aSku(productId: string, revision: number, but: object = {}): object {
  made += 1;
  return { productId, revision, values: ['500克'], code: `CAT-${made}`, priceMinor: 1_000, ...but };
}

export interface Made {
  readonly productId: ProductId;
  readonly skuId: SkuId;
  readonly revision: number;
}

/** A product with one SKU and ten units of it, on sale. */
export async function aSale(shop: Shop, desk: Client, like: ProductId, but: object = {}): Promise<Made> {
  const product = await tell(desk, 'productAdd', await aProduct(shop, like, but));
  const sku = await tell(desk, 'skuAdd', aSku(product.id, 1));
  await tell(desk, 'stockReceive', { skuId: sku.id, units: 10 });
  const { products } = await tell(desk, 'productsOnSale', { productIds: [product.id] });
  return { productId: product.id as ProductId, skuId: sku.id as SkuId, revision: products[0]!.revision };
}
