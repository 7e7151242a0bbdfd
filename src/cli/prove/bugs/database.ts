import type { SeededBug } from '../bug.js';

const EDGES = 'migrations/1795309200000-payments-at-their-edges.ts';
/** Its tests go up and down the migration in their order. */
const EDGES_TEST = 'test/payments/migration.test.ts';
const LEDGER_TEST = 'test/ledger/ledger.test.ts';

/** The last line of defence: keys, checks and triggers that hold even where the code is wrong. */
export const DATABASE: readonly SeededBug[] = [
  {
    name: 'the database takes a second live seat of one buyer in one team',
    file: 'migrations/1795219207000-create-teams.ts',
    search: 'UNIQUE INDEX seat_one_live_per_buyer',
    replace: 'INDEX seat_one_live_per_buyer',
    caughtBy: { file: 'test/invariants/meddling.test.ts', test: 'or refused by the database itself' },
  },
  {
    name: 'the database takes two captures that both pay one checkout',
    file: EDGES,
    search: 'ADD UNIQUE INDEX capture_honours_checkout_once',
    replace: 'ADD INDEX capture_honours_checkout_once',
    caughtBy: { file: EDGES_TEST, test: 'a shop that is older than several attempts to pay' },
  },
  {
    name: 'the database takes two payments of one checkout that are both open',
    file: EDGES,
    search: 'ADD UNIQUE INDEX payment_one_live',
    replace: 'ADD INDEX payment_one_live',
    caughtBy: { file: EDGES_TEST, test: 'a shop that is older than several attempts to pay' },
  },
  {
    name: 'the database takes one business event twice into the books',
    file: 'migrations/1795219203000-create-ledger.ts',
    search: 'UNIQUE INDEX transfer_posts_once',
    replace: 'INDEX transfer_posts_once',
    caughtBy: { file: LEDGER_TEST, test: 'the same source twice fails' },
  },
  {
    name: 'the database lets transfers be edited',
    file: 'migrations/1795219203000-create-ledger.ts',
    search: "await forbidChanges(db, 'transfer');",
    replace: '',
    caughtBy: { file: LEDGER_TEST, test: 'stays as it is: the database refuses' },
  },
  {
    name: 'the database takes an account below nothing',
    file: 'migrations/1795219203000-create-ledger.ts',
    search: 'CHECK (balance_minor >= 0)',
    replace: 'CHECK (balance_minor >= -9)',
    caughtBy: { file: LEDGER_TEST, test: 'never leaves an account below nothing' },
  },
  {
    name: 'the database takes more promised back than was captured',
    file: 'migrations/1795219205000-create-payments.ts',
    search: 'AND refunding_minor <= amount_minor)',
    replace: ')',
    caughtBy: { file: 'test/payments/refunds.test.ts', test: 'cannot be promised for more in the database either' },
  },
  {
    name: 'the database lets a hold of stock be sold and released',
    file: 'migrations/1795219204000-create-catalog.ts',
    search: 'UNIQUE INDEX stock_move_ends_once',
    replace: 'INDEX stock_move_ends_once',
    caughtBy: { file: 'test/catalog/stock.test.ts', test: 'of one hold cannot be sold, then released' },
  },
];
