import { afterEach, expect, it, jest } from '@jest/globals';
import * as argon2 from '@node-rs/argon2';

const verify = jest.fn(argon2.verify);
jest.unstable_mockModule('@node-rs/argon2', () => ({ ...argon2, verify }));
const { ARGON2ID, Passwords } = await import('../../../src/identity/staff/passwords.js');

afterEach(() => {
  verify.mockClear();
});

it('whoever has no password costs as much as whoever has one: each checks a hash that was made with the figures of today', async () => {
  const passwords = new Passwords();
  const theirs = await passwords.hash('a passphrase');
  for (const hashed of [null, theirs]) await passwords.isRight('a guess', hashed);
  expect(verify).toHaveBeenCalledTimes(2);
  for (const [hashed] of verify.mock.calls) expect(argon2.parseOptions(hashed)).toMatchObject(ARGON2ID);
});
