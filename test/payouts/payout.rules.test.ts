import { describe, expect, it } from '@jest/globals';
import type { StaffId } from '#identity';
import { type Payout, PayoutStatus } from '../../src/payouts/payout.entity.js';
import { mayApprove, mayCancel, mayEnter, mayPropose } from '../../src/payouts/payout.rules.js';

const [OLGA, PIA]: StaffId[] = ['staff_olga', 'staff_pia'];
const STATUSES = Object.values(PayoutStatus);

function payout(status: PayoutStatus): Payout {
  return { status, proposedById: OLGA! } as Payout;
}

it.each([
  // paid, owed | refusal and what it says
  [1, 1, null],
  [100, 101, null],
  [102, 101, { owedMinor: 101 }],
  [1, 0, { owedMinor: 0 }],
  [1, -1, { owesMinor: 1 }],
])('%i may be paid to who is owed %i: %j', (amountMinor, owedMinor, refusal) => {
  expect(mayPropose(amountMinor, owedMinor)).toEqual(refusal && expect.objectContaining(refusal));
});

describe('a payout', () => {
  it.each(STATUSES)('that is %s is approved by a second person, and only if it was proposed', (status) => {
    const name = (by: StaffId, owedMinor: number): string | undefined =>
      mayApprove(payout(status), by, owedMinor)?.constructor.name;
    const isProposed = status === 'PROPOSED';
    expect(name(PIA!, 0)).toBe(isProposed ? undefined : 'PayoutStands');
    expect(name(OLGA!, 0)).toBe(isProposed ? 'OwnProposal' : 'PayoutStands');
    expect(name(PIA!, -1)).toBe(isProposed ? 'SupplierOwes' : 'PayoutStands');
  });

  it('says what is owed if it is not approved for a debt', () => {
    expect(mayApprove(payout('PROPOSED'), PIA!, -250)).toMatchObject({ owesMinor: 250 });
  });

  it.each(STATUSES)('that is %s is entered if it was approved, and cancelled until it is over', (status) => {
    expect(mayEnter(payout(status)) === null).toBe(status === 'APPROVED');
    expect(mayCancel(payout(status)) === null).toBe(status === 'PROPOSED' || status === 'APPROVED');
  });
});
