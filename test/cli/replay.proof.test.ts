import { describe, expect, it } from '@jest/globals';
import { type Evidence, isProof } from '../../src/cli/replay/proof.js';
import { Outcomes } from '../../src/cli/replay/purchase.js';

const BOOKS = { captures: 2, capturedMinor: 300, refunds: 1, refundedMinor: 100 };
const RECONCILED = {
  ...{ bills: 4, closed: 4, rows: 6, feesMinor: 2, dissolved: 1, open: 0 },
  ...{ leftMinor: 198, bookedMinor: 198 },
};
const GOOD: Evidence = {
  outcomes: new Outcomes(),
  results: { leftForPeople: [] },
  books: { wechat: BOOKS, payments: BOOKS, ledger: BOOKS },
  reconciled: RECONCILED,
  findings: { checked: 29, skipped: 0, broken: [] },
};

function withError(): Outcomes {
  const outcomes = new Outcomes();
  outcomes.errors.add('join team: INTERNAL');
  return outcomes;
}

describe('isProof', () => {
  it('accepts a replay in which everything agrees', () => {
    expect(isProof(GOOD)).toBe(true);
  });

  it('takes refusals for answers', () => {
    const outcomes = new Outcomes();
    outcomes.refusals.add('TeamFull');
    expect(isProof({ ...GOOD, outcomes })).toBe(true);
  });

  it.each<[flaw: string, change: Partial<Evidence>]>([
    ['a purchase that failed', { outcomes: withError() }],
    ['a dead job', { results: { leftForPeople: [{ kind: 'dead job teams.refundSeat', count: 1 }] } }],
    ['a capture we never heard of', { books: { ...GOOD.books, wechat: { ...BOOKS, captures: 3 } } }],
    ['a fen too much paid back', { books: { ...GOOD.books, payments: { ...BOOKS, refundedMinor: 101 } } }],
    ['a ledger that missed a refund', { books: { ...GOOD.books, ledger: { ...BOOKS, refunds: 0 } } }],
    ['a bill that is not closed', { reconciled: { ...RECONCILED, closed: 3 } }],
    ['a finding', { reconciled: { ...RECONCILED, open: 1 } }],
    ['another balance at WeChat', { reconciled: { ...RECONCILED, leftMinor: 199 } }],
    ['no bills', { reconciled: { ...RECONCILED, bills: 0, closed: 0 } }],
    ['an invariant that was not checked', { findings: { checked: 28, skipped: 1, broken: [] } }],
    [
      'a broken invariant',
      {
        findings: {
          ...GOOD.findings,
          broken: [{ invariant: { number: 'INV-1', name: 'any', holds: { zh: '', en: '' }, sql: '' }, rows: [] }],
        },
      },
    ],
  ])('does not accept %s', (_flaw, change) => {
    expect(isProof({ ...GOOD, ...change })).toBe(false);
  });
});
