import { afterEach, describe, expect, it } from '@jest/globals';
import type { Config } from '#common';
import type { Answer } from '../support/client.js';
import { Shop } from '../support/shop.js';

const FAILURES_MAX = 30;
const LOGINS_MAX = 20;

const REFUSAL = '... on TooManyAttempts { message retryAfterSeconds }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { __typename ${REFUSAL} } }`;
const REFRESH = `mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) { __typename ${REFUSAL} } }`;

interface Outcome {
  readonly __typename: string;
  readonly retryAfterSeconds?: number;
  readonly message?: string;
}

let shop: Shop;

async function open(environment: Partial<Record<keyof Config, string>> = {}): Promise<void> {
  shop = await Shop.open({ environment });
}
afterEach(async () => {
  await shop.close();
});

const loginWith = (code: string, headers: Record<string, string> = {}): Promise<Outcome> =>
  shop.guest.send(LOGIN, { input: { code } }, headers).then(only);
const refreshWith = (refreshToken: string): Promise<Outcome> => shop.guest.ask(REFRESH, { input: { refreshToken } });
const only = ({ data }: Answer): Outcome => (data as unknown as { login: Outcome }).login;

/** How many outcomes there are of each kind. */
function tally(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename } of outcomes) counts[__typename] = (counts[__typename] ?? 0) + 1;
  return counts;
}

/** One document that asks the same many times, under other names. */
async function inOneDocument(field: (number: number) => string, count: number): Promise<Outcome[]> {
  const fields = Array.from({ length: count }, (_, number) => `f${number}: ${field(number)} { __typename }`);
  const { data } = await shop.guest.send(`mutation { ${fields.join(' ')} }`);
  return Object.values(data as unknown as Record<string, Outcome>);
}

describe('guessing login codes from one address', () => {
  it('ends after thirty, in as many requests, and then good codes do not help either', async () => {
    await open();
    const outcomes: Outcome[] = [];
    for (let number = 0; number < FAILURES_MAX + 2; number += 1) outcomes.push(await loginWith(`guess ${number}`));
    expect(tally(outcomes)).toEqual({ LoginCodeInvalid: FAILURES_MAX, TooManyAttempts: 2 });
    const refused = await loginWith(await shop.phone('ana').loginCode());
    expect(refused.__typename).toBe('TooManyAttempts');
    expect(refused.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(600);
    expect(refused.message).toContain(`${refused.retryAfterSeconds!}秒`);
  });

  it('ends after thirty in one document with a hundred aliases, in their order (S-1, S-15)', async () => {
    await open();
    const outcomes = await inOneDocument((number) => `login(input: { code: "guess ${number}" })`, 100);
    expect(outcomes.map(({ __typename }) => __typename)).toEqual([
      ...Array<string>(FAILURES_MAX).fill('LoginCodeInvalid'),
      ...Array<string>(100 - FAILURES_MAX).fill('TooManyAttempts'),
    ]);
  });

  it('ends after thirty when a hundred come at once', async () => {
    await open();
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, number) => loginWith(`guess ${number}`)));
    expect(tally(outcomes)).toEqual({ LoginCodeInvalid: FAILURES_MAX, TooManyAttempts: 70 });
  });

  it('gains nothing by a forged X-Forwarded-For', async () => {
    await open({ LOGIN_FAILURES_PER_ADDRESS: '2' });
    const outcomes: Outcome[] = [];
    for (let number = 0; number < 5; number += 1) {
      outcomes.push(await loginWith(`guess ${number}`, { 'x-forwarded-for': `192.0.2.${number}` }));
    }
    expect(tally(outcomes)).toEqual({ LoginCodeInvalid: 2, TooManyAttempts: 3 });
  });

  it('is counted by the address that a trusted proxy names, and not by what the client says before it', async () => {
    await open({ LOGIN_FAILURES_PER_ADDRESS: '1', TRUSTED_PROXIES: '127.0.0.0/8, ::1' });
    const from = (forwarded: string): Promise<Outcome> => loginWith('guess', { 'x-forwarded-for': forwarded });
    expect((await from('192.0.2.1')).__typename).toBe('LoginCodeInvalid');
    expect((await from('192.0.2.2')).__typename).toBe('LoginCodeInvalid');
    expect((await from('192.0.2.1')).__typename).toBe('TooManyAttempts');
    expect((await from('198.51.100.7, 192.0.2.1')).__typename).toBe('TooManyAttempts');
  });

  it('does not keep those from logging in who have codes: a hundred people come at once', async () => {
    await open();
    const codes = await Promise.all(Array.from({ length: 100 }, (_, number) => shop.phone(`p${number}`).loginCode()));
    expect(tally(await Promise.all(codes.map((code) => loginWith(code))))).toEqual({ Login: 100 });
  });

  it('is not what it looks like while WeChat is away', async () => {
    await open({ LOGIN_FAILURES_PER_ADDRESS: '1' });
    await shop.fault('login', 'error_500', 3);
    for (let time = 0; time < 3; time += 1) {
      const { errors } = await shop.guest.send(LOGIN, { input: { code: await shop.phone('ana').loginCode() } });
      expect(errors?.[0]?.extensions.code).toBe('CHANNEL_UNAVAILABLE');
    }
    expect((await loginWith(await shop.phone('ana').loginCode())).__typename).toBe('Login');
  });
});

describe('one person', () => {
  it('logs in twenty times in ten minutes and no more, while others still may', async () => {
    await open();
    const outcomes: Outcome[] = [];
    for (let time = 0; time < LOGINS_MAX + 3; time += 1)
      outcomes.push(await loginWith(await shop.phone('ana').loginCode()));
    expect(tally(outcomes)).toEqual({ Login: LOGINS_MAX, TooManyAttempts: 3 });
    expect(outcomes.at(-1)?.retryAfterSeconds).toBeGreaterThan(0);
    expect((await loginWith(await shop.phone('bo').loginCode())).__typename).toBe('Login');
    expect(await shop.rows('SELECT 1 FROM session')).toHaveLength(LOGINS_MAX + 1);
  });

  it('logs in no more often with aliases', async () => {
    await open({ LOGINS_PER_PERSON: '3' });
    const codes = await Promise.all(Array.from({ length: 5 }, () => shop.phone('ana').loginCode()));
    const outcomes = await inOneDocument((number) => `login(input: { code: "${codes[number]!}" })`, codes.length);
    expect(tally(outcomes)).toEqual({ Login: 3, TooManyAttempts: 2 });
  });
});

describe('guessing refresh tokens from one address', () => {
  it('ends after thirty, aliases or not, and a good token does not help then; logging in still does', async () => {
    await open();
    const ana = await shop.login('ana');
    const outcomes = await inOneDocument(() => 'sessionRefresh(input: { refreshToken: "guess" })', 40);
    expect(tally(outcomes)).toEqual({ SessionEnded: FAILURES_MAX, TooManyAttempts: 10 });
    expect((await refreshWith(ana.refreshToken)).__typename).toBe('TooManyAttempts');
    expect((await loginWith(await shop.phone('ana').loginCode())).__typename).toBe('Login');
  });

  it('is not what phones do whose sessions are over, however many come back at once', async () => {
    await open({ REFRESH_FAILURES_PER_ADDRESS: '2' });
    const phones = await Promise.all(Array.from({ length: 10 }, (_, number) => shop.login(`p${number}`)));
    await shop.rows('UPDATE session SET revoked_at = NOW(3)');
    const outcomes = await Promise.all(phones.map(({ refreshToken }) => refreshWith(refreshToken)));
    expect(tally(outcomes)).toEqual({ SessionEnded: 10 });
    const forged = phones.map(({ refreshToken }) => refreshWith(`${refreshToken.split('.')[0]!}.guess`));
    expect(tally(await Promise.all(forged))).toEqual({ SessionEnded: 2, TooManyAttempts: 8 });
  });
});
