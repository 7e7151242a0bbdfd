import { describe, expect, it } from '@jest/globals';
import { newId, secondsAfter } from '#common';
import { BulkAct, type BulkActStatus } from '../../src/audit/bulk/bulk-act.entity.js';
import { expiryOf, mayDecide, mayWithdraw } from '../../src/audit/bulk/bulk-act.rules.js';

const [olga, pia] = [newId('staff'), newId('staff')];
const proposedAt = new Date('2026-01-01T00:00:00Z');
const lastInstant = new Date('2026-01-01T23:59:59.999Z');
const tooLate = new Date('2026-01-02T00:00:00Z');

/** What olga has proposed. */
const actAt = (status: BulkActStatus): BulkAct =>
  Object.assign(new BulkAct(), { status, proposedById: olga, expiresAt: expiryOf(proposedAt) });

it('a bulk act can be approved for 24 hours', () => {
  expect(expiryOf(proposedAt)).toEqual(tooLate);
});

describe('what olga has proposed', () => {
  // prettier-ignore
  it.each<[status: BulkActStatus, at: Date, decidedByPia: string | null, decidedByOlga: string | null, withdrawnByPia: string | null, withdrawnByOlga: string | null]>([
    ['PROPOSED',  proposedAt,                   null,             'OwnProposal',    'NotProposer',    null],
    ['PROPOSED',  lastInstant,                  null,             'OwnProposal',    'NotProposer',    null],
    ['PROPOSED',  tooLate,                      'BulkActDecided', 'BulkActDecided', 'BulkActDecided', 'BulkActDecided'],
    ['PROPOSED',  secondsAfter(tooLate, 1),     'BulkActDecided', 'BulkActDecided', 'BulkActDecided', 'BulkActDecided'],
    ['APPROVED',  proposedAt,                   'BulkActDecided', 'BulkActDecided', 'BulkActDecided', 'BulkActDecided'],
    ['REJECTED',  proposedAt,                   'BulkActDecided', 'BulkActDecided', 'BulkActDecided', 'BulkActDecided'],
    ['WITHDRAWN', proposedAt,                   'BulkActDecided', 'BulkActDecided', 'BulkActDecided', 'BulkActDecided'],
    ['EXPIRED',   proposedAt,                   'BulkActDecided', 'BulkActDecided', 'BulkActDecided', 'BulkActDecided'],
  ])('is %s at %p: pia decides %s, olga decides %s; pia withdraws %s, olga withdraws %s', (status, at, ...answers) => {
    const act = actAt(status);
    const said = [mayDecide(act, pia, at), mayDecide(act, olga, at), mayWithdraw(act, pia, at), mayWithdraw(act, olga, at)];
    expect(said.map((refusal) => refusal?.constructor.name ?? null)).toEqual(answers);
  });
});
