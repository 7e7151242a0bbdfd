import { afterEach, describe, expect, it } from '@jest/globals';
import { Client } from '../../support/client.js';
import { Desk, PASSWORD, STAFF_LOGIN, type StaffAnswer } from '../../support/desk.js';
import { Shop } from '../../support/shop.js';

const PER_PAIR = 5;
const PER_NAME = 20;
const PER_ADDRESS = 30;

let shop: Shop;
afterEach(async () => {
  await shop.close();
});

/** A shop behind a proxy of ours, so that a test may come from anywhere. */
async function open(): Promise<void> {
  shop = await Shop.open({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
}
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

function tally(answers: readonly StaffAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename } of answers) counts[__typename] = (counts[__typename] ?? 0) + 1;
  return counts;
}

describe('guessing as one of the staff', () => {
  it('from one address ends after five, also all at once, and with the right password and code too', async () => {
    await open();
    const kim = await shop.operator('kim');
    const twelve = Array.from({ length: 12 }, () => kim.tryLogin({ code: kim.wrongCode() }, from('192.0.2.1')));
    expect(tally(await Promise.all(twelve))).toEqual({ StaffLoginFailed: PER_PAIR, TooManyAttempts: 12 - PER_PAIR });
    const refused = await kim.tryLogin({ code: kim.nextRecoveryCode() }, from('192.0.2.1'));
    expect(refused.__typename).toBe('TooManyAttempts');
    expect(refused.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(600);
    // The person, who is elsewhere, hears nothing of it.
    expect((await kim.tryLogin({ code: kim.code(1) }, from('192.0.2.2'))).__typename).toBe('StaffLogin');
  });

  it('ends after five in one document with a hundred aliases, whatever the case of the name (S-1, S-15)', async () => {
    await open();
    const kim = await shop.operator('kim');
    const said = { password: PASSWORD, code: kim.wrongCode() };
    const variables = {
      a: { ...said, loginName: kim.loginName },
      b: { ...said, loginName: kim.loginName.toUpperCase() },
    };
    const fields = Array.from(
      { length: 100 },
      (_, number) => `f${number}: staffLogin(input: ${number % 2 === 0 ? '$a' : '$b'}) { __typename }`,
    );
    const document = `mutation ($a: StaffLoginInput!, $b: StaffLoginInput!) { ${fields.join(' ')} }`;
    const { data } = await new Client(shop.url, null).send(document, variables);
    expect(tally(Object.values(data as unknown as Record<string, StaffAnswer>))).toEqual({
      StaffLoginFailed: PER_PAIR,
      TooManyAttempts: 100 - PER_PAIR,
    });
  });

  it('from many addresses ends after twenty for a name; the person still gets in with a recovery code', async () => {
    await open();
    const kim = await shop.operator('kim');
    const many = Array.from({ length: PER_NAME + 5 }, (_, number) =>
      kim.tryLogin({ code: kim.wrongCode() }, from(`198.51.100.${number}`)),
    );
    expect(tally(await Promise.all(many))).toEqual({ StaffLoginFailed: PER_NAME, TooManyAttempts: 5 });
    expect((await kim.tryLogin({ code: kim.code(1) }, from('192.0.2.2'))).__typename).toBe('TooManyAttempts');
    expect((await kim.tryLogin({ code: kim.nextRecoveryCode() }, from('192.0.2.2'))).__typename).toBe('StaffLogin');
  });

  it('tells nobody by its limits who is there: names that nobody has are counted like any other', async () => {
    await open();
    const nobody = new Desk(shop.url, 'nobody');
    const seven = Array.from({ length: 7 }, () => nobody.tryLogin({ code: '123456' }, from('192.0.2.1')));
    expect(tally(await Promise.all(seven))).toEqual({ StaffLoginFailed: PER_PAIR, TooManyAttempts: 2 });
  });

  it('many names, or enrolment codes, from one address ends after thirty in all', async () => {
    await open();
    const logins = Array.from({ length: PER_ADDRESS - 10 }, (_, number) =>
      new Desk(shop.url, `name-${number}`).tryLogin({ code: '123456' }),
    );
    expect(tally(await Promise.all(logins))).toEqual({ StaffLoginFailed: PER_ADDRESS - 10 });
    const codes: StaffAnswer[] = [];
    const desk = new Desk(shop.url, 'anybody');
    for (let number = 0; number < 12; number += 1) codes.push(await desk.scan(`GUESS-${number}`));
    expect(tally(codes)).toEqual({ EnrolmentFailed: 10, TooManyAttempts: 2 });
    expect((await desk.confirm('GUESS', '123456')).__typename).toBe('TooManyAttempts');
  });

  it('the password of whoever left the browser open ends after five', async () => {
    await open();
    const kim = await shop.operator('kim');
    const change = `mutation ($input: StaffPasswordChangeInput!) { staffPasswordChange(input: $input) { __typename } }`;
    const input = { password: 'a guess', code: '123456', newPassword: 'a password of mine' };
    const seven = await Promise.all(Array.from({ length: 7 }, () => kim.ask<StaffAnswer>(change, { input })));
    expect(tally(seven)).toEqual({ StaffLoginFailed: PER_PAIR, TooManyAttempts: 2 });
  });
});

it('documents of a login name the fields that cannot be right, and guess nothing', async () => {
  await open();
  const { errors } = await shop.guest.send(STAFF_LOGIN, {
    input: { loginName: '', password: 'x'.repeat(1_025), code: ' ' },
  });
  expect(errors?.[0]?.extensions.fields?.map(({ path }) => path)).toEqual([
    'input.loginName',
    'input.password',
    'input.code',
  ]);
});
