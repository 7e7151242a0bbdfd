import { defineAct } from '#common';

/** One of the staff said why a difference between a bill and our books is resolved. */
export const findingResolved = defineAct('reconciliation.findingResolved', 'finding');

/** One of the staff had a bill fetched anew. */
export const billDayFetchedAnew = defineAct('reconciliation.billDayFetchedAnew', 'bill_day');
