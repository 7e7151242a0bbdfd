import type { SeededBug } from '../bug.js';

const WORK = 'src/recalls/recall-work.ts';
const TESTS = 'test/recalls/recalls.test.ts';

export const RECALLS: readonly SeededBug[] = [
  {
    name: 'a recall that is worked off again gives money back again',
    file: WORK,
    search: 'if (item.refundId !== null || item.problem !== null) return item.problem;',
    replace: 'if (item.problem !== null) return item.problem;',
    caughtBy: { file: TESTS, test: 'that is worked off again from the start changes nothing' },
  },
  {
    name: 'a second recall of a batch gives units back that the first gave back',
    file: WORK,
    search: 'refundedBefore: before,',
    replace: 'refundedBefore: Math.min(before, 0),',
    caughtBy: { file: TESTS, test: 'of the same batch a second time' },
  },
  {
    name: 'a recall takes what is still to be shipped instead of what was sent',
    file: WORK,
    search: 'quantity, isShipped: true }]',
    replace: 'quantity }]',
    caughtBy: { file: TESTS, test: 'does not take the units of an order back' },
  },
  {
    name: 'recalled goods stay on sale',
    file: WORK,
    search: 'if (from === 0) await this.#stopSale(act, recall);',
    replace: 'if (from < 0) await this.#stopSale(act, recall);',
    caughtBy: { file: TESTS, test: 'of nobody takes the goods off sale' },
  },
  {
    name: 'a recall reaches goods that were shipped before the batch came in',
    file: 'src/recalls/recall.snapshot.ts',
    search: 'batch_id IS NULL AND shipped_at >= ?',
    replace: 'batch_id IS NULL AND ? IS NOT NULL',
    caughtBy: { file: TESTS, test: 'gives everybody the money back who was sent some' },
  },
];
