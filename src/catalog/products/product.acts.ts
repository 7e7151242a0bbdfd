import { defineAct } from '#common';

export const productAdded = defineAct('catalog.productAdded', 'product');
export const productChanged = defineAct('catalog.productChanged', 'product');
export const productPutOnSale = defineAct('catalog.productPutOnSale', 'product');
export const productTakenOffSale = defineAct('catalog.productTakenOffSale', 'product');
/** A SKU was made, with its stock if it came with some. */
export const skuAdded = defineAct('catalog.skuAdded', 'sku');
export const skuChanged = defineAct('catalog.skuChanged', 'sku');
export const skuPriced = defineAct('catalog.skuPriced', 'sku');
