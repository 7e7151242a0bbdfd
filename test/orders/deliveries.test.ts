import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { idBytes, newId, type Sealed } from '#common';
import { Order, type OrderId } from '#orders';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Answer } from '../support/client.js';
import { aDelivery } from '../support/deliveries.js';
import { codeOf, type Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';

const ENGLISH = { 'accept-language': 'en' };
const ADDRESS = 'address { recipientName phone province city district street detail postalCode nationalCode }';
const GIVEN = {
  ...{
    recipientName: ' 欧阳小花 ',
    phone: '+86 138-1234-5678',
    province: '湖北省',
    city: '武汉市',
    district: '洪山区',
  },
  ...{ street: '珞南街道', detail: '珞喻路1037号\u200B 3栋', postalCode: ' ', nationalCode: '420111' },
};
const KEPT = {
  ...{ ...GIVEN, recipientName: '欧阳小花', phone: '13812345678', detail: '珞喻路1037号 3栋' },
  postalCode: null,
};
const MASKED = { ...KEPT, recipientName: '欧**', phone: '138****5678', street: null, detail: null };

let shop: Shop;
let ana: Phone;
let bo: Phone;
let operator: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open();
  [ana, bo, operator] = await Promise.all([shop.login('ana'), shop.login('bo'), shop.operator('olga')]);
  sale = await anOffer(shop, { size: 3 });
});
afterAll(async () => {
  await shop.close();
});

interface Delivered {
  readonly id: OrderId;
  readonly delivery: { readonly address: object } | null;
}

/** Somebody's own orders, newest first. */
async function ordersOf(buyer: Phone): Promise<Delivered[]> {
  const { edges } = await buyer.ask<{ edges: { node: Delivered }[] }>(
    `{ orders(first: 100) { edges { node { id delivery { ${ADDRESS} } } } } }`,
  );
  return edges.map(({ node }) => node);
}

async function buy(buyer: Phone): Promise<OrderId> {
  const { orders } = await buyer.buy(sale.skuId, 1, undefined, aDelivery(GIVEN));
  return orders[0]!.id as OrderId;
}

describe('an order', () => {
  it('goes where its buyer said, bought alone, with a team opened or a team joined', async () => {
    await ana.buy(sale.skuId, 1, undefined, aDelivery(GIVEN));
    const opened = await ana.open(sale.offer.id, 1, undefined, aDelivery({ ...GIVEN, detail: '1号' }));
    await ana.pay(opened.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(opened.order.checkout.id);
    await settle(shop);
    const joined = await bo.join(opened.team.id, 1, undefined, aDelivery({ ...GIVEN, detail: '2号' }));

    const [withTeam, alone] = await ordersOf(ana);
    expect(alone?.delivery).toEqual({ address: KEPT });
    expect(withTeam?.delivery).toEqual({ address: { ...KEPT, detail: '1号' } });
    expect(await ordersOf(bo)).toEqual([{ id: joined.order.id, delivery: { address: { ...KEPT, detail: '2号' } } }]);
  });

  it('from before orders knew where they go says nothing of it', async () => {
    const id = await buy(ana);
    await shop.rows('UPDATE orders SET delivery = NULL WHERE id = ?', [idBytes(id)]);
    expect((await ordersOf(ana))[0]).toEqual({ id, delivery: null });
  });

  it('takes the longest address there is, in characters of four bytes', async () => {
    const longest = (characters: number): string => '𠮷'.repeat(characters);
    const address = {
      ...{ recipientName: longest(50), phone: '020-81167888', province: longest(50), city: longest(50) },
      ...{
        district: longest(50),
        street: longest(50),
        detail: longest(200),
        postalCode: '510000',
        nationalCode: '440105',
      },
    };
    await ana.buy(sale.skuId, 1, undefined, { address });
    expect((await ordersOf(ana))[0]?.delivery).toEqual({ address });
  });

  it('cannot be sent elsewhere under the key of another request', async () => {
    await ana.buy(sale.skuId, 1, 'a-key-for-one-address', aDelivery(GIVEN));
    const elsewhere = aDelivery({ ...GIVEN, detail: '别处' });
    await expect(ana.buy(sale.skuId, 1, 'a-key-for-one-address', elsewhere)).rejects.toThrow(/CONFLICT/);
  });
});

describe('where an order goes is seen', () => {
  const BY_REFUND = `{ refundQueue(first: 100) { edges { node { order { id delivery { ${ADDRESS} } } } } } }`;

  /** Orders whose refunds wait for an operator, as that operator sees them. */
  async function queued(): Promise<Delivered[]> {
    const { edges } = await operator.ask<{ edges: { node: { order: Delivered } }[] }>(BY_REFUND);
    return edges.map(({ node }) => node.order);
  }

  async function refundStuck(buyer: Phone): Promise<OrderId> {
    const { id: checkoutId, orders } = await buyer.buy(sale.skuId, 1, undefined, aDelivery(GIVEN));
    const orderId = orders[0]!.id as OrderId;
    await buyer.pay(checkoutId, { notify: { lose: true } });
    await buyer.confirmPayment(checkoutId);
    await settle(shop);
    await shop.fault('refund', 'abnormal');
    await operator.ask('mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }', {
      input: { orderId, amountMinor: 100, note: '少了一盒', idempotencyKey: `stuck-${orderId}` },
    });
    await settle(shop);
    return orderId;
  }

  it('masked by operators, who find it by a refund', async () => {
    const hers = await refundStuck(ana);
    expect((await ordersOf(ana))[0]).toEqual({ id: hers, delivery: { address: KEPT } });
    expect(await queued()).toEqual([{ id: hers, delivery: { address: MASKED } }]);
  });

  it('masked by who helps buyers, and who that is may see no queue of refunds', async () => {
    const cy = await shop.login('cy');
    const { orders } = await cy.buy(sale.skuId, 1, undefined, aDelivery(GIVEN));
    const pia = await shop.operator('pia', 'SUPPORT');
    const query = `query ($id: ID!) { ordersOfBuyer(buyerId: $id) { edges { node { id delivery { ${ADDRESS} } } } } }`;
    const variables = { id: await cy.userId() };
    expect(await pia.ask(query, variables)).toEqual({
      edges: [{ node: { id: orders[0]!.id, delivery: { address: MASKED } } }],
    });
    expect(codeOf(await pia.send(BY_REFUND))).toBe('FORBIDDEN');
    expect(codeOf(await cy.send(query, variables))).toBe('FORBIDDEN');
  });

  it('by no other buyer and no stranger, who do not get to the order at all', async () => {
    const { id } = await ana.buy(sale.skuId, 1, undefined, aDelivery(GIVEN));
    const ways: [query: string, variables: object, codes: [buyer: string, stranger: string]][] = [
      [BY_REFUND, {}, ['FORBIDDEN', 'UNAUTHENTICATED']],
      [
        `query ($id: ID!) { checkout(id: $id) { orders { delivery { ${ADDRESS} } } } }`,
        { id },
        ['NOT_FOUND', 'UNAUTHENTICATED'],
      ],
    ];
    for (const [query, variables, codes] of ways) {
      const answers = [await bo.send(query, variables), await shop.guest.send(query, variables)];
      expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(codes);
      expect(JSON.stringify(answers)).not.toMatch(/欧|138|湖北/);
    }
  });

  it('by nobody through the team that the order has a seat in', async () => {
    const seat = await ana.open(sale.offer.id, 1, undefined, aDelivery(GIVEN));
    await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(seat.order.checkout.id);
    await settle(shop);
    const query = `query ($id: ID!) { team(id: $id) { mySeat { order { delivery { ${ADDRESS} } } } } }`;
    const variables = { id: seat.team.id };
    expect(await ana.ask(query, variables)).toEqual({ mySeat: { order: { delivery: { address: KEPT } } } });
    for (const other of [bo, operator, shop.guest]) expect(await other.ask(query, variables)).toEqual({ mySeat: null });
  });
});

const ONE_OF_BOTH = 'Must be given, or an address of one’s address book by its id; not both.';

describe('an address that cannot be right', () => {
  const LINE = (most: number): [zh: string, en: string] => [
    `必须是 1 至 ${most} 个字符，写在一行里，不含控制字符。`,
    `Must be 1 to ${most} characters on one line, without control characters.`,
  ];
  const PHONE: [zh: string, en: string] = [
    '必须是中国大陆的手机号码，或带区号的固定电话号码。',
    'Must be a mobile number, or a landline number with its area code, of mainland China.',
  ];
  const POSTAL: [zh: string, en: string] = ['必须是 6 位数字的邮政编码。', 'Must be a postal code of 6 digits.'];
  const REGION: [zh: string, en: string] = ['必须是 6 位数字的行政区划代码。', 'Must be a region code of 6 digits.'];

  // prettier-ignore
  it.each<[what: string, field: string, value: string, texts: [zh: string, en: string]]>([
    ['no name',                       'recipientName', '',                        LINE(50)],
    ['a name of blanks',              'recipientName', ' \u3000\u200B',           LINE(50)],
    ['a name of 51 characters',       'recipientName', '花'.repeat(51),           LINE(50)],
    ['a name drawn out with selectors', 'recipientName', '花\uFE0F'.repeat(50),   LINE(50)],
    ['half a character',              'recipientName', '花\uD83D',                LINE(50)],
    ['a tab',                         'detail',        '1号\t2栋',                LINE(200)],
    ['two lines',                     'detail',        '1号\n2栋',                LINE(200)],
    ['a line separator',              'detail',        '1号\u20282栋',            LINE(200)],
    ['a zero byte',                   'detail',        '1号\u00002栋',            LINE(200)],
    ['no detail',                     'detail',        '',                        LINE(200)],
    ['a detail of 201 characters',    'detail',        '号'.repeat(201),          LINE(200)],
    ['no province',                   'province',      '',                        LINE(50)],
    ['no city',                       'city',          '',                        LINE(50)],
    ['no district',                   'district',      '',                        LINE(50)],
    ['a street of 51 characters',     'street',        '街'.repeat(51),           LINE(50)],
    ['a phone number with a letter',  'phone',         '1381234567O',             PHONE],
    ['no phone number',               'phone',         '',                        PHONE],
    ['a landline without its area',   'phone',         '81167888',                PHONE],
    ['a postal code of five digits',  'postalCode',    '51000',                   POSTAL],
    ['a region in words',             'nationalCode',  '海珠区',                  REGION],
  ])('(%s) is refused by the path of its field, in the language of the request', async (_what, field, value, [zh, en]) => {
    const path = `input.delivery.address.${field}`;
    const before = await placed();
    for (const [headers, message] of [[{}, zh], [ENGLISH, en]] as const) {
      const answers = await everyWay(aDelivery({ [field]: value }), headers);
      for (const { errors } of answers) {
        expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: [{ path, message }] });
      }
    }
    expect(await placed()).toEqual(before);
  });

  it('is told with all that is wrong at once, and without what it said', async () => {
    const wrong = { recipientName: '', phone: '1381234567O', detail: '密\n密' };
    const answers = await everyWay(aDelivery(wrong), ENGLISH);
    for (const answer of answers) {
      const paths = answer.errors?.[0]?.extensions.fields?.map(({ path }) => path);
      expect(paths?.toSorted()).toEqual(
        ['detail', 'phone', 'recipientName'].map((name) => `input.delivery.address.${name}`),
      );
      expect(JSON.stringify(answer)).not.toMatch(/1381234567O|密/);
    }
  });

  it('is told when it is missing, or a part of it is', async () => {
    const { phone: _phone, ...dumb } = aDelivery().address;
    const parts: [delivery: object | undefined, field: string][] = [
      [undefined, 'input.delivery: Must be given.'],
      [{}, `input.delivery.address: ${ONE_OF_BOTH}`],
      [{ address: null, addressId: null }, `input.delivery.address: ${ONE_OF_BOTH}`],
      [{ ...aDelivery(), addressId: newId('address') }, `input.delivery.address: ${ONE_OF_BOTH}`],
      [{ addressId: newId('order') }, 'input.delivery.addressId: Must be an id that begins with address_.'],
      [{ address: dumb }, 'input.delivery.address.phone: Must be given.'],
      [{ address: { ...aDelivery().address, city: null } }, 'input.delivery.address.city: Must not be null.'],
      [{ ...aDelivery(), pickupPoint: 'x' }, 'input.delivery.pickupPoint: Is no field of this input.'],
    ];
    for (const [delivery, field] of parts) {
      for (const { errors } of await everyWay(delivery, ENGLISH)) {
        expect(errors?.[0]?.extensions.fields?.map(({ path, message }) => `${path}: ${message}`)).toEqual([field]);
      }
    }
  });

  /** The answers of every mutation that places an order. */
  function everyWay(delivery: object | undefined, headers: Record<string, string>): Promise<Answer[]> {
    const sending = (mutation: string, type: string, input: object): Promise<Answer> =>
      ana.send(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
        { input: { ...input, delivery, idempotencyKey: 'a-good-key' } },
        headers,
      );
    return Promise.all([
      sending('checkoutPlace', 'CheckoutPlaceInput', { lines: [{ skuId: sale.skuId, quantity: 1 }] }),
      sending('teamOpen', 'TeamOpenInput', { offerId: sale.offer.id, quantity: 1 }),
      sending('teamJoin', 'TeamJoinInput', { teamId: newId('team'), quantity: 1 }),
    ]);
  }

  function placed(): Promise<object[]> {
    return shop.rows(
      'SELECT (SELECT COUNT(*) FROM orders) AS orders, (SELECT COUNT(*) FROM checkout) AS checkouts, (SELECT COUNT(*) FROM team) AS teams',
    );
  }
});

describe('the seal of where an order goes', () => {
  it('is made for each order of a checkout, goes in with its row, and is read by nobody who does not ask for it', async () => {
    const other = await anOffer(shop, { supplier: '另一家' });
    const lines = [sale, other].map(({ skuId }) => ({ skuId, quantity: 1 }));
    const statements = await shop.statements.during(() =>
      ana.ask('mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { __typename } }', {
        input: { lines, delivery: aDelivery(GIVEN), idempotencyKey: 'two-suppliers' },
      }),
    );
    expect(statements.filter((sql) => /\borders\b/.test(sql))).toEqual([
      expect.stringMatching(/^INSERT INTO `orders`/),
    ]);

    const [one, two] = (await ordersOf(ana)).map(({ id }) => id);
    const seals = await shop.source.manager.find(Order, {
      where: [{ id: one! }, { id: two! }],
      select: { delivery: true },
    });
    const [first, second] = seals.map(({ delivery }) => delivery!.bytes.toString('hex'));
    expect(first).not.toBe(second);
    expect((await shop.source.manager.findOneByOrFail(Order, { id: one! })).delivery).toBeUndefined();
  });

  it('opens in no other order’s row: the answer lacks that one field, and nothing of it is told', async () => {
    const [one, two] = [await buy(ana), await buy(ana)];
    await shop.rows(
      'UPDATE orders JOIN orders AS other ON other.id = ? SET orders.delivery = other.delivery WHERE orders.id = ?',
      [idBytes(one), idBytes(two)],
    );
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { data, errors } = await ana.send(`{ orders(first: 2) { edges { node { id delivery { ${ADDRESS} } } } } }`);
    expect(log.mock.calls.flat().join()).toMatch(/SealBroken: orders\.delivery of order_/);
    expect(log.mock.calls.flat().join()).not.toMatch(/欧阳|1381234/);
    log.mockRestore();
    expect(data).toEqual({
      orders: {
        edges: [{ node: { id: two, delivery: null } }, { node: { id: one, delivery: { address: KEPT } } }],
      },
    });
    expect(errors).toMatchObject([
      { path: ['orders', 'edges', 0, 'node', 'delivery'], extensions: { code: 'INTERNAL' } },
    ]);
  });

  it('cannot be missing from a new order, nor be anything but a seal', async () => {
    const order = { id: await buy(ana) };
    const columns = 'checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at';
    const copied = `INSERT INTO orders (id, ${columns}) SELECT ?, ${columns} FROM orders WHERE id = ?`;
    await expect(shop.rows(copied, [idBytes(newId('order')), idBytes(order.id)])).rejects.toThrow(
      'a new order must say where it goes',
    );
    await expect(shop.rows('UPDATE orders SET delivery = ?', ['新港中路397号'])).rejects.toThrow(
      'orders_delivery_sealed',
    );
    const plain = '新港中路397号，张三收，电话 020-81167888' as unknown as Sealed;
    const entity = shop.source.manager.create(Order, {
      ...(await shop.source.manager.findOneByOrFail(Order, order)),
      delivery: plain,
    });
    await expect(shop.source.manager.insert(Order, entity)).rejects.toThrow('only a sealed value');
  });
});
