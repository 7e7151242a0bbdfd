import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CatalogService } from '#catalog';
import { newId, secondsAfter } from '#common';
import { ChannelService } from '#payments';
import { FormingService } from '#teams';
import { anOffer, type OnSale } from '../../support/builders.js';
import { aDelivery } from '../../support/deliveries.js';
import type { Answer, Client } from '../../support/client.js';
import type { Phone, SeatAnswer } from '../../support/phone.js';
import type { Desk } from '../../support/desk.js';
import { Shop } from '../../support/shop.js';
import { expectEqualBooks, expectSettled, settle, until } from '../../support/sound.js';

const HOUR_SECONDS = 3_600;
const OFFER = 'id size unitsPerOrder unitsPerBuyer ttlSeconds startsAt endsAt frozenAt';
const SHEET = `revision offer { ${OFFER} } shares { price { priceMinor sku { id } } unitsMax unitsTaken }`;
const TOLD = `__typename ... on OfferSheet { ${SHEET} } ... on Refusal { message }`;
const ADD = `mutation ($input: OfferAddInput!) { offerAdd(input: $input) { ${TOLD} } }`;
const CHANGE = `mutation ($input: OfferChangeInput!) { offerChange(input: $input) { ${TOLD}
  ... on ShareBelowTaken { skuId unitsTaken } ... on OfferChanged { sheet { ${SHEET} } } } }`;
const FREEZE = `mutation ($input: OfferDecisionInput!) { offerFreeze(input: $input) { ${SHEET} } }`;
const UNFREEZE = `mutation ($input: OfferDecisionInput!) { offerUnfreeze(input: $input) { ${SHEET} } }`;
const LIST = `query ($standing: OfferStanding, $first: Int, $after: String) {
  offerSheets(standing: $standing, first: $first, after: $after) { edges { node { offer { id } } } pageInfo { hasNextPage endCursor } } }`;
const CHANGES = `query ($id: ID!, $first: Int, $after: String) { offerChanges(offerId: $id, first: $first, after: $after) {
  edges { node { kind changedBy reason changedAt terms { revision size frozenAt prices { priceMinor unitsMax sku { id } } } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Sheet {
  readonly __typename: string;
  readonly message?: string;
  readonly revision: number;
  readonly offer: { readonly id: string; readonly frozenAt: string | null };
  readonly shares: {
    readonly price: { readonly priceMinor: number };
    readonly unitsMax: number;
    readonly unitsTaken: number;
  }[];
}
interface Listed<Node = { readonly offer: { readonly id: string } }> {
  readonly edges: { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

let shop: Shop;
let olga: Desk;
let ana: Phone;
let bo: Phone;
let cy: Phone;
let sale: OnSale;
let startedAt: Date;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo, cy] = [await shop.login('ana'), await shop.login('bo'), await shop.login('cy')];
  olga = await shop.operator('olga');
  startedAt = new Date();
  await shop.setTime(startedAt);
});
beforeEach(async () => {
  sale = await anOffer(shop, { size: 2 });
});
afterAll(async () => {
  await shop.setTime(secondsAfter(startedAt, 72 * HOUR_SECONDS));
  await shop.get(ChannelService).closeOverdue();
  await settle(shop);
  await shop.get(FormingService).expire();
  await expectSettled(shop);
  await expectEqualBooks(shop);
  await shop.close();
});

/** What an operator sends: an offer of the product on sale, some of it changed. */
const asked = (change: object = {}): Record<string, unknown> => ({
  ...{ size: 3, ttlSeconds: 24 * HOUR_SECONDS, unitsPerOrder: 2, unitsPerBuyer: 4 },
  startsAt: startedAt.toISOString(),
  endsAt: secondsAfter(startedAt, 48 * HOUR_SECONDS).toISOString(),
  prices: [{ skuId: sale.skuId, priceMinor: 7_000, unitsMax: 60 }],
  reason: '双十一',
  idempotencyKey: newId('key'),
  ...change,
});
const add = (change: object = {}): Promise<Sheet> => olga.ask(ADD, { input: asked(change) });
const changeOf = (offerId: string, revision: number, change: object = {}): Promise<Sheet> =>
  olga.ask(CHANGE, { input: asked({ offerId, revision, ...change }) });
const freeze = (offerId: string, by: Client = olga): Promise<Sheet> =>
  by.ask(FREEZE, { input: { offerId, reason: '质量问题' } });
const fieldsOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions.fields?.map(({ path }) => path);
const counts = (): Promise<unknown> =>
  shop.rows(`SELECT (SELECT COUNT(*) FROM offer) AS offers, (SELECT COUNT(*) FROM offer_price) AS prices,
    (SELECT COUNT(*) FROM audit_entry WHERE subject_type = 'offer') AS changes, (SELECT SUM(units_max) FROM allotment) AS units`);

/** Pays a seat and works off what follows. */
async function pay(phone: Phone, seat: SeatAnswer): Promise<void> {
  await phone.pay(seat.order.checkout.id, { notify: { lose: true } });
  await phone.confirmPayment(seat.order.checkout.id);
  await settle(shop);
}
interface OrderAnswer {
  readonly id: string;
  readonly payableMinor: number;
}
const ORDERS =
  '{ orders(first: 100) { edges { node { id payableMinor status seat { status } refunds { reason status } } } } }';
async function orderOf(phone: Phone, seat: SeatAnswer): Promise<OrderAnswer | undefined> {
  const { edges } = await phone.ask<Listed<OrderAnswer>>(ORDERS);
  return edges.map(({ node }) => node).find(({ id }) => id === seat.order.id);
}
const statusOf = async (seat: SeatAnswer): Promise<string> => {
  const team = await shop.guest.ask<{ status: string }>('query ($id: ID!) { team(id: $id) { status } }', {
    id: seat.team.id,
  });
  return team.status;
};

describe('an operator', () => {
  it('makes an offer, once for each key, and finds it first in the list and among its product’s offers', async () => {
    const input = asked();
    const [sheet, again] = [await olga.ask<Sheet>(ADD, { input }), await olga.ask<Sheet>(ADD, { input })];
    expect(again).toEqual(sheet);
    expect(sheet).toMatchObject({
      ...{ __typename: 'OfferSheet', revision: 1 },
      offer: {
        size: 3,
        unitsPerOrder: 2,
        unitsPerBuyer: 4,
        startsAt: input['startsAt'],
        endsAt: input['endsAt'],
        frozenAt: null,
      },
      shares: [{ price: { priceMinor: 7_000, sku: { id: sale.skuId } }, unitsMax: 60, unitsTaken: 0 }],
    });
    const { edges } = await olga.ask<Listed>(LIST, { first: 1 });
    expect(edges.map(({ node }) => node.offer.id)).toEqual([sheet.offer.id]);
    const product = await shop.guest.ask<{ offers: { id: string }[] }>(
      'query ($id: ID!) { product(id: $id) { offers { id } } }',
      { id: sale.productId },
    );
    expect(product.offers.map(({ id }) => id)).toEqual([sale.offer.id, sheet.offer.id]);
    expect(
      await olga.ask('query ($id: ID!) { offerSheet(id: $id) { revision offer { id } } }', { id: sheet.offer.id }),
    ).toEqual({
      ...{ revision: 1, offer: { id: sheet.offer.id } },
    });
  });

  it.each<{ what: string; change: object; type: string; zh: string; en: string }>([
    {
      ...{ what: 'that no buyer has time to pay for', change: { ttlSeconds: 899 }, type: 'OfferTooShort' },
      zh: '时间太短：活动剩余时间和成团时限都不能少于支付时限（900秒）。',
      en: 'Too short: what is left of the offer and the time to fill a team must be at least the 900 seconds that buyers have to pay.',
    },
    {
      ...{ what: 'that cannot be shipped in time', change: { ttlSeconds: 172_801 }, type: 'OfferTooLong' },
      zh: '成团时限不能超过48小时：付款后须在此时间内发货。',
      en: 'A team may take 48 hours at most to fill, because goods must be shipped within that time of being paid.',
    },
    {
      ...{ what: 'dearer than buying alone', change: { priceMinor: 10_001 }, type: 'PriceAboveSingle' },
      zh: '拼团价不能高于单买价¥100.00。',
      en: 'The team price must not be above the price of buying alone, which is ¥100.00.',
    },
    {
      ...{ what: 'of too few units for one team', change: { unitsMax: 2 }, type: 'ShareTooSmall' },
      zh: '活动库存共2件，少于成团人数3人，无法成团。',
      en: 'The offer’s shares are 2 units in all, too few for a team of 3.',
    },
  ])('is refused an offer $what: $type', async ({ change, type, zh, en }) => {
    const price = { skuId: sale.skuId, priceMinor: 7_000, unitsMax: 60 };
    const { ttlSeconds = 3_600, ...ofPrice } = change as { ttlSeconds?: number };
    const terms = { ttlSeconds, prices: [{ ...price, ...ofPrice }] };
    const before = await counts();
    const toChange = { offerId: sale.offer.id, revision: 1, ...terms };
    for (const [mutation, field, input] of [
      [ADD, 'offerAdd', asked(terms)],
      [CHANGE, 'offerChange', asked(toChange)],
    ] as const) {
      for (const [language, message] of [
        ['zh', zh],
        ['en', en],
      ] as const) {
        const { data } = await olga.send(mutation, { input }, { 'accept-language': language });
        expect(data?.[field]).toEqual({ __typename: type, message });
      }
    }
    expect(await counts()).toEqual(before);
  });

  // prettier-ignore
  it.each<{ change: object; paths: string[] }>([
    { change: { size: 1 },                                 paths: ['input.size'] },
    { change: { size: 101 },                               paths: ['input.size'] },
    { change: { ttlSeconds: 0 },                           paths: ['input.ttlSeconds'] },
    { change: { unitsPerOrder: 0, unitsPerBuyer: 0 },      paths: ['input.unitsPerOrder', 'input.unitsPerBuyer'] },
    { change: { unitsPerOrder: 10_000 },                   paths: ['input.unitsPerOrder'] },
    { change: { unitsPerOrder: 5 },                        paths: ['input.unitsPerOrder'] },
    { change: { unitsPerBuyer: 1_000_001 },                paths: ['input.unitsPerBuyer'] },
    { change: { startsAt: '1999-12-31T23:59:59Z' },        paths: ['input.startsAt'] },
    { change: { endsAt: '2100-01-01T00:00:01Z' },          paths: ['input.endsAt'] },
    { change: { endsAt: '2020-01-01T00:00:00Z' },          paths: ['input.endsAt'] },
    { change: { endsAt: 'tomorrow' },                      paths: ['input.endsAt'] },
    { change: { reason: ' ' },                             paths: ['input.reason'] },
    { change: { reason: 'x'.repeat(256) },                 paths: ['input.reason'] },
    { change: { prices: [] },                              paths: ['input.prices'] },
    { change: { prices: Array.from({ length: 51 }, () => ({ skuId: newId('sku'), priceMinor: 1, unitsMax: 1 })) }, paths: ['input.prices'] },
    { change: { prices: [{ skuId: newId('order'), priceMinor: -1, unitsMax: 0 }] }, paths: ['input.prices.0.skuId', 'input.prices.0.priceMinor', 'input.prices.0.unitsMax'] },
    { change: { prices: [{ skuId: newId('sku'), priceMinor: 1_000_000_001, unitsMax: 10_000_001 }] }, paths: ['input.prices.0.priceMinor', 'input.prices.0.unitsMax'] },
    { change: { prices: [{ skuId: newId('sku'), priceMinor: 1, unitsMax: 9 }] }, paths: ['input.prices.0.skuId'] },
  ])('is told which field makes no sense: $paths of $change', async ({ change, paths }) => {
    const before = await counts();
    const answers = [
      await olga.send(ADD, { input: asked(change) }),
      await olga.send(CHANGE, { input: asked({ offerId: sale.offer.id, revision: 1, ...change }) }),
    ];
    for (const answer of answers) expect(fieldsOf(answer)?.toString().split(',').toSorted()).toEqual(paths.toSorted());
    expect(await counts()).toEqual(before);
  });

  it('is told of a SKU that is named twice or belongs to another product, by its place', async () => {
    const other = await anOffer(shop);
    const price = (skuId: string) => ({ skuId, priceMinor: 1, unitsMax: 9 });
    const both = await olga.send(ADD, { input: asked({ prices: [sale.skuId, sale.skuId, other.skuId].map(price) }) });
    expect(fieldsOf(both)).toEqual(['input.prices.1.skuId', 'input.prices.2.skuId']);
  });

  it('changes the terms that were looked at; who looked at older ones is shown how it stands', async () => {
    const { offer } = await add();
    const key = newId('key');
    const changed = await changeOf(offer.id, 1, { size: 5, idempotencyKey: key });
    expect(changed).toMatchObject({ __typename: 'OfferSheet', revision: 2, offer: { size: 5 } });
    expect(await changeOf(offer.id, 1, { size: 5, idempotencyKey: key })).toEqual(changed);
    expect(await changeOf(offer.id, 1, { size: 6 })).toMatchObject({
      ...{ __typename: 'OfferChanged', message: '该活动已被他人修改，请查看最新内容后再改。' },
      sheet: { revision: 2, offer: { size: 5 }, shares: [{ unitsMax: 60 }] },
    });
    const missing = await olga.send(CHANGE, { input: asked({ offerId: newId('offer'), revision: 1 }) });
    expect([missing.errors?.[0]?.extensions.code, fieldsOf(missing)]).toEqual(['NOT_FOUND', ['input.offerId']]);
  });

  it('reads what was done, newest first: who, when, why, and the terms since', async () => {
    const { offer } = await add();
    await changeOf(offer.id, 1, { size: 5, reason: '人多更好' });
    const {
      offer: { frozenAt },
    } = await freeze(offer.id);
    const changedBy = await olga.staffId();
    const prices = [{ priceMinor: 7_000, unitsMax: 60, sku: { id: sale.skuId } }];
    const { edges, pageInfo } = await olga.ask<Listed<object>>(CHANGES, { id: offer.id, first: 2 });
    const known = { changedBy, changedAt: expect.any(String) };
    expect(edges.map(({ node }) => node)).toEqual([
      { kind: 'FROZEN', reason: '质量问题', ...known, terms: { revision: 2, size: 5, frozenAt, prices } },
      { kind: 'CHANGED', reason: '人多更好', ...known, terms: { revision: 2, size: 5, frozenAt: null, prices } },
    ]);
    const rest = await olga.ask<Listed<object>>(CHANGES, { id: offer.id, first: 2, after: pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node)).toEqual([
      { kind: 'ADDED', reason: '双十一', ...known, terms: { revision: 1, size: 3, frozenAt: null, prices } },
    ]);
    expect([pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('finds each offer under the one standing that it has now', async () => {
    const at = (hours: number): string => secondsAfter(startedAt, hours * HOUR_SECONDS).toISOString();
    const [open, toCome, over, stopped] = [
      (await add()).offer.id,
      (await add({ startsAt: at(1) })).offer.id,
      (await add({ startsAt: at(-48), endsAt: at(1) })).offer.id,
      (await add({ startsAt: at(1) })).offer.id,
    ];
    await freeze(stopped);
    await freeze(over);
    const found = async (standing: string): Promise<string[]> => {
      const { edges } = await olga.ask<Listed>(LIST, { standing, first: 100 });
      return edges.map(({ node }) => node.offer.id).filter((id) => [open, toCome, over, stopped].includes(id));
    };
    const all = async (): Promise<string[][]> =>
      Promise.all(['OPEN', 'TO_COME', 'OVER', 'FROZEN'].map((standing) => found(standing)));
    expect(await all()).toEqual([[open], [toCome], [], [stopped, over]]);
    await shop.setTime(secondsAfter(startedAt, HOUR_SECONDS)); // The very moment at which one starts and one ends.
    expect(await all()).toEqual([[toCome, open], [], [over], [stopped]]);
    await shop.setTime(startedAt);
  });
});

describe('whoever does not work on the catalogue', () => {
  const attempts: [name: string, document: string, variables: () => object][] = [
    ['offerAdd', ADD, () => ({ input: asked() })],
    ['offerChange', CHANGE, () => ({ input: asked({ offerId: sale.offer.id, revision: 1 }) })],
    ['offerFreeze', FREEZE, () => ({ input: { offerId: sale.offer.id, reason: 'x' } })],
    ['offerUnfreeze', UNFREEZE, () => ({ input: { offerId: sale.offer.id, reason: 'x' } })],
    ['offerSheet', 'query ($id: ID!) { offerSheet(id: $id) { revision } }', () => ({ id: sale.offer.id })],
    ['offerSheets', LIST, () => ({})],
    ['offerChanges', CHANGES, () => ({ id: sale.offer.id })],
  ];
  it.each(attempts)('may not call %s, and nothing comes of trying', async (name, document, variables) => {
    const [before, pia] = [await counts(), await shop.operator('pia', 'ADMIN', 'FINANCE', 'SUPPORT')];
    const stands = await shop.rows('SELECT * FROM offer');
    for (const [client, code] of [
      [shop.guest, 'UNAUTHENTICATED'],
      [ana, 'FORBIDDEN'],
      [pia, 'FORBIDDEN'],
    ] as const) {
      const { data, errors } = await client.send(document, variables());
      expect(errors?.[0]?.extensions.code).toBe(code);
      expect([null, { [name]: null }]).toContainEqual(data);
    }
    expect(await counts()).toEqual(before);
    expect(await shop.rows('SELECT * FROM offer')).toEqual(stands);
  });
});

describe('new terms', () => {
  it('concern later teams only: an earlier one is joined at its price, size and limits, and forms', async () => {
    const { offer } = await add({ size: 2, unitsPerOrder: 2, unitsPerBuyer: 2 });
    const earlier = await ana.open(offer.id, 2);
    await pay(ana, earlier);
    await changeOf(offer.id, 1, {
      ...{ size: 3, unitsPerOrder: 1, unitsPerBuyer: 1, ttlSeconds: 2 * HOUR_SECONDS },
      prices: [{ skuId: sale.skuId, priceMinor: 6_000, unitsMax: 60 }],
    });

    expect((await cy.open(offer.id, 2)).__typename).toBe('OrderLimitExceeded');
    const later = await cy.open(offer.id);
    const joined = await bo.join(earlier.team.id, 2);
    expect(await orderOf(bo, joined)).toMatchObject({ payableMinor: 14_000 });
    expect(await orderOf(cy, later)).toMatchObject({ payableMinor: 6_000 });
    await pay(bo, joined);
    await pay(cy, later);
    expect([await statusOf(earlier), await statusOf(later)]).toEqual(['FORMED', 'FORMING']);
    const team = 'query ($id: ID!) { team(id: $id) { size unitsPerOrder unitsPerBuyer prices { priceMinor } } }';
    expect(await shop.guest.ask(team, { id: earlier.team.id })).toEqual({
      ...{ size: 2, unitsPerOrder: 2, unitsPerBuyer: 2, prices: [{ priceMinor: 7_000 }] },
    });
    expect(await shop.guest.ask(team, { id: later.team.id })).toEqual({
      ...{ size: 3, unitsPerOrder: 1, unitsPerBuyer: 1, prices: [{ priceMinor: 6_000 }] },
    });
  });

  it('that lower a share concern every team: there is one share of the stock, and no more', async () => {
    const prices = (unitsMax: number) => [{ skuId: sale.skuId, priceMinor: 7_000, unitsMax }];
    const { offer } = await add({ size: 3, prices: prices(10) });
    const earlier = await ana.open(offer.id, 2);
    await pay(ana, earlier);
    expect(await changeOf(offer.id, 1, { size: 2, prices: prices(2) })).toMatchObject({
      ...{ __typename: 'OfferSheet', shares: [{ unitsMax: 2, unitsTaken: 2 }] },
    });
    expect((await bo.join(earlier.team.id)).__typename).toBe('SoldOut');
  });
});

describe('a frozen offer', () => {
  it('is neither opened nor joined; a held seat is paid and forms its team, a late payment goes back', async () => {
    const { offer } = await add({ size: 2 });
    const [full, lonely] = [await ana.open(offer.id), await bo.open(offer.id)];
    await pay(ana, full);
    await pay(bo, lonely);
    const late = await cy.join(lonely.team.id);
    await cy.startPayment(late.order.checkout.id);
    const [prepayId] = await shop.prepaid([late.order.checkout.id]);
    await shop.setTime(secondsAfter(startedAt, 1_000));
    await shop.get(ChannelService).closeOverdue();
    await settle(shop);
    const held = await bo.join(full.team.id);
    await freeze(offer.id);

    expect((await cy.open(offer.id)).__typename).toBe('OfferFrozen');
    expect((await cy.join(lonely.team.id)).__typename).toBe('OfferFrozen');
    await pay(bo, held);
    expect(await statusOf(full)).toBe('FORMED');

    // The channel takes money for what it had closed; the seat is free, but nobody joins any more.
    await cy.payPrepaid(prepayId!, { ignore_expiry: true });
    await until(async () => (await shop.books()).undelivered_notifications === 0, 'every notification is delivered');
    await settle(shop);
    expect(await orderOf(cy, late)).toMatchObject({
      ...{ status: 'REFUNDED', seat: { status: 'REFUNDED' }, refunds: [{ reason: 'LATE', status: 'SUCCEEDED' }] },
    });
    expect(await statusOf(lonely)).toBe('FORMING');
    await shop.setTime(startedAt);
  });

  it('goes on when it is let, on the terms that it had', async () => {
    const { offer } = await add();
    expect((await freeze(offer.id)).offer.frozenAt).toBe(startedAt.toISOString());
    const input = { offerId: offer.id, reason: '已解决' };
    expect(await olga.ask<Sheet>(UNFREEZE, { input })).toMatchObject({
      revision: 1,
      offer: { ...offer, frozenAt: null },
    });
    const seat = await ana.open(offer.id);
    expect(seat.__typename).toBe('Seat');
    await ana.cancel(seat.order.checkout.id);
  });
});

describe('the shares of an offer', () => {
  /** A product with two SKUs, a hundred of each in stock. */
  const twoSkus = async (): Promise<string[]> => {
    const skus = ['大', '小'].map((title) => ({ title, code: newId('code'), priceMinor: 10_000, quantity: 100 }));
    const product = { supplier: '好团自营', name: '双规格', category: '水果', description: '测试', skus };
    const articles = await shop.source.transaction((db) =>
      shop.get(CatalogService).add(db, [product], { by: 'command:test', reason: 'goods of a test' }),
    );
    return articles.map(({ sku }) => sku.id);
  };
  const openWith = (phone: Phone, offerId: string, skuId: string): Promise<SeatAnswer> =>
    phone.ask(
      `mutation ($input: TeamOpenInput!) { teamOpen(input: $input) {
        __typename ... on Seat { id status team { id status } order { id status checkout { id } } } } }`,
      { input: { offerId, skuId, quantity: 1, delivery: aDelivery(), idempotencyKey: newId('key') } },
    );

  it('are counted for each SKU by itself, and never exceeded by a rush', async () => {
    const [big = '', small = ''] = await twoSkus();
    const { offer } = await add({
      ...{ unitsPerBuyer: 100, unitsPerOrder: 1 },
      prices: [
        { skuId: big, priceMinor: 8_000, unitsMax: 3 },
        { skuId: small, priceMinor: 4_000, unitsMax: 5 },
      ],
    });
    const rush = [ana, bo, cy].flatMap((phone) =>
      [big, big, big, small, small, small].map((skuId) => ({ skuId, seat: openWith(phone, offer.id, skuId) })),
    );
    const answers = await Promise.all(rush.map(async ({ skuId, seat }) => `${skuId} ${(await seat).__typename}`));
    const count = (answer: string): number => answers.filter((each) => each === answer).length;
    expect([count(`${big} Seat`), count(`${big} SoldOut`)]).toEqual([3, 6]);
    expect([count(`${small} Seat`), count(`${small} SoldOut`)]).toEqual([5, 4]);

    const sheet = await olga.ask<Sheet>(`query ($id: ID!) { offerSheet(id: $id) { ${SHEET} } }`, { id: offer.id });
    expect(sheet.shares).toMatchObject([
      { price: { priceMinor: 8_000, sku: { id: big } }, unitsMax: 3, unitsTaken: 3 },
      { price: { priceMinor: 4_000, sku: { id: small } }, unitsMax: 5, unitsTaken: 5 },
    ]);
    const prices = [
      { skuId: big, priceMinor: 8_000, unitsMax: 3 },
      { skuId: small, priceMinor: 4_000, unitsMax: 4 },
    ];
    expect(await changeOf(offer.id, 1, { prices })).toMatchObject({
      ...{ __typename: 'ShareBelowTaken', skuId: small, unitsTaken: 5 },
      message: '活动库存不能少于已占用和已售出的5件。',
    });
  });
});
