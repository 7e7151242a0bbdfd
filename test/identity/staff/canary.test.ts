import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { columnsWith } from '../../support/columns.js';
import { Desk } from '../../support/desk.js';
import { eavesdrop } from '../../support/eavesdropper.js';
import { Shop } from '../../support/shop.js';
import { staffCommand } from '../../support/staff-command.js';

const PASSWORD = '昂拉路的绝密口令 7319';
const NEXT_PASSWORD = '曲麻莱的下一个口令 4242';

let shop: Shop;
let heard: readonly string[];

beforeAll(async () => {
  shop = await Shop.open();
  heard = eavesdrop(shop);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await shop.close();
});

describe('after one of the staff has enrolled, logged in and changed the password, with some things going wrong', () => {
  const secrets = new Map<string, string[]>();

  beforeAll(async () => {
    const kim = new Desk(shop.url, 'kim');
    const lines = await staffCommand(shop, 'add', 'kim', '金', '--roles', 'ADMIN', '--reason', 'new');
    const enrolmentCode = lines.at(-1)!.split(' ').at(-1)!;
    const { secret } = await kim.scan(enrolmentCode, PASSWORD);
    const totp = kim.code();
    const { recoveryCodes } = await kim.confirm(enrolmentCode, totp);
    kim.recoveryCodes = [...recoveryCodes];
    await kim.tryLogin({ password: PASSWORD, code: kim.wrongCode() });
    const login = await kim.tryLogin({ password: PASSWORD, code: kim.nextRecoveryCode() });
    kim.accessToken = login.accessToken!;

    // What fails inside its transaction: the statements of an error name what they were to write.
    await shop.rows('RENAME TABLE session TO session_away');
    await expect(kim.refresh(login.refreshToken)).rejects.toThrow(/INTERNAL/);
    await kim.tryLogin({ password: PASSWORD, code: kim.nextRecoveryCode() }).catch(() => undefined);
    await shop.rows('RENAME TABLE session_away TO session');
    await shop.rows(
      "CREATE TRIGGER no_passwords BEFORE UPDATE ON staff FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'",
    );
    const input = { password: PASSWORD, code: kim.nextRecoveryCode(), newPassword: NEXT_PASSWORD };
    const change = 'mutation ($input: StaffPasswordChangeInput!) { staffPasswordChange(input: $input) { __typename } }';
    expect((await kim.send(change, { input })).errors?.[0]?.extensions.code).toBe('INTERNAL');
    await shop.rows('DROP TRIGGER no_passwords');
    expect(await kim.ask(change, { input })).toEqual({ __typename: 'Staff' });
    const broken = await kim.send(
      `mutation { staffLogin(input: { loginName: "kim", password: "${NEXT_PASSWORD}" code: }) }`,
    );
    expect(broken.errors?.[0]?.extensions.code).toBe('GRAPHQL_INVALID');

    const plain = (code: string): string[] => [code, code.replaceAll('-', '')];
    secrets.set('password', [PASSWORD]);
    secrets.set('next password', [NEXT_PASSWORD]);
    secrets.set('TOTP secret', [secret]);
    secrets.set('enrolment code', plain(enrolmentCode));
    for (const [index, code] of recoveryCodes.entries()) secrets.set(`recovery code ${index + 1}`, plain(code));
    secrets.set('tokens', [login.accessToken!, login.refreshToken!]);
  });

  it('no column of any table shows a password, a secret, a code or a token', async () => {
    expect(secrets.size).toBe(15);
    for (const [name, forms] of secrets)
      expect([
        name,
        await columnsWith(
          shop,
          forms.map((form) => Buffer.from(form)),
        ),
      ]).toEqual([name, []]);
  });

  it('nobody has written any of it down', () => {
    expect(heard.length).toBeGreaterThan(0);
    const told = heard.join('\n');
    for (const [name, forms] of secrets)
      expect([name, forms.filter((form) => told.includes(form))]).toEqual([name, []]);
  });
});
