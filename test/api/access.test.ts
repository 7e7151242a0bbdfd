import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Reflector } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { AccessGuard } from '../../src/identity/access.guard.js';
import { Viewers } from '../../src/identity/viewers.js';
import { Product } from '#catalog';
import { newId } from '#common';
import { STAFF_ROLES, type StaffRole } from '#identity';
import { anOffer } from '../support/builders.js';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';
import { type RootField, rootFields } from './root-fields.js';

/** What a page shows before `wx.login`, and the login itself. */
const PUBLIC = [
  ...['categories', 'clientConfig', 'login', 'offer', 'product', 'productSearch', 'products', 'sceneResolve'],
  ...['serverTime', 'sessionRefresh'],
  ...['staffEnrol', 'staffEnrolConfirm', 'staffLogin', 'staffSessionRefresh', 'team', 'teamPage', 'teams'],
];

/** What suppliers do with their own orders, and the shop's staff with any. */
const SHIPPING = ['carriers', 'ordersToShip', 'parcelCorrect', 'parcelDelivered', 'parcelShip'];

/** What suppliers decide of cases of their own, and the shop's staff of any. */
const AFTER_SALE = ['afterSaleApprove', 'afterSaleCases', 'afterSaleReject', 'afterSaleReturnReceive'];

/** What only the staff may do: everything that needs a role, by that role, and what each of them may. */
const OPERATORS_ONLY: Readonly<Record<StaffRole | 'STAFF', readonly string[]>> = {
  ADMIN: ['auditEntries', 'invariants', 'invariantsCheck', 'userDisable', 'userEnable'],
  CATALOG: [
    ...['allCategories', 'allProducts', 'categoryAdd', 'categoryChange', 'categoryRemove'],
    ...['catalogImport', 'catalogImportApply', 'catalogImportCancel', 'catalogImportMistakes', 'catalogImports'],
    ...['freightTemplateAdd', 'freightTemplateChange', 'freightTemplates'],
    ...['offerAdd', 'offerChange', 'offerChanges', 'offerFreeze', 'offerSheet', 'offerSheets', 'offerUnfreeze'],
    ...['productAdd', 'productChange', 'productImage', 'productImageUpload', 'productImageUploadComplete'],
    ...[
      'productsFreightSet',
      'productsOffSale',
      'productsOnSale',
      'skuAdd',
      'skuChange',
      'skuLimitsSet',
      'skuPriceSet',
    ],
    ...['stockAdjust', 'stockReceive', 'stockWarnings'],
  ],
  FINANCE: [
    ...['billDayFetchAnew', 'billDays', 'findingResolve', 'findings', 'refundSettledOutside'],
    ...['bulkActApprove', 'bulkActReject', 'bulkActWithdraw', 'bulkActs'],
    ...['invoiceFail', 'invoiceFileUpload', 'invoiceIssue', 'invoiceReverse', 'invoiceTake'],
    ...['invoicesToIssue', 'invoicesToReverse'],
    ...['orderRefund', 'ordersRefund', 'refundQueue', 'refundRetry', 'refundToCard'],
    ...['orderSettlement', 'supplierRateSet', 'supplierRates', 'payouts'],
    ...['payoutApprove', 'payoutCancel', 'payoutEnter', 'payoutPropose'],
    ...['supplierAccounts', 'supplierEntries', 'supplierIncomes', 'supplierStatements'],
    ...['recall', 'recallItems', 'recallPropose', 'recalls'],
  ],
  SUPPORT: [
    ...[...SHIPPING, ...AFTER_SALE, 'afterSaleAppealDecide', 'buyerFile', 'ordersOfBuyer', 'people'],
    ...['shippingUploadRetry', 'shippingUploads'],
  ],
  SUPPLIER: [
    ...[...SHIPPING, ...AFTER_SALE],
    ...['ownFreightTemplates', 'ownSupplier', 'suppliedProducts', 'suppliedProductsOffSale'],
    ...['ownAccount', 'ownEntries', 'ownPayouts', 'ownRates', 'ownStatements'],
    ...['suppliedStockAdjust', 'suppliedStockReceive', 'suppliedStockWarnings'],
  ],
  STAFF: ['staffMe', 'staffPasswordChange'],
};

/** What is everybody's who is logged in, of either kind. */
const SIGNED_IN = ['logout', 'logoutEverywhere', 'sessions'];

let shop: Shop;
let ana: Phone;
let bo: Phone;

beforeAll(async () => {
  shop = await Shop.open();
  [ana, bo] = await Promise.all([shop.login('ana'), shop.login('bo')]);
});
afterAll(async () => {
  await shop.close();
});

const codeOf = async (client: Client, { document }: RootField): Promise<string> => {
  const { errors } = await client.send(document);
  return errors?.[0]?.extensions.code ?? 'OK';
};

describe('every query and mutation', () => {
  it('but the public ones is closed to strangers', async () => {
    const fields = await rootFields(shop.guest);
    const open: string[] = [];
    for (const field of fields) {
      const code = await codeOf(shop.guest, field);
      expect(code).not.toBe('GRAPHQL_INVALID');
      if (code !== 'UNAUTHENTICATED') open.push(field.name);
    }
    expect(fields.length).toBeGreaterThan(PUBLIC.length);
    expect(open.toSorted()).toEqual(PUBLIC);
  });

  it('but those of the staff is open to buyers: none was left without @Allow', async () => {
    const forbidden: string[] = [];
    for (const [number, field] of (await rootFields(shop.guest)).entries()) {
      // A new one each time, because some of the fields log out.
      const code = await codeOf(await shop.login(`visitor ${number}`), field);
      if (code === 'FORBIDDEN') forbidden.push(field.name);
      expect([field.name, code]).not.toEqual([field.name, 'UNAUTHENTICATED']);
    }
    expect(forbidden.toSorted()).toEqual([...new Set(Object.values(OPERATORS_ONLY).flat())].toSorted());
  });

  it.each(STAFF_ROLES)(
    'is closed to %s but for what is theirs, everybody’s, or everybody’s who works here',
    async (role) => {
      const open: string[] = [];
      const { productId } = await anOffer(shop);
      const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: productId });
      const sitDown = (): Promise<Desk> =>
        role === 'SUPPLIER' ? shop.supplier('fay', supplierId) : shop.operator(role.toLowerCase(), role);
      let desk = await sitDown();
      for (const field of await rootFields(shop.guest)) {
        const code = await codeOf(desk, field);
        if (code !== 'FORBIDDEN') open.push(field.name);
        expect([field.name, code]).not.toEqual([field.name, 'UNAUTHENTICATED']);
        if (field.name.startsWith('logout')) desk = await sitDown();
      }
      const theirs = [...OPERATORS_ONLY[role], ...OPERATORS_ONLY.STAFF, ...SIGNED_IN, ...PUBLIC];
      expect(open.toSorted()).toEqual(theirs.toSorted());
    },
  );

  it('of the staff says in the schema which role it is for, and stands in the table of the API page', async () => {
    const page = await readFile('docs/API.md', 'utf8');
    const { schema } = shop.get(GraphQLSchemaHost);
    const fields = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
    for (const [role, names] of Object.entries(OPERATORS_ONLY)) {
      const sharing = STAFF_ROLES.filter((each) => each !== role).join('|');
      const one = new RegExp(`For ((${sharing}) and )?${role}( and (${sharing}))?\\.`);
      const phrase = role === 'STAFF' ? /For all of the staff\./ : one;
      for (const name of names)
        expect([name, fields[name]?.description]).toEqual([name, expect.stringMatching(phrase)]);
      const row = page.split('\n').find((line) => line.startsWith(`| \`${role}\` |`)) ?? '';
      expect(
        [...row.matchAll(/`(\w+)`/g)]
          .map(([, name]) => name)
          .slice(1)
          .toSorted(),
      ).toEqual(names.toSorted());
    }
  });

  it('that nobody marked with @Allow would be closed to everybody', async () => {
    const guard = new AccessGuard(shop.get(Viewers), new Reflector());
    const unmarked = (): void => undefined;
    const asks = (authorization: string | undefined): Promise<boolean> => {
      const request = { headers: authorization === undefined ? {} : { authorization } };
      const context = new ExecutionContextHost([{}, {}, { request }, {}], AccessGuard, unmarked);
      context.setType('graphql');
      return guard.canActivate(context);
    };
    await expect(asks(undefined)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(asks(`Bearer ${ana.accessToken!}`)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('what is somebody else’s', () => {
  it('is as good as not there, for reading and for writing, and stays as it is', async () => {
    const { skuId } = await anOffer(shop);
    const { id } = await ana.buy(skuId);
    const stranger = newId('checkout');
    const before = await shop.rows('SELECT HEX(id), status FROM checkout');

    const attempts: [query: string, variables: (id: string) => object][] = [
      ['query ($id: ID!) { checkout(id: $id) { status } }', (of) => ({ id: of })],
      ...['paymentStart', 'paymentConfirm', 'checkoutCancel'].map((mutation): [string, (of: string) => object] => [
        `mutation ($input: CheckoutInput!) { ${mutation}(input: $input) { __typename } }`,
        (of) => ({ input: { checkoutId: of } }),
      ]),
    ];
    for (const [query, variables] of attempts) {
      const theirs = await bo.send(query, variables(id));
      const nobodys = await bo.send(query, variables(stranger));
      expect(theirs.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      // The same answer, so that ids cannot be probed; where in the document it stands says nothing about them.
      expect({ ...theirs.errors?.[0], locations: [] }).toEqual({ ...nobodys.errors?.[0], locations: [] });
    }
    expect(await shop.rows('SELECT HEX(id), status FROM checkout')).toEqual(before);
    expect((await ana.startPayment(id)).__typename).toBe('PaySheet');
    await ana.cancel(id);
  });

  it('is not in one’s own list, nor reachable through a cursor into it', async () => {
    const { skuId } = await anOffer(shop);
    await ana.buy(skuId);
    const cursorOfAna = Buffer.from(JSON.stringify([newId('order')])).toString('base64url');
    for (const after of [null, cursorOfAna]) {
      const { edges } = await bo.ask<{ edges: unknown[] }>(
        'query ($after: String) { orders(after: $after) { edges { node { id } } } }',
        { after },
      );
      expect(edges).toEqual([]);
    }
  });

  it('is not answered to a key that somebody else has used', async () => {
    const { skuId } = await anOffer(shop);
    const [hers, his] = [await ana.buy(skuId, 1, 'the-very-same-key'), await bo.buy(skuId, 1, 'the-very-same-key')];
    expect(his.id).not.toBe(hers.id);
  });
});

describe('the members of a team', () => {
  const TEAM =
    'query ($id: ID!) { team(id: $id) { members { name isOpener isPaid isYou } mySeat { id order { id } } } }';

  it('show nothing of their persons, and whose seat it is only to oneself', async () => {
    const { offer } = await anOffer(shop);
    const seat = await ana.open(offer.id);
    await ana.pay(seat.order.checkout.id);
    await ana.confirmPayment(seat.order.checkout.id);
    await shop.drain();
    await bo.join(seat.team.id);

    await ana.ask('mutation { profileUpdate(input: { nickname: "桂花糕阿婆" }) { id } }');
    await ana.agree('SHOW_PROFILE');
    const named = (isOpener: boolean) => ({ name: isOpener ? '桂**婆' : '微信用户' });
    const member = (isOpener: boolean, isPaid: boolean, isYou: boolean) => ({
      ...named(isOpener),
      ...{ isOpener, isPaid, isYou },
    });
    const variables = { id: seat.team.id };
    const opened = { ...named(true), isOpener: true, isPaid: true };
    const joined = { ...named(false), isOpener: false, isPaid: false };
    expect(await shop.guest.ask(TEAM, variables)).toEqual({
      members: [
        { ...opened, isYou: false },
        { ...joined, isYou: false },
      ],
      mySeat: null,
    });
    expect(await ana.ask(TEAM, variables)).toEqual({
      members: [member(true, true, true), member(false, false, false)],
      mySeat: { id: seat.id, order: { id: seat.order.id } },
    });
    await expectSound(shop);
  });

  it('have no other fields', async () => {
    const { fields } = await shop.guest.ask<{ fields: { name: string }[] }>(
      '{ __type(name: "TeamMember") { fields { name } } }',
    );
    expect(fields.map(({ name }) => name)).toEqual(['isOpener', 'isPaid', 'isYou', 'name']);
  });

  it('are seen by nobody before the opener has paid', async () => {
    const { offer } = await anOffer(shop);
    const seat = await ana.open(offer.id);
    const { edges } = await shop.guest.ask<{ edges: unknown[] }>(
      'query ($id: ID!) { teams(offerId: $id) { edges { cursor } } }',
      {
        id: offer.id,
      },
    );
    expect(edges).toEqual([]);
    expect((await bo.join(seat.team.id)).__typename).toBe('TeamClosed');
  });
});
