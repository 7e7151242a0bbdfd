import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Vault } from '#common';
import { Staff, STAFF_SEALS, StaffAccountsService } from '#identity';
import { Client } from '../../support/client.js';
import { BY_TEST, codeOf, Desk, PASSWORD, type StaffAnswer } from '../../support/desk.js';
import { Shop } from '../../support/shop.js';
import { expectSound } from '../../support/sound.js';

const NEW_PASSWORD = 'a passphrase for the next year';
const CHANGE = `mutation ($input: StaffPasswordChangeInput!) { staffPasswordChange(input: $input) { __typename ... on Refusal { message } } }`;

let shop: Shop;
let kim: Desk;

beforeAll(async () => {
  // Many of these tests fail on purpose, and all of them from one address.
  shop = await Shop.open({ environment: { LOGIN_FAILURES_PER_ADDRESS: '1000' } });
});
beforeEach(async () => {
  kim = await shop.operator('kim', 'FINANCE');
});
afterAll(async () => {
  await shop.close();
});

const accounts = (): StaffAccountsService => shop.get(StaffAccountsService);
const names = (answers: readonly { __typename: string }[]): string[] =>
  answers.map(({ __typename }) => __typename).toSorted();
const change = (password: string, code: string, newPassword = NEW_PASSWORD): Promise<StaffAnswer> =>
  kim.ask(CHANGE, { input: { password, code, newPassword } });

describe('a login of one of the staff', () => {
  it('takes the password and the code of the authenticator, in whatever case and spacing name and code are typed', async () => {
    const code = kim.code(1);
    const login = await kim.tryLogin({
      loginName: ` ${kim.loginName.toUpperCase()}`,
      code: ` ${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(login).toMatchObject({ __typename: 'StaffLogin', staff: { loginName: kim.loginName, roles: ['FINANCE'] } });
  });

  it('answers the same whatever is wrong', async () => {
    const lee = await shop.operator('lee');
    await accounts().setStatus(lee.loginName, 'DISABLED', BY_TEST);
    const pia = new Desk(shop.url, 'pia');
    await accounts().add({ loginName: 'pia', displayName: '皮亚' }, ['ADMIN'], BY_TEST);
    const attempts = [
      new Desk(shop.url, 'nobody').tryLogin({ code: '123456' }),
      new Desk(shop.url, 'nobody').tryLogin({ code: 'ABCD-EFGH-ABCD-EFGH' }),
      kim.tryLogin({ password: 'wrong', code: kim.code(1) }),
      kim.tryLogin({ password: 'wrong', code: kim.nextRecoveryCode() }),
      kim.tryLogin({ code: kim.wrongCode() }),
      kim.tryLogin({ code: 'ABCD-EFGH-ABCD-EFGH' }),
      new Desk(shop.url, 'nobody').tryLogin({ code: 'neither' }),
      kim.tryLogin({ code: lee.nextRecoveryCode() }),
      lee.tryLogin({ code: lee.code(1) }),
      lee.tryLogin({ code: lee.nextRecoveryCode() }),
      pia.tryLogin({ code: '123456' }),
    ];
    const answers = await Promise.all(attempts);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([
        JSON.stringify({ __typename: 'StaffLoginFailed', message: '登录名、密码或验证码不正确，或验证码已使用过。' }),
      ]),
    );
  });

  it('with a wrong password leaves a good code as it was', async () => {
    const [code, paper] = [kim.code(1), kim.nextRecoveryCode()];
    for (const good of [code, paper]) await kim.tryLogin({ password: 'wrong', code: good });
    expect((await kim.tryLogin({ code: paper })).__typename).toBe('StaffLogin');
    expect((await kim.tryLogin({ code })).__typename).toBe('StaffLogin');
  });

  it.each([
    ['code of the authenticator', () => kim.code(1)],
    ['recovery code', () => kim.nextRecoveryCode()],
  ])('with one %s at once from five browsers lets one of them in, and nobody later', async (_what, codeNow) => {
    const code = codeNow();
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => kim.tryLogin({ code })));
    expect(names(five).filter((name) => name === 'StaffLogin')).toHaveLength(1);
    expect(names(five).filter((name) => name === 'StaffLoginFailed')).toHaveLength(4);
    expect((await kim.tryLogin({ code })).__typename).not.toBe('StaffLogin');
    await expectSound(shop);
  });

  it('with the code before the last is refused once a later one was used', async () => {
    expect((await kim.tryLogin({ code: kim.code(1) })).__typename).toBe('StaffLogin');
    expect((await kim.tryLogin({ code: kim.code(0) })).__typename).toBe('StaffLoginFailed');
  });

  it('makes the hash anew if it was made with other figures, and the password stays good', async () => {
    const [vault, db] = [shop.get(Vault), shop.source.manager];
    const id = await kim.staffId();
    const weak = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await db.update(Staff, { id }, { passwordHash: vault.seal(STAFF_SEALS.passwordHash, id, weak) });
    await kim.login();
    const { passwordHash } = await db.findOneByOrFail(Staff, { id });
    expect(vault.open(STAFF_SEALS.passwordHash, id, passwordHash!)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await kim.login();
    expect((await db.findOneByOrFail(Staff, { id })).passwordHash!.bytes).toEqual(passwordHash!.bytes);
  });
});

describe('a session of one of the staff', () => {
  it('lasts twelve hours from the login, however often it is refreshed', async () => {
    const expiry = async (): Promise<unknown> =>
      (
        await shop.rows(
          'SELECT TIMESTAMPDIFF(SECOND, started_at, expires_at) AS seconds FROM session JOIN staff ON staff.id = staff_id WHERE login_name = ?',
          [kim.loginName],
        )
      )[0];
    expect(await expiry()).toEqual({ seconds: '43200' });
    const fresh = await kim.refresh();
    expect(fresh).toMatchObject({ __typename: 'StaffLogin', staff: { loginName: kim.loginName } });
    kim.accessToken = fresh.accessToken!;
    expect([await kim.state(), await expiry()]).toEqual(['OK', { seconds: '43200' }]);
  });

  it('is shown and ended like any other', async () => {
    await kim.login();
    const { edges } = await kim.ask<{ edges: { node: { isThis: boolean } }[] }>(
      '{ sessions { edges { node { isThis } } } }',
    );
    expect(edges.map(({ node }) => node.isThis)).toEqual([true, false]);
    await kim.ask('mutation { logoutEverywhere }');
    expect([await kim.state(), (await kim.refresh()).__typename]).toEqual(['UNAUTHENTICATED', 'SessionEnded']);
  });

  it('ends when its refresh token is used twice, long apart', async () => {
    const stolen = kim.refreshToken;
    await kim.refresh();
    await shop.rows('UPDATE session SET rotated_at = rotated_at - INTERVAL 31 SECOND');
    expect((await kim.refresh(stolen)).__typename).toBe('SessionEnded');
    expect(await kim.state()).toBe('UNAUTHENTICATED');
  });

  it('is no buyer’s, and a buyer’s is none of the staff’s: neither token is good at the other’s door', async () => {
    const ana = await shop.login('ana');
    const asStaff = new Desk(shop.url, 'ana');
    asStaff.accessToken = ana.accessToken;
    expect([await asStaff.state(), (await asStaff.refresh(ana.refreshToken)).__typename]).toEqual([
      'FORBIDDEN',
      'SessionEnded',
    ]);
    expect(codeOf(await kim.send('{ me { id } }'))).toBe('FORBIDDEN');
    const refreshed = await shop.guest.ask<{ __typename: string }>(
      'mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) { __typename } }',
      { input: { refreshToken: kim.refreshToken } },
    );
    expect(refreshed.__typename).toBe('SessionEnded');
    expect([await kim.state(), codeOf(await ana.send('{ me { id } }'))]).toEqual(['OK', 'OK']);
  });
});

describe('one of the staff who is disabled', () => {
  it('is out at once, on every browser, and gets in with nothing; enabled again, by logging in anew', async () => {
    await accounts().setStatus(kim.loginName, 'DISABLED', BY_TEST);
    expect([await kim.state(), (await kim.refresh()).__typename]).toEqual(['UNAUTHENTICATED', 'UserDisabled']);
    await expectSound(shop);
    await accounts().setStatus(kim.loginName, 'ACTIVE', BY_TEST);
    expect([await kim.state(), (await kim.refresh()).__typename]).toEqual(['UNAUTHENTICATED', 'SessionEnded']);
    await kim.login();
    expect(await kim.state()).toBe('OK');
  });

  it('is out by the word of the database alone', async () => {
    await shop.rows("UPDATE staff SET status = 'DISABLED' WHERE login_name = ?", [kim.loginName]);
    expect([await kim.state(), (await kim.refresh()).__typename]).toEqual(['UNAUTHENTICATED', 'UserDisabled']);
    await shop.rows("UPDATE staff SET status = 'ACTIVE' WHERE login_name = ?", [kim.loginName]);
  });

  it('while logging in has no session that works, whoever is first', async () => {
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([
        kim.tryLogin({ code: kim.nextRecoveryCode() }),
        accounts().setStatus(kim.loginName, 'DISABLED', BY_TEST),
      ]);
      await expectSound(shop);
      await accounts().setStatus(kim.loginName, 'ACTIVE', BY_TEST);
    }
  });
});

describe('a change of password', () => {
  it('needs the old one and a code, ends all other sessions, and keeps this one', async () => {
    const other = kim.accessToken;
    await kim.login();
    expect((await change('wrong', kim.code(1))).__typename).toBe('StaffLoginFailed');
    expect((await change(PASSWORD, kim.wrongCode())).__typename).toBe('StaffLoginFailed');
    expect((await change(PASSWORD, kim.code(1), kim.loginName.repeat(3))).__typename).toBe('PasswordObvious');
    expect(await kim.state()).toBe('OK');
    expect((await change(PASSWORD, kim.nextRecoveryCode())).__typename).toBe('Staff');
    expect(await kim.state()).toBe('OK');
    expect(codeOf(await new Client(shop.url, other).send('{ staffMe { id } }'))).toBe('UNAUTHENTICATED');
    const [old, now] = [PASSWORD, NEW_PASSWORD].map((password) =>
      kim.tryLogin({ password, code: kim.nextRecoveryCode() }),
    );
    expect([(await old!).__typename, (await now!).__typename]).toEqual(['StaffLoginFailed', 'StaffLogin']);
    await expectSound(shop);
  });

  it('is not made with a code that was used to log in', async () => {
    for (const code of [kim.code(1), kim.nextRecoveryCode()]) {
      expect((await kim.tryLogin({ code })).__typename).toBe('StaffLogin');
      expect((await change(PASSWORD, code)).__typename).toBe('StaffLoginFailed');
    }
  });

  it('while somebody logs in with the old one is one after the other: nobody is in by a password that is gone', async () => {
    const [login] = await Promise.all([
      kim.tryLogin({ code: kim.nextRecoveryCode() }),
      change(PASSWORD, kim.nextRecoveryCode()),
    ]);
    const works = codeOf(await new Client(shop.url, login.accessToken ?? 'none').send('{ staffMe { id } }'));
    expect(works).toBe('UNAUTHENTICATED');
  });
});

it('a role counts from the next request on, and no longer than it is held', async () => {
  const queue = async (): Promise<string> => codeOf(await kim.send('{ refundQueue { edges { cursor } } }'));
  expect(await queue()).toBe('OK');
  await accounts().setRoles(kim.loginName, ['CATALOG'], BY_TEST);
  expect([await queue(), codeOf(await kim.send('{ offerSheets { edges { cursor } } }'))]).toEqual(['FORBIDDEN', 'OK']);
  await shop.rows("UPDATE staff_role JOIN staff ON staff.id = staff_id SET role = 'EMPEROR' WHERE login_name = ?", [
    kim.loginName,
  ]);
  expect([await queue(), await kim.ask('{ staffMe { roles } }')]).toEqual(['FORBIDDEN', { roles: [] }]);
  await shop.rows("UPDATE staff_role SET role = 'CATALOG' WHERE role = 'EMPEROR'");
});
