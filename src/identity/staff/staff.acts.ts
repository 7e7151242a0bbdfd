import { defineAct } from '#common';

export const staffAdded = defineAct('identity.staffAdded', 'staff');
export const staffRolesSet = defineAct('identity.staffRolesSet', 'staff');
export const staffReset = defineAct('identity.staffReset', 'staff');
export const staffDisabled = defineAct('identity.staffDisabled', 'staff');
export const staffEnabled = defineAct('identity.staffEnabled', 'staff');
export const staffEnrolled = defineAct('identity.staffEnrolled', 'staff');
export const staffPasswordChanged = defineAct('identity.staffPasswordChanged', 'staff');
