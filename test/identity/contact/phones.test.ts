import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idBytes, Vault } from '#common';
import { User, USER_SEALS, type UserId } from '#identity';
import type { Answer } from '../../support/client.js';
import type { Desk } from '../../support/desk.js';
import type { Phone } from '../../support/phone.js';
import { Shop } from '../../support/shop.js';

const UPDATE = `mutation ($input: PhoneUpdateInput!) { phoneUpdate(input: $input) {
  __typename ... on User { phone wholePhone } ... on TooManyAttempts { retryAfterSeconds } ... on Refusal { message }
} }`;
const REMOVE = 'mutation { phoneRemove { phone wholePhone } }';
const MINE = '{ me { phone wholePhone } }';
const PEOPLE = 'query ($phone: String!) { people(phone: $phone) { id status phone wholePhone nickname } }';
const NONE = { phone: null, wholePhone: null };

let shop: Shop;
let olga: Desk;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open({ environment: { PHONE_CODES_PER_PERSON: '4' } });
  olga = await shop.operator('olga', 'SUPPORT');
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
  await ana.agree('PHONE');
});

const update = (phone: Phone, code: string): Promise<object> => phone.ask(UPDATE, { input: { code } });
const give = async (phone: Phone, pure_phone_number: string, country_code?: string | number): Promise<object> =>
  update(phone, await phone.phoneCode({ pure_phone_number, country_code }));
const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;

describe('a telephone number', () => {
  it('is unknown until its owner gives it, and then shown to them masked and, where they ask, whole', async () => {
    expect(await ana.ask(MINE)).toEqual(NONE);
    const given = { phone: '138****5678', wholePhone: '13812345678' };
    expect(await give(ana, '13812345678')).toEqual({ __typename: 'User', ...given });
    expect(await ana.ask(MINE)).toEqual(given);
  });

  // prettier-ignore
  it.each<[countryCode: string | number, number: string, kept: string, masked: string]>([
    ['86', '13912345678', '13912345678',   '139****5678'],
    [86,   '13912345678', '13912345678',   '139****5678'],
    ['852', '61234567',   '+85261234567',  '+852****67'],
    [1,    '4155550100',  '+14155550100',  '+141****00'],
    ['86', '90012345678', '+8690012345678', '+869****78'], // none that we know of, but WeChat says so
  ])('with country code %j and digits %s is kept as %s', async (countryCode, number, wholePhone, phone) => {
    expect(await give(ana, number, countryCode)).toEqual({ __typename: 'User', phone, wholePhone });
  });

  it('takes the place of the one before, and is taken back for good', async () => {
    await give(ana, '13812345678');
    await give(ana, '13900000001');
    expect(await ana.ask(MINE)).toMatchObject({ wholePhone: '13900000001' });
    for (let time = 0; time < 2; time += 1) expect(await ana.ask(REMOVE)).toEqual(NONE);
    const [row] = await shop.rows('SELECT phone, phone_index, phone_code_hash FROM user WHERE id = ?', [
      idBytes(anaId),
    ]);
    expect(row).toEqual({ phone: null, phone_index: null, phone_code_hash: null });
    expect(await olga.ask(PEOPLE, { phone: '13900000001' })).toEqual([]);
  });

  it('may be the same for two people, and stays with both', async () => {
    const bo = await shop.login('bo');
    await bo.agree('PHONE');
    await give(ana, '13712345678');
    await give(bo, '13712345678');
    expect(await ana.ask(MINE)).toMatchObject({ wholePhone: '13712345678' });
    const people = await olga.ask<{ id: string }[]>(PEOPLE, { phone: '13712345678' });
    expect(people.map(({ id }) => id).toSorted()).toEqual([anaId, await bo.userId()].toSorted());
  });

  it('stays when its owner logs in again', async () => {
    await give(ana, '13812345678');
    const login = await shop.guest.ask<{ user: object }>(
      'mutation ($input: LoginInput!) { login(input: $input) { ... on Login { user { phone wholePhone } } } }',
      { input: { code: await ana.loginCode() } },
    );
    expect(login.user).toEqual({ phone: '138****5678', wholePhone: '13812345678' });
  });

  it('stands in the database sealed for that person, so that it opens nowhere else', async () => {
    await give(ana, '13812345678');
    const { phone, phoneIndex } = await shop.source.manager.findOneByOrFail(User, { id: anaId });
    expect(shop.get(Vault).open(USER_SEALS.phone, anaId, phone!)).toBe('13812345678');
    const bo = await shop.login('bo');
    await shop.source.manager.update(User, { id: await bo.userId() }, { phone, phoneIndex });
    expect(codeOf(await bo.send(MINE))).toBe('INTERNAL');
    await bo.ask(REMOVE);
    await expect(shop.rows("UPDATE user SET phone = '13812345678'")).rejects.toThrow('user_phone_sealed');
    await expect(shop.rows('UPDATE user SET phone_index = NULL WHERE id = ?', [idBytes(anaId)])).rejects.toThrow(
      'user_phone_found',
    );
  });
});

describe('the consent to keep it', () => {
  it('comes first: without it WeChat is not asked, and the same code brings the number once it is given', async () => {
    const bo = await shop.login(`bo without consent ${named}`);
    const code = await bo.phoneCode({ pure_phone_number: '13312345678' });
    expect(await update(bo, code)).toEqual({
      __typename: 'ConsentMissing',
      message: '请先同意相应的个人信息处理说明。',
    });
    expect(await bo.ask(MINE)).toEqual(NONE);
    await bo.agree('PHONE');
    expect(await update(bo, code)).toMatchObject({ __typename: 'User', wholePhone: '13312345678' });
  });

  it('takes the number with it at once, and any other leaves it', async () => {
    await give(ana, '13211112222');
    await ana.agree('ADDRESS_BOOK');
    await ana.withdraw('ADDRESS_BOOK');
    expect(await ana.ask(MINE)).toMatchObject({ wholePhone: '13211112222' });
    await ana.withdraw('PHONE');
    const row = await shop.rows('SELECT phone, phone_index, phone_code_hash FROM user WHERE id = ?', [idBytes(anaId)]);
    expect(row).toEqual([{ phone: null, phone_index: null, phone_code_hash: null }]);
    expect(await olga.ask(PEOPLE, { phone: '13211112222' })).toEqual([]);
    expect(await give(ana, '13211112222')).toMatchObject({ __typename: 'ConsentMissing' });
  });

  it('that is taken back while WeChat is asked leaves no number behind', async () => {
    const code = await ana.phoneCode({ pure_phone_number: '13211113333' });
    await Promise.all([update(ana, code), ana.withdraw('PHONE')]);
    expect(await ana.ask(MINE)).toEqual(NONE);
  });
});

describe('the code of the button', () => {
  const LATER = '手机号授权已失效，请重新点击授权。';

  it('brings the number once: sent again it gives the same answer without asking WeChat', async () => {
    const code = await ana.phoneCode({ pure_phone_number: '13812345678' });
    const first = await update(ana, code);
    await shop.fault('phone', 'error_500');
    expect(await update(ana, code)).toEqual(first);
    expect(codeOf(await ana.send(UPDATE, { input: { code: await ana.phoneCode() } }))).toBe('CHANNEL_UNAVAILABLE');
  });

  it('of a number that was taken back brings it no more', async () => {
    const code = await ana.phoneCode({ pure_phone_number: '13812345678' });
    await update(ana, code);
    await ana.ask(REMOVE);
    expect(await update(ana, code)).toEqual({ __typename: 'PhoneCodeInvalid', message: LATER });
    expect(await ana.ask(MINE)).toEqual(NONE);
  });

  it('that was sent twice at once brings the number, whichever is answered', async () => {
    const code = await ana.phoneCode({ pure_phone_number: '13812345678' });
    const answers = await Promise.all([update(ana, code), update(ana, code)]);
    expect(answers).toContainEqual({ __typename: 'User', phone: '138****5678', wholePhone: '13812345678' });
    expect(await ana.ask(MINE)).toMatchObject({ wholePhone: '13812345678' });
  });

  it('of somebody else is refused, and still good for them', async () => {
    const bo = await shop.login('bo');
    await bo.agree('PHONE');
    const code = await bo.phoneCode({ pure_phone_number: '13612345678' });
    expect(await update(ana, code)).toEqual({ __typename: 'PhoneCodeInvalid', message: LATER });
    expect(await ana.ask(MINE)).toEqual(NONE);
    expect(await update(bo, code)).toMatchObject({ wholePhone: '13612345678' });
  });

  it('that nobody has made is refused, and leaves the number that is known', async () => {
    await give(ana, '13812345678');
    const answer = await ana.send(UPDATE, { input: { code: 'made-up' } }, { 'accept-language': 'en' });
    expect(answer.data).toMatchObject({
      phoneUpdate: {
        __typename: 'PhoneCodeInvalid',
        message: 'This authorisation is no longer valid. Please tap the button again.',
      },
    });
    expect(await ana.ask(MINE)).toMatchObject({ wholePhone: '13812345678' });
  });

  // prettier-ignore
  it.each<[what: string, fault: string, answer: object]>([
    ['is busy',           'error_500', { errors: [{ extensions: { code: 'CHANNEL_UNAVAILABLE' } }] }],
    ['is asked too often', 'error_429', { data: { phoneUpdate: { __typename: 'TooManyAttempts', retryAfterSeconds: 60 } } }],
  ])('may be sent again when WeChat %s', async (_what, fault, answer) => {
    const code = await ana.phoneCode({ pure_phone_number: '13812345678' });
    await shop.fault('phone', fault);
    expect(await ana.send(UPDATE, { input: { code } })).toMatchObject(answer);
    expect(await update(ana, code)).toMatchObject({ wholePhone: '13812345678' });
  });

  it('is exchanged only so often in a while', async () => {
    for (let time = 0; time < 4; time += 1) await update(ana, 'made-up');
    expect(await update(ana, await ana.phoneCode())).toMatchObject({ __typename: 'TooManyAttempts' });
    const bo = await shop.login(`bo of ${named}`);
    await bo.agree('PHONE');
    expect(await give(bo, '13812345678')).toMatchObject({ __typename: 'User' });
  });

  it('goes to WeChat while no transaction is open', async () => {
    const code = await ana.phoneCode();
    await shop.fault('phone', 'error_500');
    const statements = await shop.statements.during(() => ana.send(UPDATE, { input: { code } }));
    expect(statements.filter((sql) => /START TRANSACTION/.test(sql))).toEqual([]);
    const stored = await shop.statements.during(() => update(ana, code));
    expect(stored.filter((sql) => /START TRANSACTION/.test(sql))).toHaveLength(1);
  });

  it.each(['', 'x'.repeat(129)])('that cannot be one is refused by its field: %j', async (code) => {
    const { errors } = await ana.send(UPDATE, { input: { code } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(errors?.[0]?.extensions.fields?.every(({ path }) => path === 'input.code')).toBe(true);
  });
});

describe('who has a telephone number', () => {
  it('is found by an operator, however the number is written, and shown with it masked', async () => {
    await give(ana, '13587654321');
    await ana.ask('mutation { profileUpdate(input: { nickname: "桂花糕阿婆" }) { id } }');
    const shown = { id: anaId, status: 'ACTIVE', phone: '135****4321', wholePhone: null, nickname: null };
    for (const phone of ['13587654321', '+86 135-8765-4321', '（＋８６）１３５８７６５４３２１'])
      expect(await olga.ask(PEOPLE, { phone })).toEqual([shown]);
  });

  it('is found abroad too', async () => {
    await give(ana, '69876543', '852');
    expect(await olga.ask(PEOPLE, { phone: '+852 6987 6543' })).toMatchObject([{ id: anaId, phone: '+852****43' }]);
  });

  it('is told that somebody looked', async () => {
    await give(ana, '13111112222');
    await olga.ask(PEOPLE, { phone: '13111112222' });
    const { id } = await olga.ask<{ id: string }>('{ staffMe { id } }');
    expect(
      await shop.rows('SELECT actor_id, category, operation FROM look WHERE user_id = ?', [idBytes(anaId)]),
    ).toEqual([{ actor_id: id, category: 'PHONE', operation: 'people' }]);
  });

  it('is nobody if nobody gave it', async () => {
    expect(await olga.ask(PEOPLE, { phone: '13000000000' })).toEqual([]);
  });

  it('is told whole to none of the staff', async () => {
    await give(ana, '13400000001');
    expect(await olga.ask(PEOPLE, { phone: '13400000001' })).toMatchObject([{ id: anaId, wholePhone: null }]);
  });

  it('is told to no buyer and no stranger', async () => {
    await give(ana, '13812345678');
    expect(codeOf(await ana.send(PEOPLE, { phone: '13812345678' }))).toBe('FORBIDDEN');
    expect(codeOf(await shop.guest.send(PEOPLE, { phone: '13812345678' }))).toBe('UNAUTHENTICATED');
  });

  it.each(['', '1381234567', 'olga', '+86', '852 6987 6543', "13812345678' OR 1"])(
    'cannot be asked for by what is no number: %j',
    async (phone) => {
      const { errors } = await olga.send(PEOPLE, { phone }, { 'accept-language': 'en' });
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'phone',
            message:
              'Must be a telephone number; one from outside mainland China begins with a plus and its country code.',
          },
        ],
      });
    },
  );

  it('is looked for by an index', async () => {
    const [plan] = await shop.rows<{ key: string }>('EXPLAIN SELECT id FROM user WHERE phone_index = ?', [
      Buffer.alloc(32),
    ]);
    expect(plan).toMatchObject({ key: 'user_phone' });
  });
});
