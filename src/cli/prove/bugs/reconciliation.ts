import type { SeededBug } from '../bug.js';

const MISMATCHES = 'src/reconciliation/mismatches.queries.ts';
const JUDGING = 'src/reconciliation/judging.service.ts';
const DAYS = 'test/reconciliation/days.test.ts';
const FINDINGS = 'test/reconciliation/findings.test.ts';

export const RECONCILIATION: readonly SeededBug[] = [
  {
    name: 'a refund that the channel had not finished when the bill was made is taken for a failed one',
    file: MISMATCHES,
    search: "WHEN line.state = 'FAIL' AND refund.status <> 'CLOSED' AND refund.outside_reference IS NULL THEN 'STATE'",
    replace: "WHEN line.state <> 'SUCCESS' AND refund.status <> 'CLOSED' THEN 'STATE'",
    caughtBy: { file: DAYS, test: 'is not blamed for refunds that the channel works at over midnight' },
  },
  {
    name: 'money that the bill has and we have not is no finding',
    file: MISMATCHES,
    search: "WHEN capture.id IS NULL THEN IF(line.state = 'SUCCESS', 'EXTRA', NULL)",
    replace: 'WHEN capture.id IS NULL THEN NULL',
    caughtBy: { file: FINDINGS, test: 'is asked for and booked, and the finding goes by itself' },
  },
  {
    name: 'a bill is closed while findings of it are open',
    file: JUDGING,
    search: "if (await db.existsBy(Finding, { billDayId: day.id, status: 'OPEN' })) {",
    replace: "if (day.linesTotal < 0 && (await db.existsBy(Finding, { billDayId: day.id, status: 'OPEN' }))) {",
    caughtBy: { file: FINDINGS, test: 'in a payment by row_missing has exactly that finding' },
  },
  {
    name: 'the fees of a bill are not posted',
    file: JUDGING,
    search: "return fromChannel('platform:fees', feeMinor, 'FEE', { id, currency });",
    replace: "return fromChannel('platform:fees', feeMinor * 0, 'FEE', { id, currency });",
    caughtBy: { file: DAYS, test: 'equals its bills day by day, from ten the next morning' },
  },
  {
    name: 'a bill is believed whatever it hashes to',
    file: 'src/wechat/bill.client.ts',
    search: 'if (digest !== offer.hash)',
    replace: 'if (digest === offer.path)',
    caughtBy: { file: 'test/wechat/bill.client.test.ts', test: 'is not believed when it is struck by wrong_hash' },
  },
  {
    name: 'a refund that was paid by a bank transfer leaves the account at the channel',
    file: 'src/payments/refunds.service.ts',
    search: "await this.#pay(db, refund, 'bank:payouts',",
    replace: "await this.#pay(db, refund, 'channel:wechat',",
    caughtBy: { file: FINDINGS, test: 'leaves the bank’s account and not the channel’s' },
  },
];
