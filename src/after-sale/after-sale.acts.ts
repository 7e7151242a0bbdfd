import { defineAct } from '#common';

/** A case was approved by whoever sold the goods, or by the shop. */
export const afterSaleApproved = defineAct('after-sale.approved', 'aftersale');

/** A case was refused, before or after the goods came back. */
export const afterSaleRejected = defineAct('after-sale.rejected', 'aftersale');

/** Goods came back and were accepted. */
export const afterSaleReturnReceived = defineAct('after-sale.returnReceived', 'aftersale');

/** The shop has decided on an appeal. */
export const afterSaleAppealDecided = defineAct('after-sale.appealDecided', 'aftersale');
