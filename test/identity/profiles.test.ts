import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, isObjectType, isUnionType } from 'graphql';
import { idBytes, newId, Vault } from '#common';
import { User, USER_SEALS, type UserId } from '#identity';
import type { Answer } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';

const UPDATE = 'mutation ($input: ProfileUpdateInput!) { profileUpdate(input: $input) { id nickname } }';

let shop: Shop;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

const update = (phone: Phone, input: object): Promise<Answer> => phone.send(UPDATE, { input });
const nicknameOf = async (phone: Phone): Promise<string | null> =>
  (await phone.ask<{ nickname: string | null }>('{ me { nickname } }')).nickname;
const storedOf = async (id: UserId): Promise<Buffer | null> => {
  const [row] = await shop.rows<{ nickname: Buffer | null }>('SELECT nickname FROM user WHERE id = ?', [idBytes(id)]);
  return row!.nickname;
};

describe('a person', () => {
  it('has no name until they give one, and then sees it in full', async () => {
    expect(await nicknameOf(ana)).toBeNull();
    const { data } = await update(ana, { nickname: '桂花糕阿婆' });
    expect(data).toEqual({ profileUpdate: { id: anaId, nickname: '桂花糕阿婆' } });
    expect(await nicknameOf(ana)).toBe('桂花糕阿婆');
  });

  it('may give the same name again, which changes nothing, and as many may as like', async () => {
    for (let time = 0; time < 2; time += 1) {
      await update(ana, { nickname: '小三' });
      expect(await nicknameOf(ana)).toBe('小三');
    }
    const bo = await shop.login('bo');
    await update(bo, { nickname: '小三' });
    expect(await nicknameOf(bo)).toBe('小三');
  });

  it('has the name composed and without space around it', async () => {
    const { data } = await update(ana, { nickname: ' \u3000e\u0301clair\n' });
    expect(data).toMatchObject({ profileUpdate: { nickname: 'éclair' } });
  });

  it('keeps the name that is left out, and loses the one that is null', async () => {
    await update(ana, { nickname: '小三' });
    expect((await update(ana, {})).data).toMatchObject({ profileUpdate: { nickname: '小三' } });
    expect((await update(ana, { nickname: null })).data).toMatchObject({ profileUpdate: { nickname: null } });
    expect(await storedOf(anaId)).toBeNull();
  });

  it('may have the longest name that fits', async () => {
    const longest = '🇨🇳'.repeat(20);
    await update(ana, { nickname: longest });
    expect(await nicknameOf(ana)).toBe(longest);
    const heaviest = `${'小\u0323\u0301'.repeat(13)}${'\u4e00'.repeat(7)}`;
    expect((await update(ana, { nickname: heaviest })).errors).toBeUndefined();
  });

  it('keeps the name when they log in again, and sees it at once', async () => {
    await update(ana, { nickname: '小三' });
    const login = await shop.guest.ask<{ user: object; refreshToken: string }>(
      'mutation ($input: LoginInput!) { login(input: $input) { ... on Login { refreshToken user { id nickname } } } }',
      { input: { code: await ana.loginCode() } },
    );
    expect(login.user).toEqual({ id: anaId, nickname: '小三' });
    const refreshed = await shop.guest.ask<{ user: object }>(
      'mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) { ... on Login { user { id nickname } } } }',
      { input: { refreshToken: login.refreshToken } },
    );
    expect(refreshed.user).toEqual({ id: anaId, nickname: '小三' });
  });

  // prettier-ignore
  it.each<[what: string, nickname: string, zh: string, en: string]>([
    ['empty',                 '',                   '必须是 1 至 20 个字符。', 'Must be 1 to 20 characters long.'],
    ['nothing but space',     ' \u3000 ',           '必须是 1 至 20 个字符。', 'Must be 1 to 20 characters long.'],
    ['too long',              '小'.repeat(21),      '必须是 1 至 20 个字符。', 'Must be 1 to 20 characters long.'],
    ['as long as a request',  '小'.repeat(50_000),  '必须是 1 至 20 个字符。', 'Must be 1 to 20 characters long.'],
    ['turned around',         '小\u202E三',         '不能含有换行、控制字符、不可见字符或堆叠的附加符号。',
      'Must not contain line breaks, control characters, invisible characters or stacked marks.'],
  ])('is told in their language why a name that is %s will not do, and keeps the old one', async (_what, nickname, zh, en) => {
    await update(ana, { nickname: '小三' });
    const before = await storedOf(anaId);
    for (const [language, message] of [['zh-CN', zh], ['en', en]] as const) {
      const { data, errors } = await ana.send(UPDATE, { input: { nickname } }, { 'accept-language': language });
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.nickname', message }],
      });
    }
    expect(await storedOf(anaId)).toEqual(before);
  });

  it('of two phones that name them at once has one of the two names', async () => {
    const other = await shop.login(ana.person);
    await Promise.all([update(ana, { nickname: '小一' }), update(other, { nickname: '小二' })]);
    expect(['小一', '小二']).toContain(await nicknameOf(ana));
  });
});

describe('somebody’s whole name', () => {
  it('is told to nobody else, not even to an operator', async () => {
    await update(ana, { nickname: '桂花糕阿婆' });
    const olga = await shop.operator('olga');
    const input = { userId: anaId, reason: '误判' };
    const enabled = await olga.ask(
      'mutation ($input: UserChangeInput!) { userEnable(input: $input) { id nickname } }',
      {
        input,
      },
    );
    expect(enabled).toEqual({ id: anaId, nickname: null });
  });

  it('cannot be asked for by a guest, who gets a person nowhere but in the answer to a login', async () => {
    const { schema } = shop.get(GraphQLSchemaHost);
    const leading = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
      .filter(({ field }) => {
        const answer = getNamedType(field.type);
        const types = isUnionType(answer) ? answer.getTypes() : [answer];
        return types.some(({ name }) => name === 'User');
      })
      .map(({ type, field }) => `${type.name}.${field.name}`);
    expect(leading.toSorted()).toEqual([
      'BuyerFile.buyer',
      'Login.user',
      'Mutation.avatarSet',
      'Mutation.phoneRemove',
      'Mutation.phoneUpdate',
      'Mutation.profileUpdate',
      'Mutation.userDisable',
      'Mutation.userEnable',
      'Query.me',
      'Query.people',
    ]);
    const avatar = `mutation { avatarSet(input: { imageId: "${newId('image')}" }) { ... on User { nickname } } }`;
    for (const document of [
      '{ me { nickname } }',
      avatar,
      'mutation { profileUpdate(input: { nickname: "小三" }) { id } }',
      'mutation { phoneRemove { wholePhone } }',
      'mutation { phoneUpdate(input: { code: "0" }) { __typename } }',
      '{ people(phone: "13812345678") { wholePhone } }',
      `{ buyerFile(buyerId: "${newId('user')}") { buyer { wholePhone } } }`,
    ]) {
      const { errors } = await shop.guest.send(document);
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  it('stands in the database sealed for that person, so that it opens nowhere else', async () => {
    await update(ana, { nickname: '桂花糕阿婆' });
    const vault = shop.get(Vault);
    const { nickname } = await shop.source.manager.findOneByOrFail(User, { id: anaId });
    expect(vault.open(USER_SEALS.nickname, anaId, nickname!)).toBe('桂花糕阿婆');
    const bo = await shop.login('bo');
    await shop.source.manager.update(User, { id: await bo.userId() }, { nickname });
    expect((await bo.send('{ me { nickname } }')).errors?.[0]?.extensions.code).toBe('INTERNAL');
  });
});
