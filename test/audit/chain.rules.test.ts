import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { canonical, entryHash, GENESIS, linkHash } from '../../src/audit/chain.rules.js';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const entry = {
  ...{
    id: '7',
    actor: 'command:root',
    kind: 'teams.offerFrozen',
    subjectType: 'offer',
    subjectId: 'AB',
    reason: '盘点',
  },
  ...{ before: '{}', after: '{"a":1}', request: null },
  ...{ actedAt: '2026-01-01T00:00:00.000000', recordedAt: '2026-01-01T00:00:01.000000' },
};

it('an entry is hashed part by part, each led by its bytes of UTF-8, in an order that never changes', () => {
  const form =
    '1:712:command:root17:teams.offerFrozen5:offer2:AB6:盘点2:{}7:{"a":1}-26:2026-01-01T00:00:00.00000026:2026-01-01T00:00:01.000000';
  expect(canonical(['好', null, ''])).toBe('3:好-0:');
  expect(entryHash(entry).toString('hex')).toBe(sha256(form));
});

it('the first link follows 32 zeros, and each other one the one before', () => {
  const zeros = '00'.repeat(32);
  expect(GENESIS.toString('hex')).toBe(zeros);
  const first = linkHash(GENESIS, entryHash(entry));
  expect(first.toString('hex')).toBe(sha256(Buffer.concat([Buffer.from(zeros, 'hex'), entryHash(entry)])));
  expect(linkHash(first, entryHash(entry))).not.toEqual(first);
});
