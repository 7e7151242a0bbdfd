import { defineAct } from '#common';
import type { Staff } from './staff.entity.js';

export const staffAdded = defineAct('identity.staffAdded', 'staff');
export const staffRolesSet = defineAct('identity.staffRolesSet', 'staff');
export const staffReset = defineAct('identity.staffReset', 'staff');
export const staffDisabled = defineAct('identity.staffDisabled', 'staff');
export const staffEnabled = defineAct('identity.staffEnabled', 'staff');
export const staffEnrolled = defineAct('identity.staffEnrolled', 'staff');
export const staffPasswordChanged = defineAct('identity.staffPasswordChanged', 'staff');

/** What an entry says of whose account it is about; nothing if it is of the shop's own staff. */
export function supplierOf({ supplierId }: Pick<Staff, 'supplierId'>): Partial<Pick<Staff, 'supplierId'>> {
  return supplierId === null ? {} : { supplierId };
}
