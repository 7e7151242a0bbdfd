import { stateMachine } from '#common';
import type { Product, ProductStatus } from '../products/product.entity.js';

type Sale = Pick<Product, 'status' | 'saleFrom' | 'saleUntil'>;

/** What was sold is never deleted, so a product can always come back. */
export const productLife = stateMachine<ProductStatus>({
  ON_SALE: ['OFF_SALE'],
  OFF_SALE: ['ON_SALE'],
});

/** Where a product stands at a moment, whether or not the clock has got round to turning it: its end decides before its beginning. */
export function saleStatusAt({ status, saleFrom, saleUntil }: Sale, now: Date): ProductStatus {
  if (saleUntil && saleUntil <= now) return 'OFF_SALE';
  return saleFrom && saleFrom <= now ? 'ON_SALE' : status;
}

/** The times of a sale that are still to come at a moment. */
export function timesAfter({ saleFrom, saleUntil }: Omit<Sale, 'status'>, now: Date): Omit<Sale, 'status'> {
  return {
    saleFrom: saleFrom && saleFrom > now ? saleFrom : null,
    saleUntil: saleUntil && saleUntil > now ? saleUntil : null,
  };
}
