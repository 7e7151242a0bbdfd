import type { SeededBug } from '../bug.js';

const SPLIT = 'src/orders/settlement/split.rules.ts';
const SETTLING = 'test/orders/settlement/settling.test.ts';
const PAYOUTS = 'test/payouts/payouts.test.ts';
const STATEMENTS = 'test/payouts/statements.test.ts';

export const SETTLEMENT: readonly SeededBug[] = [
  {
    name: 'an order is completed and its money stays where it is',
    file: 'src/orders/order-progress.service.ts',
    search: 'await this.settling.settle(db, order);',
    replace: '',
    caughtBy: { file: SETTLING, test: 'is its supplier’s whole' },
  },
  {
    name: 'commission is taken of freight as well',
    file: SPLIT,
    search: 'return Math.max(0, keptMinor - freightMinor);',
    replace: 'return Math.max(0, keptMinor - 0 * freightMinor);',
    caughtBy: { file: SETTLING, test: 'freight is the supplier’s' },
  },
  {
    name: 'a settled order’s refund is paid from nothing',
    file: 'src/orders/refunding/refund-promises.ts',
    search: "if (order.status === 'COMPLETED') await",
    replace: "if (order.status === 'CANCELLED') await",
    caughtBy: { file: SETTLING, test: 'is taken from the shop and the supplier in proportion' },
  },
  {
    name: 'the rate of today is taken, not the one of the day of the order',
    file: 'src/orders/settlement/settling.service.ts',
    search: 'this.rates.at(db, supplierId, order.placedAt)',
    replace: 'this.rates.at(db, supplierId, new Date())',
    caughtBy: { file: SETTLING, test: 'bears the commission of the time at which it was placed' },
  },
  {
    name: 'an entry is booked without its refund’s part for the supplier',
    file: 'src/orders/settlement/settling.service.ts',
    search: 'amountMinor: -back.supplierMinor }',
    replace: 'amountMinor: -amountMinor }',
    caughtBy: { file: SETTLING, test: 'is taken from the shop and the supplier in proportion' },
  },
  {
    name: 'who proposed a payout agrees to it',
    file: 'src/payouts/payout.rules.ts',
    search: 'if (payout.proposedById === by) return new OwnProposal();',
    replace: '',
    caughtBy: { file: 'test/payouts/payout.rules.test.ts', test: 'that is PROPOSED is approved by a second person' },
  },
  {
    name: 'a supplier who owes is paid',
    file: 'src/payouts/payout.rules.ts',
    search: 'return owedMinor < 0 ? new SupplierOwes(-owedMinor) : null;',
    replace: 'return owedMinor < 0 ? null : null;',
    caughtBy: { file: PAYOUTS, test: 'is refused while the supplier owes' },
  },
  {
    name: 'two payouts of a supplier are open at once',
    file: 'src/payouts/payouts.service.ts',
    search: 'if (open) refuse(new PayoutOpen(open));',
    replace: '',
    caughtBy: { file: PAYOUTS, test: 'is one at a time for each supplier' },
  },
  {
    name: 'a statement sums what was booked in its last instant’s next month',
    file: 'src/payouts/statements.service.ts',
    search: 'booked_at >= ? AND booked_at < ?',
    replace: 'booked_at >= ? AND booked_at < ? + INTERVAL 15 DAY',
    caughtBy: { file: STATEMENTS, test: 'follow each other month by month' },
  },
  {
    name: 'a supplier reads another one’s statement',
    file: 'src/payouts/statements.service.ts',
    search: 'findOneBy(SupplierStatement, { id, supplierId })',
    replace: 'findOneBy(SupplierStatement, { id })',
    caughtBy: { file: STATEMENTS, test: 'nobody else’s' },
  },
];
