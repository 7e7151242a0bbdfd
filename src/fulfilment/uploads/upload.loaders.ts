import { In } from 'typeorm';
import { defineLoader, oneInOrder } from '#common';
import type { CheckoutId } from '#orders';
import { Capture } from '#payments';

/** WeChat's number of the payment that has paid a checkout. */
export const transactionOfCheckout = defineLoader(async (db, ids: readonly CheckoutId[]) => {
  const captures = await db.findBy(Capture, { checkoutId: In(ids), purpose: 'CHECKOUT' });
  return oneInOrder(ids, captures, ({ checkoutId }) => checkoutId).map((capture) => capture?.transactionId ?? null);
});
