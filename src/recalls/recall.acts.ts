import { defineAct } from '#common';

/** What was paid for recalled units of an order was given back. */
export const recallRefunded = defineAct('recalls.recallRefunded', 'order');
