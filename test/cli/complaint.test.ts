import { expect, it } from '@jest/globals';
import { complaintOf } from '../../src/cli/machine/complaint.mjs';
import { Trouble } from '../../src/cli/machine/say.mjs';

/** What the system's refusal of a file looks like. */
const refusal = (code: string, path?: string): Error => Object.assign(new Error(code), { code, path });

it('tells trouble in its own words', () => {
  expect(complaintOf(new Trouble('Stop that one first.'))).toBe('Stop that one first.');
});

// prettier-ignore
it.each<[code: string, why: string]>([
  ['EACCES', 'this user has no right to it. Change its owner, or keep the data elsewhere: DATA_DIR=/another/place'],
  ['EROFS',  'its disk can only be read. Keep the data elsewhere: DATA_DIR=/another/place'],
  ['ENOSPC', 'the disk is full. Make room, then try again.'],
  ['EDQUOT', "the user's share of the disk is used up. Make room, then try again."],
])('tells without a stack what to do about a file that is refused with %s', (code, why) => {
  expect(complaintOf(refusal(code, '/data/lock'))).toBe(`/data/lock cannot be used: ${why}`);
});

it.each<[what: string, error: Error]>([
  ['a mistake in the code', new TypeError('not a function')],
  ['a refusal that is about no file', refusal('EPIPE')],
  ['a refusal that nobody can mend', refusal('EBADF', '/data/lock')],
])('shows the stack of %s', (_, error) => {
  expect(complaintOf(error)).toBe(error.stack);
});
