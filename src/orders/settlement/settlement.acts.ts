import { defineAct } from '#common';

/** One of the staff set a supplier's commission. */
export const supplierRateSet = defineAct('orders.supplierRateSet', 'supplier');
