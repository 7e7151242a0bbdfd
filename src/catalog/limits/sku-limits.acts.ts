import { defineAct } from '#common';

/** How much of a SKU may be bought alone was limited anew. */
export const skuLimitsSet = defineAct('catalog.skuLimitsSet', 'sku');
