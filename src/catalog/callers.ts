import { type Caller, isStaff } from '#identity';
import type { Product } from './products/product.entity.js';

/** Whether somebody runs the shop's catalogue. */
export function mayRun(caller: Caller | null): boolean {
  return caller !== null && isStaff(caller) && caller.roles.includes('CATALOG');
}

/** Whether somebody runs the catalogue or works for the supplier of a product. */
export function mayWorkOn(caller: Caller | null, { supplierId }: Pick<Product, 'supplierId'>): boolean {
  return mayRun(caller) || (caller !== null && isStaff(caller) && caller.supplierId === supplierId);
}
