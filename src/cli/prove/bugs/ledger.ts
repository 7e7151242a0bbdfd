import type { SeededBug } from '../bug.js';

const SERVICE = 'src/ledger/ledger.service.ts';

export const LEDGER: readonly SeededBug[] = [
  {
    name: 'money that leaves an account stays in its balance',
    file: SERVICE,
    search: 'else await withdraw(db, account, -changeMinor, currency);',
    replace: '',
    caughtBy: { file: 'test/ledger/ledger.test.ts', test: 'moves money into an account, and back out of it' },
  },
  {
    name: 'an account gives more than it holds',
    file: SERVICE,
    search: 'AND currency = ? AND balance_minor >= ?',
    replace: 'AND currency = ? AND (balance_minor >= ? OR TRUE)',
    caughtBy: { file: 'test/ledger/ledger.test.ts', test: 'more than an account holds fails' },
  },
  {
    name: 'the account of the channel keeps a balance, for which every payment waits',
    file: 'src/ledger/transfer.ts',
    search: 'return /^(channel|bank|platform):/.test(account);',
    replace: 'return account.length === 0;',
    caughtBy: { file: 'test/ledger/ledger.test.ts', test: 'keeps no balance of the channel' },
  },
];
