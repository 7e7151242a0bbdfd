import { describe, expect, it } from '@jest/globals';
import { Refused } from '#common';
import { Passwords } from '../../../src/identity/staff/passwords.js';

describe('hashing passwords', () => {
  it('is Argon2id with the figures of OWASP, salted, and knows its own', async () => {
    const passwords = new Passwords();
    const [one, other] = [await passwords.hash('a passphrase'), await passwords.hash('a passphrase')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect([await passwords.isRight('a passphrase', one), await passwords.isRight('another', one)]).toEqual([
      true,
      false,
    ]);
    expect(passwords.isOutdated(one)).toBe(false);
    expect(passwords.isOutdated(one.replace('t=2', 't=1'))).toBe(true);
  });

  it('checks what nobody has, and never finds it right', async () => {
    expect(await new Passwords().isRight('anything', null)).toBe(false);
  });

  it('takes a few at a time, lets some wait, and refuses the rest of a storm; afterwards all is as before', async () => {
    const passwords = new Passwords();
    const storm = await Promise.allSettled(Array.from({ length: 50 }, () => passwords.isRight('x', null)));
    const refused = storm.filter((each) => each.status === 'rejected').map(({ reason }) => reason as Refused);
    expect(refused).toHaveLength(50 - 2 - 32);
    for (const { refusal } of refused) expect(refusal).toMatchObject({ retryAfterSeconds: 2 });
    expect(await passwords.isRight('x', null)).toBe(false);
  });
});
