import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idBytes } from '#common';
import { Staff, StaffAccountsService, type Invitation } from '#identity';
import { BY_TEST, Desk, PASSWORD } from '../../support/desk.js';
import { Shop } from '../../support/shop.js';
import { expectSound } from '../../support/sound.js';

let shop: Shop;
let kim: Desk;
let invitation: Invitation;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  named += 1;
  kim = new Desk(shop.url, `kim.the.number-${named}`);
  invitation = await accounts().add({ loginName: kim.loginName, displayName: '金' }, ['FINANCE'], BY_TEST);
});

const accounts = (): StaffAccountsService => shop.get(StaffAccountsService);
const rowOf = ({ staff: { id } }: Invitation): Promise<Staff> => shop.source.manager.findOneByOrFail(Staff, { id });

describe('somebody who was given an account', () => {
  it('sets a password, scans the secret, proves it, gets ten recovery codes, and may log in', async () => {
    expect((await kim.tryLogin({ code: '123456' })).__typename).toBe('StaffLoginFailed');
    const scanned = await kim.scan(invitation.enrolmentCode);
    expect(scanned).toMatchObject({
      __typename: 'StaffEnrolment',
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      otpauthUri: expect.stringContaining(
        `otpauth://totp/%E5%A5%BD%E5%9B%A2:${kim.loginName}?secret=${scanned.secret}`,
      ),
    });
    const enrolled = await kim.confirm(invitation.enrolmentCode, kim.code());
    expect(enrolled.recoveryCodes).toHaveLength(10);
    expect(await kim.login(kim.code(1))).toMatchObject({
      staff: { id: invitation.staff.id, loginName: kim.loginName, roles: ['FINANCE'] },
    });
    expect([await kim.staffId(), await kim.state()]).toEqual([invitation.staff.id, 'OK']);
    await expectSound(shop);
  });

  it('may start again until it is confirmed, and then the last secret counts; after that the code is good for nothing', async () => {
    const { enrolmentCode } = invitation;
    await kim.scan(enrolmentCode, 'another password than the last');
    const lost = kim.code();
    await kim.scan(` ${enrolmentCode.toLowerCase().replaceAll('-', ' ')} `);
    expect((await kim.confirm(enrolmentCode, lost)).__typename).toBe('EnrolmentFailed');
    expect((await kim.confirm(enrolmentCode, kim.code())).__typename).toBe('StaffEnrolled');
    expect((await kim.confirm(enrolmentCode, kim.code(1))).__typename).toBe('EnrolmentFailed');
    expect((await kim.scan(enrolmentCode)).__typename).toBe('EnrolmentFailed');
  });

  it('cannot confirm before there is a secret', async () => {
    expect((await kim.confirm(invitation.enrolmentCode, '123456')).__typename).toBe('EnrolmentFailed');
  });

  it('who confirms twice at once gets one set of recovery codes', async () => {
    await kim.scan(invitation.enrolmentCode);
    const code = kim.code();
    const both = await Promise.all([1, 2].map(() => kim.confirm(invitation.enrolmentCode, code)));
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['EnrolmentFailed', 'StaffEnrolled']);
    await expectSound(shop);
  });

  it.each([
    [
      'expired',
      (id: Buffer) =>
        shop.rows('UPDATE staff SET enrolment_expires_at = NOW(3) - INTERVAL 1 SECOND WHERE enrolment_hash = ?', [id]),
    ],
    ['disabled', () => accounts().setStatus(kim.loginName, 'DISABLED', BY_TEST)],
  ])('cannot enrol with a code that is %s', async (_what, end) => {
    await kim.scan(invitation.enrolmentCode);
    await end((await rowOf(invitation)).enrolmentHash!);
    expect((await kim.scan(invitation.enrolmentCode)).__typename).toBe('EnrolmentFailed');
    expect((await kim.confirm(invitation.enrolmentCode, kim.code())).__typename).toBe('EnrolmentFailed');
  });

  it('may not have the login name as password', async () => {
    const refused = await kim.scan(invitation.enrolmentCode, kim.loginName.toUpperCase());
    expect(refused).toMatchObject({ __typename: 'PasswordObvious', message: '密码不能是登录名。' });
  });

  it('is told how long a password must be', async () => {
    await expect(kim.scan(invitation.enrolmentCode, 'x'.repeat(11))).rejects.toThrow('必须是 12 至 128 个字符。');
  });
});

describe('a reset', () => {
  beforeEach(async () => {
    await kim.enrol(invitation);
    await kim.login();
  });

  it('ends everything: sessions, password, authenticator, recovery codes; a new code starts anew', async () => {
    const again = await accounts().reset(kim.loginName, { by: 'command:root', reason: 'lost the phone' });
    expect(await kim.state()).toBe('UNAUTHENTICATED');
    expect((await kim.refresh()).__typename).toBe('SessionEnded');
    for (const code of [kim.code(1), kim.nextRecoveryCode()])
      expect((await kim.tryLogin({ code })).__typename).toBe('StaffLoginFailed');
    await expectSound(shop);

    await kim.enrol(again, 'an even better passphrase');
    expect((await kim.tryLogin({ code: kim.nextRecoveryCode() })).__typename).toBe('StaffLoginFailed');
    expect(
      (await kim.tryLogin({ password: 'an even better passphrase', code: kim.nextRecoveryCode() })).__typename,
    ).toBe('StaffLogin');
    await expectSound(shop);
  });

  it('is written down, with who and why, like all else that happens to the account', async () => {
    const by = 'command:root';
    await accounts().reset(kim.loginName, { by, reason: 'lost the phone' });
    await accounts().setRoles(kim.loginName, ['SUPPORT', 'CATALOG'], { by, reason: 'changed desks' });
    expect(await accounts().setRoles(kim.loginName, ['CATALOG', 'SUPPORT'], { by, reason: 'again' })).toBe(false);
    await accounts().setStatus(kim.loginName, 'DISABLED', { by, reason: 'left' });
    expect(await accounts().setStatus(kim.loginName, 'DISABLED', { by, reason: 'again' })).toBe(false);
    await accounts().setStatus(kim.loginName, 'ACTIVE', { by, reason: 'came back' });
    const { id } = invitation.staff;
    const entries = await shop.rows<{ kind: string; actor: string; reason: string; before: string; after: string }>(
      `SELECT kind, actor, reason, facts_before AS \`before\`, facts_after AS after FROM audit_entry
       WHERE subject_type = 'staff' AND subject_id = ? ORDER BY id`,
      [idBytes(id)],
    );
    const said = (json: string): unknown => JSON.parse(json);
    const all = entries.map(({ before, after, ...row }) => [...Object.values(row), said(before), said(after)]);
    const [active, disabled] = [{ status: 'ACTIVE' }, { status: 'DISABLED' }];
    const enrolled = (isEnrolled: boolean): object => ({ isEnrolled });
    const [money, desks] = [{ roles: ['FINANCE'] }, { roles: ['CATALOG', 'SUPPORT'] }];
    expect(all).toEqual([
      ['identity.staffAdded', 'command:test', BY_TEST.reason, {}, { ...active, ...money, ...enrolled(false) }],
      ['identity.staffEnrolled', id, 'by the person', enrolled(false), enrolled(true)],
      ['identity.staffReset', by, 'lost the phone', enrolled(true), enrolled(false)],
      ['identity.staffRolesSet', by, 'changed desks', money, desks],
      ['identity.staffDisabled', by, 'left', active, disabled],
      ['identity.staffEnabled', by, 'came back', disabled, active],
    ]);
    await expectSound(shop);
  });
});

it('a name is given once, however many ask for it at the same time', async () => {
  const adding = [1, 2, 3].map(() => accounts().add({ loginName: 'lee', displayName: '李' }, ['ADMIN'], BY_TEST));
  const added = await Promise.allSettled(adding);
  expect(added.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(accounts().reset('nobody', BY_TEST)).rejects.toThrow('nobody logs in as nobody');
});

it('a password is good however it is composed, and in its own case only', async () => {
  // More than 128 characters as typed, and fewer as they are kept.
  await kim.enrol(invitation, `Ｃaf${'e\u0301'.repeat(100)} au lait ﬁn`);
  const composed = (letter: string): string => `${letter}af${'\u00E9'.repeat(100)} au lait fin`;
  const [right, wrong] = [composed('C'), composed('c')].map((password) =>
    kim.tryLogin({ password, code: kim.nextRecoveryCode() }),
  );
  expect([(await right!).__typename, (await wrong!).__typename]).toEqual(['StaffLogin', 'StaffLoginFailed']);
  expect((await kim.tryLogin({ password: PASSWORD, code: kim.nextRecoveryCode() })).__typename).toBe(
    'StaffLoginFailed',
  );
});
