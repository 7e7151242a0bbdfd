import { defineAct } from '#common';

export const freightTemplateAdded = defineAct('catalog.freightTemplateAdded', 'freight');
export const freightTemplateChanged = defineAct('catalog.freightTemplateChanged', 'freight');

/** A product follows another freight template from now on, or none. */
export const productFreightSet = defineAct('catalog.productFreightSet', 'product');
export const skuWeightSet = defineAct('catalog.skuWeightSet', 'sku');
