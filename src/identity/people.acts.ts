import { defineAct } from '#common';

export const userDisabled = defineAct('identity.userDisabled', 'user');
export const userEnabled = defineAct('identity.userEnabled', 'user');

// People have no roles any more; the trail has entries of when they had, and can be asked for them.
defineAct('identity.roleGranted', 'user');
defineAct('identity.roleRevoked', 'user');
