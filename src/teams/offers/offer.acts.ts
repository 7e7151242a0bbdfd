import { defineAct } from '#common';

export const offerAdded = defineAct('teams.offerAdded', 'offer');
export const offerChanged = defineAct('teams.offerChanged', 'offer');
export const offerFrozen = defineAct('teams.offerFrozen', 'offer');
export const offerUnfrozen = defineAct('teams.offerUnfrozen', 'offer');
