import { newId } from '#common';
import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import type { Model } from '../promises/model.js';
import { type Shelf, SHELF_VALUES, type ShelfSku } from '../promises/shelf.js';
import { ask, newKey, remember } from './asking.js';

const REASON = 'a run of the model';
const OTHER = { reason: 'another one' };

interface Wish {
  /** A picture that nobody has uploaded. */
  readonly hasStrangePicture: boolean;
  /** Without the value that SKUs may have. */
  readonly isShortened: boolean;
  readonly isStale: boolean;
}

/** An operator makes a product; the one before is forgotten. */
export const productAdd: Kind<Wish> = {
  name: 'productAdd',
  mutations: ['productAdd'],
  weight: 2,
  choose: (_model, dice) => wishBy(dice),
  tell: ({ hasStrangePicture }) => `an operator makes a product ${hasStrangePicture ? 'with a strange picture' : ''}`,
  act: async (wish, model, run) => {
    const { supplierId, categoryId } = await run.world.goodsOf(model.goods.productId);
    const input = { ...contentsOf({ ...wish, isShortened: false }, categoryId), supplierId };
    const promised = wish.hasStrangePicture ? 'ImageNotUsable' : 'Product';
    const id = await send(model, run, 'productAdd', promised, input);
    if (id) model.shelf = { productId: id, revision: 1, isOnSale: false, values: SHELF_VALUES, skus: [] };
    return promised;
  },
};

/** An operator lets a product say other things; what was looked at may be stale. */
export const productChange: Kind<Wish> = {
  name: 'productChange',
  mutations: ['productChange'],
  weight: 3,
  choose: ({ shelf }, dice) => shelf && wishBy(dice),
  tell: ({ isShortened }) => `an operator changes a product ${isShortened ? 'and takes a value away' : ''}`,
  act: async (wish, model, run) => {
    const shelf = shelfOf(model);
    const { categoryId } = await run.world.goodsOf(model.goods.productId);
    const isNeeded = wish.isShortened && shelf.skus.some(({ value }) => value === SHELF_VALUES[0]);
    const why = wish.isStale ? 'ProductChanged' : isNeeded ? 'OptionInUse' : null;
    const promised = why ?? (wish.hasStrangePicture ? 'ImageNotUsable' : 'Product');
    const input = { ...contentsOf(wish, categoryId), productId: shelf.productId, revision: seen(shelf, wish) };
    if (!(await send(model, run, 'productChange', promised, input))) return promised;
    shelf.revision += 1;
    shelf.values = valuesIn(wish);
    return promised;
  },
};

interface SkuWish {
  readonly value: string;
  /** Whose code it is to have; null for one of its own. */
  readonly namesake: ShelfSku | null;
  readonly isStale: boolean;
}

/** An operator makes a SKU; its combination or its code may be taken. */
export const skuAdd: Kind<SkuWish> = {
  name: 'skuAdd',
  mutations: ['skuAdd'],
  weight: 4,
  choose: ({ shelf }, dice) =>
    shelf && {
      ...{ value: dice.oneOf(shelf.values) ?? SHELF_VALUES[1], isStale: dice.happens(10) },
      namesake: dice.happens(25) ? dice.oneOf(shelf.skus) : null,
    },
  tell: ({ value }) => `an operator makes a SKU ${value}`,
  act: async ({ value, namesake, isStale }, model, run) => {
    const shelf = shelfOf(model);
    const isTaken = shelf.skus.some((sku) => sku.value === value);
    const why = isStale ? 'ProductChanged' : isTaken ? 'CombinationTaken' : null;
    const promised = why ?? (namesake ? 'SkuCodeTaken' : 'Sku');
    const code = namesake?.code ?? newKey();
    const input = { ...skuInput(shelf, code, isStale), productId: shelf.productId, values: [value], priceMinor: 500 };
    const id = await send(model, run, 'skuAdd', promised, input);
    if (!id) return promised;
    shelf.revision += 1;
    shelf.skus.push({ id, value, code, isRetired: false });
    return promised;
  },
};

/** An operator retires a SKU, lets it come back, or gives it another code. */
export const skuChange: Kind<Pick<SkuWish, 'namesake' | 'isStale'> & { readonly sku: ShelfSku }> = {
  name: 'skuChange',
  mutations: ['skuChange'],
  weight: 3,
  choose: ({ shelf }, dice) => {
    const sku = dice.oneOf(shelf?.skus ?? []);
    const others = shelf?.skus.filter((each) => each !== sku) ?? [];
    return sku && { sku, namesake: dice.happens(30) ? dice.oneOf(others) : null, isStale: dice.happens(15) };
  },
  tell: ({ sku }) => `an operator ${sku.isRetired ? 'takes back' : 'retires'} a SKU`,
  act: async ({ sku, namesake, isStale }, model, run) => {
    const shelf = shelfOf(model);
    const isRetired = !sku.isRetired;
    const isLast = isRetired && shelf.isOnSale && shelf.skus.every((each) => each === sku || each.isRetired);
    const why = isStale ? 'ProductChanged' : isLast ? 'ProductWithoutSku' : null;
    const promised = why ?? (namesake ? 'SkuCodeTaken' : 'Sku');
    const code = namesake?.code ?? newKey();
    const input = { ...skuInput(shelf, code, isStale), skuId: sku.id, isRetired };
    if (!(await send(model, run, 'skuChange', promised, input))) return promised;
    shelf.revision += 1;
    Object.assign(sku, { code, isRetired });
    return promised;
  },
};

function wishBy(dice: Dice): Wish {
  return { hasStrangePicture: dice.happens(15), isShortened: dice.happens(25), isStale: dice.happens(15) };
}

function shelfOf({ shelf }: Model): Shelf {
  if (!shelf) throw new Error('nobody has made a product');
  return shelf;
}

function seen({ revision }: Shelf, { isStale }: Pick<Wish, 'isStale'>): number {
  return isStale ? revision + 1 : revision;
}

function valuesIn({ isShortened }: Pick<Wish, 'isShortened'>): readonly string[] {
  return isShortened ? SHELF_VALUES.slice(1) : SHELF_VALUES;
}

function skuInput(shelf: Shelf, code: string, isStale: boolean): object {
  return { revision: seen(shelf, { isStale }), code, reason: REASON };
}

function contentsOf({ hasStrangePicture, isShortened }: Wish, categoryId: string): object {
  return {
    ...{ name: '模型商品', description: '', categoryId, returnRule: 'SEVEN_DAYS', reason: REASON },
    options: [{ name: '规格', values: valuesIn({ isShortened }) }],
    imageIds: hasStrangePicture ? [newId('image')] : [],
  };
}

/** The id of what was made or changed; null if it was refused. */
async function send(model: Model, run: Run, mutation: string, promised: string, said: object): Promise<string | null> {
  const phone = await run.world.operator();
  const input = { ...said, idempotencyKey: newKey() };
  const answer = await ask(run, phone, mutation, promised, input);
  if (answer.type !== 'Product' && answer.type !== 'Sku') return null;
  remember(model, run, { phone, person: null, mutation, input, other: OTHER, answer });
  return String(answer.value['id']);
}
