import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idBytes, newId } from '#common';
import type { UserId } from '#identity';
import type { Answer, Client } from '../support/client.js';
import { codeOf, type Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

let shop: Shop;
let olga: Desk;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
  olga = await shop.operator('olga', 'ADMIN');
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

const DISABLE = `mutation ($input: UserChangeInput!) { userDisable(input: $input) { id status } }`;
const ENABLE = 'mutation ($input: UserChangeInput!) { userEnable(input: $input) { id status } }';

const disable = (by: Client, userId: string, reason = '倒卖名额'): Promise<Answer> =>
  by.send(DISABLE, { input: { userId, reason } });
const enable = (by: Client, userId: string, reason = '申诉成功'): Promise<Answer> =>
  by.send(ENABLE, { input: { userId, reason } });
const stateOf = async (phone: Phone): Promise<string> => codeOf(await phone.send('{ me { id } }'));
const said = (json: string): unknown => JSON.parse(json);
const changesOf = async (userId: UserId): Promise<unknown[]> => {
  const rows = await shop.rows<{ kind: string; actor: string; reason: string; before: string; after: string }>(
    `SELECT kind, actor, reason, facts_before AS \`before\`, facts_after AS after FROM audit_entry
     WHERE subject_type = 'user' AND subject_id = UNHEX(?) ORDER BY id`,
    [hexOf(userId)],
  );
  return rows.map(({ before, after, ...row }): unknown[] => [Object.values(row), said(before), said(after)]);
};
const hexOf = (userId: UserId): string => idBytes(userId).toString('hex');

describe('an operator who disables somebody', () => {
  it('shuts them out at once, on every phone, in the middle of what they do', async () => {
    const other = await shop.login(ana.person);
    expect([await stateOf(ana), await stateOf(other)]).toEqual(['OK', 'OK']);

    const { data } = await disable(olga, anaId);
    expect(data).toEqual({ userDisable: { id: anaId, status: 'DISABLED' } });
    expect([await stateOf(ana), await stateOf(other)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(
      await shop.rows('SELECT 1 FROM session WHERE user_id = UNHEX(?) AND revoked_at IS NULL', [hexOf(anaId)]),
    ).toEqual([]);
  });

  it('leaves who, when and why, once however often it is asked', async () => {
    await disable(olga, anaId, '刷单');
    await disable(olga, anaId, '再次');
    await enable(olga, anaId, '误判');
    await enable(olga, anaId, '再次');
    const by = await olga.staffId();
    const [active, disabled] = [{ status: 'ACTIVE' }, { status: 'DISABLED' }];
    expect(await changesOf(anaId)).toEqual([
      [['identity.userDisabled', by, '刷单'], active, disabled],
      [['identity.userEnabled', by, '误判'], disabled, active],
    ]);
  });

  it('and enables them again lets them log in, but revives no old session', async () => {
    await disable(olga, anaId);
    await enable(olga, anaId);
    expect(await stateOf(ana)).toBe('UNAUTHENTICATED');
    await ana.login();
    expect([await stateOf(ana), await ana.userId()]).toEqual(['OK', anaId]);
  });

  it('is not known to others: a guessed code or token of a disabled person is refused like any other', async () => {
    await disable(olga, anaId);
    const guess = `${ana.refreshToken.split('.')[0]!}.guess`;
    const { data } = await shop.guest.send(
      `mutation { login(input: { code: "guess" }) { __typename } sessionRefresh(input: { refreshToken: "${guess}" }) { __typename } }`,
    );
    expect(data).toEqual({ login: { __typename: 'LoginCodeInvalid' }, sessionRefresh: { __typename: 'SessionEnded' } });
  });

  it.each(['userDisable', 'userEnable'])('hears of %s that there is no such person', async (mutation) => {
    const ask = mutation === 'userDisable' ? disable : enable;
    const { errors } = await ask(olga, newId('user'));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', fields: [{ path: 'input.userId' }] });
  });

  it.each([
    ['userId', { userId: newId('order'), reason: 'x' }],
    ['reason', { userId: newId('user'), reason: ' ' }],
    ['reason', { userId: newId('user'), reason: 'x'.repeat(256) }],
  ])('must give a sensible %s', async (field, input) => {
    for (const mutation of [DISABLE, ENABLE]) {
      const { errors } = await olga.send(mutation, { input });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: `input.${field}` }] });
    }
  });

  it('while that person logs in leaves no session that works, whoever is first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [phone] = await Promise.all([shop.login(ana.person).catch(() => null), disable(olga, anaId)]);
      if (phone) expect(await stateOf(phone)).toBe('UNAUTHENTICATED');
      await expectSound(shop);
      await enable(olga, anaId);
    }
  });
});

describe('a buyer, and one of the staff without the role', () => {
  it('may do none of it, and nothing comes of trying', async () => {
    const victim = await shop.login('victim');
    const victimId = await victim.userId();
    const pia = await shop.operator('pia', 'CATALOG', 'FINANCE', 'SUPPORT');
    for (const by of [ana, pia]) {
      expect(codeOf(await disable(by, victimId))).toBe('FORBIDDEN');
      expect(codeOf(await enable(by, victimId))).toBe('FORBIDDEN');
    }
    expect([await stateOf(victim), await changesOf(victimId)]).toEqual(['OK', []]);
  });
});

it('nothing of all this broke what must hold', async () => {
  await expectSound(shop);
});
