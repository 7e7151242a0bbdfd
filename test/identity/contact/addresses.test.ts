import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { idBytes, newId } from '#common';
import { Address, type AddressId, ADDRESSES_MAX, AddressesService, type UserId } from '#identity';
import type { Answer } from '../../support/client.js';
import { aDelivery } from '../../support/deliveries.js';
import type { Phone } from '../../support/phone.js';
import { Shop } from '../../support/shop.js';
import { expectSound } from '../../support/sound.js';

const FIELDS = `id label isDefault address {
  recipientName phone province city district street detail postalCode nationalCode
}`;
const ADD = `mutation ($input: AddressAddInput!) { addressAdd(input: $input) {
  __typename ... on Address { ${FIELDS} } ... on TooManyAddresses { addressesMax } ... on Refusal { message }
} }`;
const CHANGE = `mutation ($input: AddressChangeInput!) { addressChange(input: $input) { ${FIELDS} } }`;
const MAKE_DEFAULT = `mutation ($input: AddressInput!) { addressMakeDefault(input: $input) { ${FIELDS} } }`;
const REMOVE = 'mutation ($input: AddressInput!) { addressRemove(input: $input) }';
const BOOK = `{ addresses { ${FIELDS} } }`;
/** As `wx.chooseAddress` gives it, under the names of the shop. */
const CHOSEN = {
  ...{
    recipientName: ' 欧阳小花 ',
    phone: '+86 138-1234-5678',
    province: '湖北省',
    city: '武汉市',
    district: '洪山区',
  },
  ...{ street: '', detail: '珞喻路1037号\u200B 3栋', postalCode: '430074', nationalCode: '420111' },
};
const KEPT = {
  ...{ ...CHOSEN, recipientName: '欧阳小花', phone: '13812345678', detail: '珞喻路1037号 3栋' },
  street: null,
};

interface Entry {
  readonly __typename?: string;
  readonly id: AddressId;
  readonly label: string | null;
  readonly isDefault: boolean;
  readonly address: object;
}

let shop: Shop;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await expectSound(shop);
  await shop.close();
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
  await ana.agree('ADDRESS_BOOK');
});

const home = (detail: string): object => ({ ...aDelivery().address, detail });
const sendAdd = (phone: Phone, input: object): Promise<Answer> =>
  phone.send(ADD, { input: { idempotencyKey: randomUUID(), address: CHOSEN, ...input } });
const add = (phone: Phone, input: object = {}): Promise<Entry> =>
  phone.ask(ADD, { input: { idempotencyKey: randomUUID(), address: CHOSEN, ...input } });
const bookOf = (phone: Phone): Promise<Entry[]> => phone.ask(BOOK);
const defaultsOf = async (phone: Phone): Promise<AddressId[]> =>
  (await bookOf(phone)).filter(({ isDefault }) => isDefault).map(({ id }) => id);
const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;

/** Fills a book up to some number of addresses, as adding one after the other would. */
async function fill(userId: UserId, count: number): Promise<AddressId[]> {
  const { address } = aDelivery();
  const ids: AddressId[] = [];
  for (let number = 0; number < count; number += 1) {
    const input = { idempotencyKey: randomUUID(), address, isDefault: false };
    ids.push((await shop.get(AddressesService).add(userId, input)).id);
  }
  return ids;
}

describe('an address book', () => {
  it('is empty at first; the first address is the default, whatever was said', async () => {
    expect(await bookOf(ana)).toEqual([]);
    const first = await add(ana, { label: ' 家 ' });
    expect(first).toEqual({ __typename: 'Address', id: first.id, label: '家', isDefault: true, address: KEPT });
    expect(await bookOf(ana)).toEqual([{ id: first.id, label: '家', isDefault: true, address: KEPT }]);
  });

  it('shows the default, then the newest first', async () => {
    const [one, two, three] = [await add(ana), await add(ana, { isDefault: true }), await add(ana)];
    expect((await bookOf(ana)).map(({ id }) => id)).toEqual([two.id, three.id, one.id]);
    expect(await defaultsOf(ana)).toEqual([two.id]);
  });

  it('has no label where none or blanks were given', async () => {
    for (const label of [undefined, null, '', ' \u200B '])
      expect(await add(ana, { label })).toMatchObject({ label: null });
  });

  it('takes the longest address there is, in characters of four bytes', async () => {
    const longest = (characters: number): string => '𠮷'.repeat(characters);
    const address = {
      ...{ recipientName: longest(50), phone: '0755-26123456', province: longest(50), city: longest(50) },
      ...{ district: longest(50), street: longest(50), detail: longest(200) },
      ...{ postalCode: '510000', nationalCode: '440105' },
    };
    expect(await add(ana, { address, label: longest(20) })).toMatchObject({ address, label: longest(20) });
  });

  it('holds twenty addresses; the next is refused until one is removed', async () => {
    const [oldest] = await fill(anaId, ADDRESSES_MAX);
    const input = { idempotencyKey: randomUUID() };
    expect(await add(ana, input)).toEqual({
      ...{ __typename: 'TooManyAddresses', addressesMax: 20 },
      message: '最多只能保存20个地址，请先删除不用的地址。',
    });
    await ana.ask(REMOVE, { input: { addressId: oldest } });
    expect(await add(ana, input)).toMatchObject({ __typename: 'Address' });
    expect(await bookOf(ana)).toHaveLength(ADDRESSES_MAX);
  });

  it('is nobody else’s: no operator sees it, and its addresses are not there for anybody else', async () => {
    const { id } = await add(ana);
    const nobodys = newId('address');
    const [other, olga] = [await shop.login('bo'), await shop.operator('olga')];
    expect(await bookOf(other)).toEqual([]);
    for (const document of [CHANGE, MAKE_DEFAULT, REMOVE]) {
      const asking = [id, nobodys].map((addressId) => other.send(document, { input: { addressId } }));
      const answers = await Promise.all(asking);
      expect(answers.map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      // The same answer, so that ids cannot be probed; where in the document it stands says nothing about them.
      const [theirs, none] = answers.map(({ errors }) => ({ ...errors?.[0], locations: [] }));
      expect(theirs).toEqual(none);
      expect(codeOf(await olga.send(document, { input: { addressId: id } }))).toBe('FORBIDDEN');
    }
    expect(await bookOf(ana)).toMatchObject([{ id, isDefault: true, address: KEPT }]);
  });
});

describe('the consent to keep addresses', () => {
  it('comes first, and the same request is taken once it is given', async () => {
    const bo = await shop.login(`bo without consent ${named}`);
    const input = { idempotencyKey: randomUUID() };
    const refusal = { __typename: 'ConsentMissing', message: '请先同意相应的个人信息处理说明。' };
    expect(await add(bo, input)).toEqual(refusal);
    expect(await bookOf(bo)).toEqual([]);
    await bo.agree('ADDRESS_BOOK');
    expect(await add(bo, input)).toMatchObject({ __typename: 'Address' });
  });

  it('takes every address with it at once: nothing of what they said is left, and nothing comes back by a repeated request', async () => {
    const input = { idempotencyKey: randomUUID(), label: '家' };
    const [first] = [await add(ana, input), await add(ana)];
    await ana.agree('PHONE');
    await ana.withdraw('PHONE');
    expect(await bookOf(ana)).toHaveLength(2);
    await ana.withdraw('ADDRESS_BOOK');
    expect(await bookOf(ana)).toEqual([]);
    const rows = await shop.rows('SELECT contents, is_default FROM address WHERE user_id = ?', [idBytes(anaId)]);
    expect(rows).toEqual(Array(2).fill({ contents: null, is_default: 0 }));
    expect(codeOf(await sendAdd(ana, input))).toBe('NOT_FOUND');
    expect(codeOf(await ana.send(CHANGE, { input: { addressId: first.id, label: '公司' } }))).toBe('NOT_FOUND');
    await expectSound(shop);
  });
});

describe('the default address', () => {
  it('is moved, and moving it again changes nothing', async () => {
    const [one, two] = [await add(ana), await add(ana)];
    for (let time = 0; time < 2; time += 1) {
      expect(await ana.ask(MAKE_DEFAULT, { input: { addressId: two.id } })).toMatchObject({
        id: two.id,
        isDefault: true,
      });
      expect(await defaultsOf(ana)).toEqual([two.id]);
    }
    await ana.ask(MAKE_DEFAULT, { input: { addressId: one.id } });
    expect(await defaultsOf(ana)).toEqual([one.id]);
  });

  it('is handed on to the newest when it is removed, and to nobody with the last', async () => {
    const [one, two, three] = [await add(ana), await add(ana), await add(ana)];
    const remove = (id: AddressId): Promise<boolean> => ana.ask(REMOVE, { input: { addressId: id } });
    await remove(one.id);
    expect(await defaultsOf(ana)).toEqual([three.id]);
    await remove(two.id);
    expect(await defaultsOf(ana)).toEqual([three.id]);
    await remove(three.id);
    expect(await bookOf(ana)).toEqual([]);
    expect(await add(ana)).toMatchObject({ isDefault: true });
  });

  it('cannot be two, nor a removed one, by the word of the database', async () => {
    const [one, two] = [await add(ana), await add(ana)];
    await expect(shop.rows('UPDATE address SET is_default = TRUE WHERE id = ?', [idBytes(two.id)])).rejects.toThrow(
      'address_one_default',
    );
    const gone = 'UPDATE address SET contents = NULL, removed_at = NOW(3) WHERE id = ?';
    await expect(shop.rows(gone, [idBytes(one.id)])).rejects.toThrow('address_default_stands');
  });
});

describe('changing an address', () => {
  it('replaces what is given, leaves the rest, and changes nothing a second time', async () => {
    const { id } = await add(ana, { label: '家' });
    const input = { addressId: id, address: home('别处1号') };
    for (let time = 0; time < 2; time += 1) {
      expect(await ana.ask(CHANGE, { input })).toMatchObject({
        ...{ id, label: '家', isDefault: true },
        address: { detail: '别处1号', nationalCode: null },
      });
    }
    expect(await ana.ask(CHANGE, { input: { addressId: id, label: '公司' } })).toMatchObject({
      label: '公司',
      address: { detail: '别处1号' },
    });
  });

  it.each([null, '', ' '])('takes the label away with %j', async (label) => {
    const { id } = await add(ana, { label: '家' });
    expect(await ana.ask(CHANGE, { input: { addressId: id, label } })).toMatchObject({ label: null, address: KEPT });
    expect(await ana.ask(CHANGE, { input: { addressId: id, address: null } })).toMatchObject({ address: KEPT });
  });

  it('does not reach one that was removed', async () => {
    const { id } = await add(ana);
    await ana.ask(REMOVE, { input: { addressId: id } });
    for (const document of [CHANGE, MAKE_DEFAULT])
      expect(codeOf(await ana.send(document, { input: { addressId: id } }))).toBe('NOT_FOUND');
  });
});

describe('a removed address', () => {
  it('says nothing any more, is removed only once, and is forgotten after fourteen days', async () => {
    const { id } = await add(ana);
    const remove = (): Promise<boolean> => ana.ask(REMOVE, { input: { addressId: id } });
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await shop.source.manager.findOneByOrFail(Address, { id })).toMatchObject({ contents: null });

    const age = (days: number): Promise<unknown> =>
      shop.rows(`UPDATE address SET removed_at = NOW(3) - INTERVAL ${days} DAY WHERE id = ?`, [idBytes(id)]);
    await age(13);
    await shop.get(AddressesService).purge();
    expect(await remove()).toBe(false);
    await age(15);
    await shop.rows('DELETE FROM idempotency WHERE result_id = ?', [idBytes(id)]); // Gone a week ago.
    await shop.get(AddressesService).purge();
    expect(codeOf(await ana.send(REMOVE, { input: { addressId: id } }))).toBe('NOT_FOUND');
  });

  it('is not added again under its old key', async () => {
    const input = { idempotencyKey: randomUUID(), label: '家' };
    const { id } = await add(ana, input);
    await ana.ask(REMOVE, { input: { addressId: id } });
    expect((await sendAdd(ana, input)).errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      fields: [{ path: 'input.idempotencyKey' }],
    });
    expect(await bookOf(ana)).toEqual([]);
    await expectSound(shop);
  });
});

describe('adding an address twice', () => {
  it('under one key adds it once, and gives it as it stands now', async () => {
    const input = { idempotencyKey: randomUUID(), label: '家' };
    const { id } = await add(ana, input);
    await ana.ask(CHANGE, { input: { addressId: id, label: '老家' } });
    expect(await add(ana, input)).toMatchObject({ id, label: '老家' });
    expect(codeOf(await sendAdd(ana, { ...input, label: '公司' }))).toBe('CONFLICT');
    expect(await bookOf(ana)).toHaveLength(1);
  });

  it('at once under one key adds it once', async () => {
    const input = { idempotencyKey: randomUUID() };
    const added = await Promise.all(Array.from({ length: 8 }, () => add(ana, input)));
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(await bookOf(ana)).toHaveLength(1);
  });
});

describe('of many who change one book at once', () => {
  it('only so many add as there is room for', async () => {
    await fill(anaId, ADDRESSES_MAX - 3);
    const answers = await Promise.all(Array.from({ length: 10 }, () => add(ana)));
    expect(answers.filter(({ __typename }) => __typename === 'Address')).toHaveLength(3);
    expect(await bookOf(ana)).toHaveLength(ADDRESSES_MAX);
  });

  it('one makes the first address, and it alone is the default', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, number) => add(ana, { isDefault: number % 2 === 0 })));
    expect(await defaultsOf(ana)).toHaveLength(1);
  });

  it('one decides the default, while others remove addresses', async () => {
    const ids = await fill(anaId, 8);
    await Promise.all(
      ids.map((addressId, number) =>
        ana.ask(number % 2 === 0 ? MAKE_DEFAULT.replace(FIELDS, 'id') : REMOVE, { input: { addressId } }),
      ),
    );
    const book = await bookOf(ana);
    expect([book.length, book.filter(({ isDefault }) => isDefault).length]).toEqual([4, 1]);
  });
});

describe('an address that cannot be right', () => {
  const LINE = '必须是 1 至 20 个字符，写在一行里，不含控制字符。';

  // prettier-ignore
  it.each<[what: string, input: object, fields: object[]]>([
    ['a label of 21 characters', { label: '家'.repeat(21) },                     [{ path: 'input.label', message: LINE }]],
    ['a label of two lines',     { label: '家\n家' },                            [{ path: 'input.label', message: LINE }]],
    ['half of an address',       { address: { ...CHOSEN, city: '' } },           [{ path: 'input.address.city' }]],
    ['a number that is none',    { address: { ...CHOSEN, phone: '81167888' } },  [{ path: 'input.address.phone' }]],
    ['a key that is too short',  { idempotencyKey: 'short' },                    [{ path: 'input.idempotencyKey' }]],
  ])('(%s) is refused by the path of its field, and nothing is kept', async (_what, input, fields) => {
    const { errors } = await sendAdd(ana, input);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields });
    expect(await bookOf(ana)).toEqual([]);
  });

  it('does not take the place of one that is', async () => {
    const { id } = await add(ana);
    const { errors } = await ana.send(CHANGE, { input: { addressId: id, address: { ...CHOSEN, phone: '110' } } });
    expect(errors?.[0]?.extensions).toMatchObject({ fields: [{ path: 'input.address.phone' }] });
    expect(await bookOf(ana)).toMatchObject([{ address: KEPT }]);
  });
});

describe('the seal of an address', () => {
  it('opens in no other row: the answer fails, and nothing of it is told', async () => {
    const [one, two] = [await add(ana), await add(ana, { address: home('别处1号') })];
    await shop.rows(
      'UPDATE address JOIN address AS other ON other.id = ? SET address.contents = other.contents WHERE address.id = ?',
      [idBytes(one.id), idBytes(two.id)],
    );
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const answer = await ana.send(BOOK);
    expect(log.mock.calls.flat().join()).toMatch(/SealBroken: address\.contents of address_/);
    expect(log.mock.calls.flat().join()).not.toMatch(/欧阳|1381234/);
    log.mockRestore();
    expect(codeOf(answer)).toBe('INTERNAL');
    expect(answer.data).toBeNull();
  });

  it('cannot be missing from an address that stands, nor be anything but a seal', async () => {
    const { id } = await add(ana);
    const set = (value: string): Promise<unknown> =>
      shop.rows(`UPDATE address SET contents = ${value} WHERE id = ?`, [idBytes(id)]);
    await expect(set('NULL')).rejects.toThrow('address_removed_says_nothing');
    await expect(set("'新港中路397号'")).rejects.toThrow('address_contents_sealed');
  });
});
