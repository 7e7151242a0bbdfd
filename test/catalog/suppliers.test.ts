import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLNamedType, GraphQLObjectType } from 'graphql';
import { Product, type ProductId, Supplier, type SupplierId } from '#catalog';
import { SHOP_ROLES, StaffAccountsService } from '#identity';
import { anOffer, type OnSale } from '../support/builders.js';
import { encodeCursor } from '../../src/common/paging.js';
import type { Client } from '../support/client.js';
import { BY_TEST, codeOf, type Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const [ORCHARD, DAIRY] = ['果园', '牧场'];
const SUPPLIED = `query ($first: Int!, $after: String) { suppliedProducts(first: $first, after: $after) {
  edges { node { product { id status } skus { sku { id priceMinor } onHand reserved sold } } } pageInfo { hasNextPage endCursor }
} }`;
const OWN = '{ ownSupplier { id name } }';

interface Supplied {
  readonly edges: readonly {
    readonly node: {
      readonly product: { readonly id: ProductId; readonly status: string };
      readonly skus: readonly object[];
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let shop: Shop;
let orchardId: SupplierId;
let dairyId: SupplierId;
let fay: Desk;
let moo: Desk;
const apples: OnSale[] = [];
let milk: OnSale;

/** Two suppliers; one has three products, and between them stands one of the other's. */
beforeAll(async () => {
  shop = await Shop.open();
  apples.push(await anOffer(shop, { supplier: ORCHARD }), await anOffer(shop, { supplier: ORCHARD, priceMinor: 990 }));
  milk = await anOffer(shop, { supplier: DAIRY, stock: 77 });
  apples.push(await anOffer(shop, { supplier: ORCHARD }));
  [orchardId, dairyId] = [await supplierId(ORCHARD), await supplierId(DAIRY)];
  [fay, moo] = [await shop.supplier('fay', orchardId), await shop.supplier('moo', dairyId)];
});
afterAll(async () => {
  await shop.close();
});

const supplierId = async (name: string): Promise<SupplierId> =>
  (await shop.source.manager.findOneByOrFail(Supplier, { name })).id;
const list = (who: Client, first = 20, after: string | null = null): Promise<Supplied> =>
  who.ask(SUPPLIED, { first, after });
const idsOf = ({ edges }: Supplied): ProductId[] => edges.map(({ node }) => node.product.id);
const stockOf = async (who: Client, { productId }: OnSale): Promise<readonly object[] | undefined> =>
  (await list(who)).edges.find(({ node }) => node.product.id === productId)?.node.skus;

const hasFields = (type: GraphQLNamedType): type is GraphQLObjectType => 'getFields' in type;
/** The fields of the whole schema that are of a type, or a list of it. */
const fieldsOf = (type: string): string[] =>
  Object.values(shop.get(GraphQLSchemaHost).schema.getTypeMap())
    .filter(hasFields)
    .flatMap((each) => Object.values(each.getFields()).map((field) => ({ each, field })))
    .filter(({ field }) => String(field.type).replace(/[^\w]/g, '') === type)
    .map(({ each, field }) => `${each.name}.${field.name}: ${String(field.type)}`);

describe('whoever works for a supplier', () => {
  it('is told which one, and so is a colleague', async () => {
    const gus = await shop.supplier('gus', orchardId);
    expect(await fay.ask(OWN)).toEqual({ id: orchardId, name: ORCHARD });
    expect(await gus.ask(OWN)).toEqual({ id: orchardId, name: ORCHARD });
    expect(await moo.ask(OWN)).toEqual({ id: dairyId, name: DAIRY });
  });

  it('sees its own products and nobody else’s, newest first, page by page', async () => {
    const [oldest, middle, newest] = apples.map(({ productId }) => productId);
    const first = await list(fay, 2);
    expect(idsOf(first)).toEqual([newest, middle]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list(fay, 2, first.pageInfo.endCursor);
    expect([idsOf(second), second.pageInfo.hasNextPage]).toEqual([[oldest], false]);
    expect(idsOf(await list(moo))).toEqual([milk.productId]);
  });

  it('gets no further with the cursor of another supplier’s list', async () => {
    const { pageInfo } = await list(moo);
    expect(idsOf(await list(fay, 20, pageInfo.endCursor))).toEqual([apples[1]!.productId, apples[0]!.productId]);
    expect(idsOf(await list(moo, 20, encodeCursor([apples[2]!.productId])))).toEqual([milk.productId]);
  });

  it('sees prices, and what of the stock is left, held and sold', async () => {
    const [, cheap] = apples;
    const [ana, bo] = [await shop.login('ana'), await shop.login('bo')];
    const sku = { sku: { id: cheap!.skuId, priceMinor: 990 } };
    expect(await stockOf(fay, cheap!)).toEqual([{ ...sku, onHand: 100, reserved: 0, sold: 0 }]);
    const { id } = await ana.buy(cheap!.skuId, 2);
    await bo.buy(cheap!.skuId, 3);
    expect(await stockOf(fay, cheap!)).toEqual([{ ...sku, onHand: 95, reserved: 5, sold: 0 }]);
    await ana.pay(id);
    await ana.confirmPayment(id);
    await shop.drain();
    expect(await stockOf(fay, cheap!)).toEqual([{ ...sku, onHand: 95, reserved: 3, sold: 2 }]);
    expect(await stockOf(moo, cheap!)).toBeUndefined();
    await expectSound(shop);
  });

  it('goes on seeing what is not on sale any more', async () => {
    await shop.source.manager.update(Product, { id: milk.productId }, { status: 'OFF_SALE' });
    const { edges } = await list(moo);
    expect(edges.map(({ node }) => node.product)).toEqual([{ id: milk.productId, status: 'OFF_SALE' }]);
    await shop.source.manager.update(Product, { id: milk.productId }, { status: 'ON_SALE' });
  });

  it('sees of other suppliers’ goods, and of teams, what a stranger sees', async () => {
    const PAGE = `query ($id: ID!) { product(id: $id) { name supplier { name } skus { priceMinor stock { onHand } }
      offers { joinableTeams { members { name isYou } mySeat { id } } } } }`;
    const ana = await shop.login('ana');
    const seat = await ana.open(milk.offer.id);
    await ana.pay(seat.order.checkout.id);
    await ana.confirmPayment(seat.order.checkout.id);
    await shop.drain();
    for (const { productId: id } of [milk, apples[0]!]) {
      const seenByStrangers = await shop.guest.ask(PAGE, { id });
      for (const desk of [fay, moo]) expect(await desk.ask(PAGE, { id })).toEqual(seenByStrangers);
    }
  });

  it('is out at once when disabled, and the colleagues stay', async () => {
    const hal = await shop.supplier('hal', orchardId);
    await shop.get(StaffAccountsService).setStatus(hal.loginName, 'DISABLED', BY_TEST);
    expect([codeOf(await hal.send(OWN)), codeOf(await fay.send(OWN))]).toEqual(['UNAUTHENTICATED', 'OK']);
  });
});

describe('what a supplier sees', () => {
  it('is seen by no buyer, no guest and nobody of the shop’s own staff, whatever their role', async () => {
    const closed: [who: Client, code: string][] = [
      [shop.guest, 'UNAUTHENTICATED'],
      [await shop.login('ana'), 'FORBIDDEN'],
      [await shop.operator('olga'), 'FORBIDDEN'],
    ];
    for (const role of SHOP_ROLES) closed.push([await shop.operator(role.toLowerCase(), role), 'FORBIDDEN']);
    for (const [who, code] of closed) {
      expect(codeOf(await who.send(OWN))).toBe(code);
      expect(codeOf(await who.send(SUPPLIED, { first: 1 }))).toBe(code);
    }
  });

  it('cannot be asked for by an id: the doors take none', () => {
    const { ownSupplier, suppliedProducts } = shop.get(GraphQLSchemaHost).schema.getQueryType()!.getFields();
    expect(ownSupplier!.args).toEqual([]);
    expect(suppliedProducts!.args.map(({ name }) => name).toSorted()).toEqual(['after', 'first']);
  });

  // prettier-ignore
  it.each([
    ['SuppliedSku',               'SuppliedProduct.skus: [SuppliedSku!]!'],
    ['SuppliedProduct',           'SuppliedProductEdge.node: SuppliedProduct!'],
    ['SuppliedProductConnection', 'Query.suppliedProducts: SuppliedProductConnection!'],
  ])('is reached by nothing else: to %s leads %s alone', (type, door) => {
    expect(fieldsOf(type)).toEqual([door]);
  });
});
