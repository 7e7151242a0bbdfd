import { type ProductId, Sku } from '#catalog';
import { newId } from '#common';
import { aProduct, aSale, aSku, type CatalogueAct, said, tell } from '../support/catalogue.js';
import type { Desk } from '../support/desk.js';
import type { Shop } from '../support/shop.js';

/** Where the scenarios play, once it is there. */
export interface Scene {
  readonly shop: Shop;
  readonly olga: Desk;
  readonly like: ProductId;
}

interface Ways {
  readonly does: () => Promise<object>;
  readonly refused: () => Promise<object>;
}

let named = 0;
const aCategory = (): object => ({ nameZh: `分类${(named += 1)}`, nameEn: 'A', position: 1, isShown: true });

/** What is done to the catalogue, and what is refused, each made when it is its turn. */
export function catalogueScenarios(scene: () => Scene): Readonly<Record<CatalogueAct, Ways>> {
  const sale = () => aSale(scene().shop, scene().olga, scene().like);
  const productIds = async () => ({ productIds: [(await sale()).productId] });
  const noProduct = () => Promise.resolve({ productIds: [newId('product')] });
  const categoryId = async () => (await tell(scene().olga, 'categoryAdd', aCategory())).id;
  const full = async () => ({ categoryId: (await newProduct()).categoryId });
  const newProduct = async (but: object = {}) =>
    (await aProduct(scene().shop, scene().like, but)) as { readonly categoryId: string };
  const added = async () => tell(scene().olga, 'productAdd', await newProduct());
  const change = async (by: number) => {
    const { productId, revision } = await sale();
    return { ...(await newProduct()), supplierId: undefined, productId, revision: revision + by };
  };
  const skuChange = async (by: number) => {
    const { skuId, revision } = await sale();
    const { code } = await scene().shop.source.manager.findOneByOrFail(Sku, { id: skuId });
    return { skuId, code, revision: revision + by, isRetired: false, lowStockUnits: 3 };
  };
  const units = async (many: number) => ({ skuId: (await sale()).skuId, units: many });
  const noSku = (more: object) => Promise.resolve({ skuId: newId('sku'), ...more });
  const offSale = async () => ({ productIds: [(await sale()).productId] });
  const toPutOn = async () => {
    const input = await productIds();
    await tell(scene().olga, 'productsOffSale', input);
    return input;
  };
  const ways: Record<CatalogueAct, Ways> = {
    categoryAdd: {
      does: () => Promise.resolve(aCategory()),
      refused: () => Promise.resolve({ ...aCategory(), parentId: newId('category') }),
    },
    categoryChange: {
      does: async () => ({ ...aCategory(), categoryId: await categoryId() }),
      refused: () => Promise.resolve({ ...aCategory(), categoryId: newId('category') }),
    },
    categoryRemove: { does: async () => ({ categoryId: await categoryId() }), refused: full },
    productAdd: { does: newProduct, refused: () => newProduct({ categoryId: newId('category') }) },
    productChange: { does: () => change(0), refused: () => change(1) },
    productsOnSale: { does: toPutOn, refused: async () => ({ productIds: [(await added()).id] }) },
    productsOffSale: { does: offSale, refused: noProduct },
    suppliedProductsOffSale: { does: offSale, refused: noProduct },
    skuAdd: {
      does: async () => aSku((await added()).id, 1),
      refused: async () => aSku((await added()).id, 2),
    },
    skuChange: { does: () => skuChange(0), refused: () => skuChange(1) },
    skuPriceSet: {
      does: async () => ({ skuId: (await sale()).skuId, priceMinor: 777 }),
      refused: () => noSku({ priceMinor: 1 }),
    },
    stockReceive: { does: () => units(5), refused: () => noSku({ units: 1 }) },
    stockAdjust: { does: () => units(-3), refused: () => units(-11) },
    suppliedStockReceive: { does: () => units(5), refused: () => noSku({ units: 1 }) },
    suppliedStockAdjust: { does: () => units(-3), refused: () => units(-11) },
  };
  return Object.fromEntries(
    Object.entries(ways).map(([act, { does, refused }]) => [
      act,
      {
        does: async () => said(act as CatalogueAct, await does()),
        refused: async () => said(act as CatalogueAct, await refused()),
      },
    ]),
  ) as Record<CatalogueAct, Ways>;
}
