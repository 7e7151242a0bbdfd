import { defineAct } from '#common';

export const stockReceived = defineAct('catalog.stockReceived', 'sku');
export const stockAdjusted = defineAct('catalog.stockAdjusted', 'sku');
