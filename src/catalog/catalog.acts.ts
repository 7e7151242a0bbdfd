import { defineAct } from '#common';

/** A SKU was put on sale with its stock. */
export const skuAdded = defineAct('catalog.skuAdded', 'sku');
