import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Category, Product, ProductImage, SearchIndexService, Sku, StockWarning } from '#catalog';
import { AFTER_SALE_SEALS, AfterSale, AfterSaleImage, AfterSaleLine, AfterSaleStep } from '#after-sale';
import { idBytes, idFromBytes, newId, secondsAfter, Vault } from '#common';
import { Parcel, PARCEL_SEALS, ParcelLine } from '#fulfilment';
import { AddressesService, User, type UserId } from '#identity';
import { Invoice, INVOICE_SEALS, InvoiceLine, InvoiceStep } from '#invoices';
import { Image, ImageRendition } from '#media';
import { Order, type OrderId, OrderLine } from '#orders';
import { type Offer, OfferPrice, OffersService, Seat, Team } from '#teams';
import { anOffer, sentBy } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aDelivery } from '../support/deliveries.js';
import { aUser } from '../support/people.js';
import type { Phone } from '../support/phone.js';
import { checked, fileLine, fileOf } from '../support/catalogue-files.js';
import { anOpenFinding } from '../reconciliation/bookkeeper.js';
import { Shop } from '../support/shop.js';

const LONG = 20;
const SHORT = 5;

const STOCKED = 'code priceMinor stock { onHand }';
const IMPORTS = `query ($first: Int!) { catalogImports(first: $first) { edges { node { id status linesTotal mistakesTotal startedBy reason } } } }`;
const MISTAKES = `query ($id: ID!, $first: Int!) { catalogImportMistakes(id: $id, first: $first) { edges { node { line column kind message } } } }`;
const PRODUCTS = `query ($first: Int!) { products(first: $first) { edges { cursor node {
  id name supplier { name } skus { ${STOCKED} }
  offers { prices { priceMinor unitsLeft sku { ${STOCKED} } } joinableTeams { seatsPaid offer { size } prices { priceMinor sku { title } } members { name isOpener isPaid isYou } mySeat { id } } }
} } pageInfo { hasNextPage } } }`;
const FOUND = `query ($first: Int!) { productSearch(input: { text: "测试商品" }, first: $first) {
  products { edges { node { name supplier { name } skus { ${STOCKED} } } } }
  facets { products categories { category { nameZh } products } suppliers { supplier { name } } prices { products } }
} }`;
const TEAMS = `query ($first: Int!, $offerId: ID!) { teams(first: $first, offerId: $offerId) { edges { node {
  id status members { name isPaid } mySeat { order { payableMinor } }
  offer { product { name supplier { name } } joinableTeams { id } }
  prices { priceMinor unitsLeft sku { ${STOCKED} product { name supplier { name } } } }
} } pageInfo { hasNextPage } } }`;
const ORDERS = `query ($first: Int!) { orders(first: $first) { edges { node {
  id status delivery { address { phone } } parcels { carrier { name } trackingNumber lines { quantity } } refunds { status } seat { status team { members { name isYou } offer { size } } }
  afterSales { status lines { quantity } steps { note } images { id small: url(width: 200) } refund { status } trackingNumber carrier { name } }
  lines { title amountMinor claimTerms { claimableQuantity whyNot { message } } sku { ${STOCKED} product { name supplier { name } } } }
  checkout { payUntil payment { status } orders { id } }
} } pageInfo { hasNextPage } } }`;

const TO_SHIP = `query ($first: Int!) { ordersToShip(first: $first) { edges { node {
  id shipBy isOverdue lines { title shippedQuantity sku { ${STOCKED} } } delivery { address { phone } }
  shipped { carrier { name } trackingNumber lines { quantity } }
} } } }`;
const CASE = `id status amountMinor lines { quantity } steps { status note actorText } images { id small: url(width: 200) }
  refund { status channelRefundId } trackingNumber carrier { name }`;
const OWN_CASES = `query ($first: Int!) { afterSales(first: $first) { edges { node { ${CASE} } } } }`;
const CASES = `query ($first: Int!) { afterSaleCases(first: $first) { edges { node { ${CASE} } } } }`;
const UPLOADS = `query ($first: Int!) { shippingUploads(first: $first, status: UPLOADED) { edges { node {
  id status problem transactionId orderIds parcelsUploaded
} } } }`;

const SHEETS = `query ($first: Int!) { offerSheets(first: $first) { edges { node {
  revision offer { product { name } } shares { unitsMax unitsTaken price { priceMinor unitsLeft sku { ${STOCKED} } } }
} } } }`;
const CHANGES = `query ($first: Int!, $offerId: ID!) { offerChanges(first: $first, offerId: $offerId) { edges { node {
  kind reason terms { size prices { priceMinor sku { ${STOCKED} } } }
} } } }`;

const SUPPLIED = `query ($first: Int!) { suppliedProducts(first: $first) { edges { node {
  product { id name status supplier { name } } skus { onHand reserved sold sku { ${STOCKED} product { name } } }
} } } }`;

const ALL_PRODUCTS = `query ($first: Int!) { allProducts(first: $first) { edges { node {
  id name revision supplier { name } category { name } images { id small: url(width: 200) large: url(width: 800) }
  skus { ${STOCKED} lowStockUnits product { name } priceHistory { priceMinor setBy reason } }
} } } }`;
const WARNINGS = `query ($first: Int!) { stockWarnings(first: $first) { edges { node {
  id since lowestUnits sku { ${STOCKED} lowStockUnits product { name supplier { name } } }
} } } }`;

const IMAGES = `query ($first: Int!) { images(first: $first) { edges { node {
  id status small: url(width: 100) large: url(width: 800, format: JPEG) uploadForm { url } whyRefused { message }
} } } }`;

const ENTRIES = `query ($first: Int!) { auditEntries(first: $first) { edges { node {
  id actor kind subject reason before after request actedAt recordedAt
} } } }`;

const BULK_ACTS = `query ($first: Int!) { bulkActs(first: $first) { edges { node {
  id kind status input reason itemsTotal itemsTried amountMinor currency proposedById decidedById failures { subject problem }
} } } }`;

let shop: Shop;
let ana: Phone;
let hot: Offer;
let lonely: Offer | undefined;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
  const buyers = await shop.people(3);
  for (let number = 0; number < LONG; number += 1) {
    const { offer } = await anOffer(shop, { size: 5 });
    hot = offer;
    lonely ??= offer;
    for (let team = 0; team < 2; team += 1) await aTeam(offer, buyers);
    const { order } = await ana.open(offer.id);
    await aParcel(order.id as OrderId);
    await aCase(order.id as OrderId);
  }
  for (let team = 0; team < LONG; team += 1) await aTeam(hot, buyers);
});
afterAll(async () => {
  await shop.close();
});

/** A forming team of three, written as it would stand; what it took to get there is tested elsewhere. */
async function aTeam(offer: Offer, buyers: readonly UserId[]): Promise<void> {
  const db = shop.source.manager;
  const now = new Date();
  const { id: offerId, kind, revision, size, ttlSeconds, unitsPerOrder, unitsPerBuyer } = offer;
  const teamId = newId('team');
  await db.insert(Team, {
    ...{ offerId, kind, revision, size, ttlSeconds, unitsPerOrder, unitsPerBuyer },
    ...{ id: teamId, openedById: buyers[0]!, status: 'FORMING', seatsLive: buyers.length, seatsPaid: buyers.length },
    ...{ openedAt: now, expiresAt: secondsAfter(now, ttlSeconds) },
  });
  await db.insert(
    Seat,
    buyers.map((buyerId) => ({
      ...{ teamId, offerId, buyerId, id: newId('seat'), orderId: newId('order') },
      ...{ status: 'PAID' as const, quantity: 1, heldUntil: now },
    })),
  );
}

/** A parcel of an order, whatever its order stands at. */
async function aParcel(orderId: OrderId): Promise<void> {
  const db = shop.source.manager;
  const id = newId('parcel');
  await db.insert(Parcel, {
    ...{ id, orderId, carrier: 'YTO', shippedById: newId('staff'), shippedAt: new Date() },
    trackingNumber: shop.get(Vault).seal(PARCEL_SEALS.trackingNumber, id, 'YT0000000000000'),
  });
  const lines = await db.findBy(OrderLine, { orderId });
  await db.insert(
    ParcelLine,
    lines.map((line) => ({ parcelId: id, lineId: line.id, quantity: 1 })),
  );
}

/** A case of an order, with a photo and goods on their way back, whatever its order stands at. */
async function aCase(orderId: OrderId): Promise<void> {
  const db = shop.source.manager;
  const { buyerId, supplierId, currency } = await db.findOneByOrFail(Order, { id: orderId });
  const [id, imageId, stepId, at] = [newId('aftersale'), newId('image'), newId('step'), new Date()];
  const vault = shop.get(Vault);
  await db.insert(AfterSale, {
    ...({ id, orderId, buyerId, supplierId, currency, kind: 'RETURN_AND_REFUND', reason: 'QUALITY' } as const),
    ...({ status: 'APPLIED', isUnshipped: false, freightMinor: 0, amountMinor: 1, appliedAt: at, dueAt: at } as const),
    ...{ carrier: 'YTO', sentAt: at },
    trackingNumber: vault.seal(AFTER_SALE_SEALS.trackingNumber, id, 'YT0000000000000'),
  });
  const [line] = await db.findBy(OrderLine, { orderId });
  await db.insert(AfterSaleLine, { afterSaleId: id, lineId: line!.id, quantity: 1, amountMinor: 1 });
  await db.insert(AfterSaleStep, {
    ...({ id: stepId, afterSaleId: id, status: 'APPLIED', actor: 'BUYER', movedAt: at } as const),
    note: vault.seal(AFTER_SALE_SEALS.note, stepId, '坏了'),
  });
  await db.insert(Image, {
    ...({ id: imageId, purpose: 'AFTER_SALE', type: 'JPEG', sizeBytes: 1, status: 'READY', isKept: true } as const),
    ...{ ownerId: buyerId, width: 200, height: 200, blurhash: 'x', startedAt: at, uploadUntil: at },
  });
  await db.insert(ImageRendition, { imageId, format: 'WEBP', width: 200, sizeBytes: 1 });
  await db.insert(AfterSaleImage, { imageId, afterSaleId: id, position: 1 });
}

interface Listed {
  readonly edges: readonly unknown[];
}

/** The statements that a page of some size takes; the page must really be that long. */
async function statementsFor(client: Client, query: string, first: number, variables: object = {}): Promise<string[]> {
  return shop.statements.during(async () => {
    const { edges } = await client.ask<Listed>(query, { first, ...variables });
    expect(edges).toHaveLength(first);
  });
}

describe('a list with everything nested takes as many SQL statements for twenty items as for five', () => {
  it('products: 14, for their suppliers, SKUs, stock, offers, prices, joinable teams, members and names', async () => {
    const short = await statementsFor(shop.guest, PRODUCTS, SHORT);
    const long = await statementsFor(shop.guest, PRODUCTS, LONG);
    expect([short.length, long.length]).toEqual([14, 14]);
  });

  it('cards of products: 5, for who asks, the products, what their cards say, one’s own scenes and the pictures; of teams: 6, with the time', async () => {
    await shop.rows(
      `INSERT INTO image (id, owner_id, purpose, type, size_bytes, status, width, height, blurhash, started_at, upload_until)
       SELECT id, ?, 'POST', 'JPEG', 1, 'READY', 200, 200, 'x', NOW(3), NOW(3) FROM product`,
      [idBytes(await ana.userId())],
    );
    await shop.rows('INSERT INTO product_image (image_id, product_id, position) SELECT id, id, 0 FROM product');
    const CARD = 'shareCard { title path scene priceMinor isOpen image { width } }';
    const cards = `query ($first: Int!) { products(first: $first) { edges { node { ${CARD} } } } }`;
    const ofTeams = `query ($first: Int!, $offerId: ID!) { teams(first: $first, offerId: $offerId) { edges { node { ${CARD} } } } }`;
    const counts = [];
    for (const first of [SHORT, LONG]) counts.push((await statementsFor(ana, cards, first)).length);
    for (const first of [SHORT, LONG])
      counts.push((await statementsFor(ana, ofTeams, first, { offerId: hot.id })).length);
    await shop.rows('DELETE FROM product_image');
    await shop.rows("DELETE FROM image WHERE purpose = 'POST'");
    expect(counts).toEqual([5, 5, 6, 6]);
  });

  it('products found by words: 8, for the words, what fits, the products, suppliers, SKUs, stock, facets and their categories', async () => {
    await shop.get(SearchIndexService).takeUp(100);
    const counted = (first: number): Promise<string[]> =>
      shop.statements.during(async () => {
        const { products } = await shop.guest.ask<{ products: Listed }>(FOUND, { first });
        expect(products.edges).toHaveLength(first);
      });
    const short = await counted(SHORT);
    const long = await counted(LONG);
    expect([short.length, long.length]).toEqual([8, 8]);
  });

  it('teams: 15, for who asks, the teams’ offers, prices, products, suppliers, stock, members, names and one’s own seat', async () => {
    const variables = { offerId: hot.id };
    const short = await statementsFor(ana, TEAMS, SHORT, variables);
    const long = await statementsFor(ana, TEAMS, LONG, variables);
    expect([short.length, long.length]).toEqual([15, 15]);
  });

  it('orders: 29, for who asks, where they go and how, their lines, goods, payments, refunds, seats, teams and members, what was asked back and can be', async () => {
    const short = await statementsFor(ana, ORDERS, SHORT);
    const long = await statementsFor(ana, ORDERS, LONG);
    expect([short.length, long.length]).toEqual([29, 29]);
  });

  it('orders to ship: 12, for who asks, the time, their lines, goods and parcels, and what is kept of the looks', async () => {
    const olga = await shop.operator('olga', 'SUPPORT');
    await shop.rows("UPDATE orders SET status = 'TO_FULFIL', to_fulfil_at = NOW(3) WHERE buyer_id = ?", [
      idBytes(await ana.userId()),
    ]);
    const short = await statementsFor(olga, TO_SHIP, SHORT);
    const long = await statementsFor(olga, TO_SHIP, LONG);
    await shop.rows("UPDATE orders SET status = 'UNPAID' WHERE buyer_id = ?", [idBytes(await ana.userId())]);
    expect([short.length, long.length]).toEqual([12, 12]);
  });

  it('what one has asked back: 8, for who asks, the cases, their lines, steps, photos, and whose they are', async () => {
    const short = await statementsFor(ana, OWN_CASES, SHORT);
    const long = await statementsFor(ana, OWN_CASES, LONG);
    expect([short.length, long.length]).toEqual([8, 8]);
  });

  it('cases as whoever decides sees them: 9, with what is kept of the looks', async () => {
    const olga = await shop.operator('olga', 'SUPPORT');
    const short = await statementsFor(olga, CASES, SHORT);
    const long = await statementsFor(olga, CASES, LONG);
    expect([short.length, long.length]).toEqual([9, 9]);
  });

  it('uploads: 4, for who asks, the uploads, their payments and orders', async () => {
    const olga = await shop.operator('olga', 'SUPPORT');
    await shop.rows(`INSERT INTO capture (id, payment_id, checkout_id, transaction_id, purpose, amount_minor, currency, succeeded_at)
      SELECT id, id, checkout_id, HEX(id), 'CHECKOUT', amount_minor, currency, NOW(3) FROM payment`);
    await shop.rows(`INSERT INTO shipping_upload (id, checkout_id, status, revision)
      SELECT id, id, 'UPLOADED', 1 FROM checkout`);
    const short = await statementsFor(olga, UPLOADS, SHORT);
    const long = await statementsFor(olga, UPLOADS, LONG);
    expect([short.length, long.length]).toEqual([4, 4]);
  });

  it('bills and findings: 2, for who asks and the page', async () => {
    const olga = await shop.operator('olga', 'FINANCE');
    for (let made = 0; made < LONG; made += 1) await anOpenFinding(shop);
    const BILLS = 'query ($first: Int!) { billDays(first: $first) { edges { node { day type status inMinor } } } }';
    const FINDINGS =
      'query ($first: Int!) { findings(first: $first) { edges { node { kind about: channelNumber whatToDo } } } }';
    const counts = [await statementsFor(olga, BILLS, LONG), await statementsFor(olga, FINDINGS, LONG)];
    expect(counts.map(({ length }) => length)).toEqual([2, 2]);
  });

  it('recalls: 5, for who asks, the recalls, their SKUs, acts and how far they are; orders with theirs: 4, and no more for each', async () => {
    const olga = await shop.operator('olga', 'FINANCE');
    await shop.rows(
      `INSERT INTO sku_batch (id, sku_id, number, received_at) SELECT id, id, 'L1', NOW(3) FROM sku LIMIT ${LONG}`,
    );
    await shop.operator('pia', 'FINANCE');
    await shop.rows(`INSERT INTO bulk_act (id, kind, status, input, reason, items_total, amount_minor, currency, items_tried, proposed_by_id, proposed_at, expires_at, decided_by_id, decided_at)
      SELECT id, 'recalls.recall', 'DONE', '{}', 'x', 1, 1, 'CNY', 1, (SELECT MIN(id) FROM staff), NOW(3), NOW(3), (SELECT MAX(id) FROM staff), NOW(3) FROM sku_batch`);
    await shop.rows(`INSERT INTO recall (id, bulk_act_id, sku_id, batch_id, batch_number, reason, advice, only_certain, proposed_at)
      SELECT id, id, id, id, 'L1', 'x', 'x', FALSE, NOW(3) FROM sku_batch`);
    await shop.rows(`INSERT INTO recall_item (recall_id, seq, order_id, line_id, quantity, certain_quantity, amount_minor, currency)
      SELECT recall.id, ROW_NUMBER() OVER (ORDER BY order_line.id), order_id, order_line.id, 1, 1, 1, 'CNY' FROM recall JOIN order_line`);
    const RECALLS = `query ($first: Int!) { recalls(first: $first) { edges { node {
      units itemsRefunded refundedMinor sku { code } bulkAct { itemsTried } } } } }`;
    const THEIRS =
      'query ($first: Int!) { orders(first: $first) { edges { node { recalls { title refund { status } } } } } }';
    const counts = [await statementsFor(olga, RECALLS, SHORT), await statementsFor(olga, RECALLS, LONG)];
    counts.push(await statementsFor(ana, THEIRS, SHORT), await statementsFor(ana, THEIRS, LONG));
    const [recall] = await shop.rows<{ id: Buffer }>('SELECT id FROM recall LIMIT 1');
    const ITEMS = `query ($first: Int!, $id: ID!) { recallItems(recallId: $id, first: $first) { edges { node { orderId problem } } } }`;
    const variables = { id: idFromBytes('recall', recall!.id) };
    counts.push(await statementsFor(olga, ITEMS, LONG, variables));
    expect(counts.map(({ length }) => length)).toEqual([5, 5, 4, 4, 2]);
  });

  it('invoices: 5, for who asks, the invoices, what is on them, what they came to and their orders; two more for the staff, who may still be, and whose looks are kept', async () => {
    const userId = await ana.userId();
    const orders = await shop.source.manager.findBy(Order, { buyerId: userId });
    const [lines, vault] = [await shop.source.manager.find(OrderLine), shop.get(Vault)];
    for (const { id: orderId } of orders) {
      const id = newId('invoice');
      const movedAt = new Date();
      const whose = {
        id,
        orderId,
        buyerId: userId,
        titleKind: 'PERSONAL',
        title: vault.seal(INVOICE_SEALS.title, id, '个人'),
      };
      const amounts = { amountMinor: 1, freightMinor: 0, currency: 'CNY' };
      await shop.source.manager.insert(Invoice, { ...whose, ...amounts, status: 'ISSUING', movedAt } as Invoice);
      await shop.source.manager.insert(InvoiceStep, { invoiceId: id, status: 'ISSUING', reachedAt: movedAt });
      const { id: lineId } = lines.find((line) => line.orderId === orderId)!;
      const line = { title: '梨', quantity: 1, unitPriceMinor: 1, amountMinor: 1, currency: 'CNY' } as const;
      await shop.source.manager.insert(InvoiceLine, { invoiceId: id, lineId, ...line });
    }
    const listOf = (list: string): string => `query ($first: Int!) { ${list}(first: $first) { edges { node {
      title status saysTooMuch lines { title amountMinor } steps { status reachedAt } fileUrl } } } }`;
    const own = [
      await statementsFor(ana, listOf('invoices'), SHORT),
      await statementsFor(ana, listOf('invoices'), LONG),
    ];
    const pia = await shop.operator('pia', 'FINANCE');
    const all = [SHORT, LONG].map((first) => () => statementsFor(pia, listOf('invoicesToIssue'), first));
    const counts = [...own];
    for (const count of all) counts.push(await count());
    expect(counts.map(({ length }) => length)).toEqual([5, 5, 6, 6]);
  });

  it('messages: 2, for who asks and the messages', async () => {
    await shop.rows(
      `INSERT INTO message (id, user_id, kind, subject_id, occasion_id, params, created_at)
       SELECT id, ?, 'REFUND_SUCCEEDED', id, id, '{"title":"梨","amountMinor":1,"at":"2026-01-01T00:00:00Z"}', NOW(3) FROM orders LIMIT ${LONG}`,
      [idBytes(await ana.userId())],
    );
    const MESSAGES =
      'query ($first: Int!) { messages(first: $first) { edges { node { kind title text subjectId readAt } } } }';
    const counts = [await statementsFor(ana, MESSAGES, SHORT), await statementsFor(ana, MESSAGES, LONG)];
    expect(counts.map(({ length }) => length)).toEqual([2, 2]);
  });

  it('orders under a tab with what explains their prices: 4, for who asks, the orders, their lines and their freight', async () => {
    const TAB = `query ($first: Int!) { orders(first: $first, tab: TO_PAY) { edges { node {
      payableMinor breakdown { text line { title } freight { weightGrams } } } } } }`;
    const short = await statementsFor(ana, TAB, SHORT);
    const long = await statementsFor(ana, TAB, LONG);
    expect([short.length, long.length]).toEqual([4, 4]);
  });

  it('freight templates: 3, for who asks, the templates and their supplier', async () => {
    const { id: productId } = await shop.source.manager.findOneByOrFail(Product, { id: hot.productId });
    const { skuId } = await shop.source.manager.findOneByOrFail(OfferPrice, { offerId: hot.id });
    const { supplierId } = await sentBy(shop, { productId, skuId }, 500);
    for (let number = 1; number < LONG; number += 1) await sentBy(shop, { productId, skuId }, 500);
    const olga = await shop.operator('olga', 'CATALOG');
    const TEMPLATES = `query ($first: Int!, $supplierId: ID!) { freightTemplates(first: $first, supplierId: $supplierId) {
      edges { node { name supplier { name } rules { regions } elsewhere { firstMinor } } } } }`;
    const short = await statementsFor(olga, TEMPLATES, SHORT, { supplierId });
    const long = await statementsFor(olga, TEMPLATES, LONG, { supplierId });
    const fay = await shop.supplier('fay', supplierId);
    const OWN = `query ($first: Int!) { ownFreightTemplates(first: $first) { edges { node { name supplier { name } } } } }`;
    const own = await statementsFor(fay, OWN, LONG);
    expect([short.length, long.length, own.length]).toEqual([3, 3, 3]);
  });

  it('addresses: 2, for who asks and their book', async () => {
    const userId = await ana.userId();
    await ana.agree('ADDRESS_BOOK');
    const counts: number[] = [];
    for (let count = 1; count <= LONG; count += 1) {
      const input = { address: aDelivery().address, idempotencyKey: `an-address-${count}`, isDefault: false };
      await shop.get(AddressesService).add(userId, input);
      if (count !== SHORT && count !== LONG) continue;
      const asking = () => ana.ask('{ addresses { id label isDefault address { recipientName phone detail } } }');
      counts.push((await shop.statements.during(asking)).length);
    }
    expect(counts).toEqual([2, 2]);
  });

  it('people with one number: 3, for who asks, who they are, and that it was told', async () => {
    const olga = await shop.operator('olga', 'SUPPORT');
    const phone = '13812345678';
    const counts: number[] = [];
    for (const count of [SHORT, LONG]) {
      await shop.source.manager.insert(
        User,
        Array.from({ length: count }, () => aUser({ phone }, shop.get(Vault))),
      );
      const asking = () => olga.ask<object[]>('{ people(phone: "13812345678") { id phone } }');
      counts.push((await shop.statements.during(asking)).length);
    }
    expect(counts).toEqual([3, 3]);
  });

  it('a buyer’s orders as customer service sees them: four more than the buyer’s own, for what is kept of the looks', async () => {
    const pia = await shop.operator('pia', 'SUPPORT');
    const buyerId = await ana.userId();
    const query = ORDERS.replace('$first: Int!', '$first: Int!, $buyerId: ID!').replace(
      'orders(',
      'ordersOfBuyer(buyerId: $buyerId, ',
    );
    const short = await statementsFor(pia, query, SHORT, { buyerId });
    const long = await statementsFor(pia, query, LONG, { buyerId });
    expect([short.length, long.length]).toEqual([33, 33]);
  });

  it('a buyer’s whole file: 40, what is kept of the looks included', async () => {
    const pia = await shop.operator('pia', 'SUPPORT');
    const buyerId = await ana.userId();
    const orders = ORDERS.slice(ORDERS.indexOf('{') + 1, ORDERS.lastIndexOf('}'));
    const query = `query ($first: Int!, $buyerId: ID!) { buyerFile(buyerId: $buyerId) {
      buyer { id phone } consents { purpose isGiven } orderCounts { count } ${orders}
      refunds(first: $first) { edges { node { reason status } } }
      seats(first: $first) { edges { node { status team { size } } } }
    } }`;
    const counts: number[] = [];
    for (const first of [SHORT, LONG]) {
      const told = await shop.statements.during(async () => {
        const file = await pia.ask<Record<'orders' | 'seats', Listed>>(query, { first, buyerId });
        expect([file.orders.edges, file.seats.edges].map(({ length }) => length)).toEqual([first, first]);
      });
      counts.push(told.length);
    }
    expect(counts).toEqual([40, 40]);
  });

  it('offers as operators see them: 7, for who asks, their products, prices, shares, SKUs and stock', async () => {
    const olga = await shop.operator('olga');
    const short = await statementsFor(olga, SHEETS, SHORT);
    const long = await statementsFor(olga, SHEETS, LONG);
    expect([short.length, long.length]).toEqual([7, 7]);
  });

  it('goods as their supplier sees them: 6, for who asks, the products, their supplier, SKUs, the SKUs’ product and stock', async () => {
    const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: hot.productId });
    const fay = await shop.supplier('fay', supplierId);
    const short = await statementsFor(fay, SUPPLIED, SHORT);
    const long = await statementsFor(fay, SUPPLIED, LONG);
    expect([short.length, long.length]).toEqual([6, 6]);
  });

  it('goods as the staff see them: 12, for who asks, suppliers, categories, pictures, SKUs, stock and all their prices', async () => {
    const olga = await shop.operator('olga');
    const db = shop.source.manager;
    const products = await db.find(Product, { take: LONG });
    for (const { id: productId } of products) {
      const [id, at] = [newId('image'), new Date()];
      await db.insert(Image, {
        ...({ id, purpose: 'PRODUCT', type: 'JPEG', sizeBytes: 1, status: 'READY' } as const),
        ...{ staffId: await olga.staffId(), width: 200, height: 200, blurhash: 'x', startedAt: at, uploadUntil: at },
      });
      await db.insert(ImageRendition, { imageId: id, format: 'WEBP', width: 200, sizeBytes: 1 });
      await db.insert(ProductImage, { imageId: id, productId, position: 0 });
    }
    const short = await statementsFor(olga, ALL_PRODUCTS, SHORT);
    const long = await statementsFor(olga, ALL_PRODUCTS, LONG);
    expect([short.length, long.length]).toEqual([12, 12]);
  });

  it('warnings: 6, for who asks, what runs out, its stock, its product and the supplier', async () => {
    const olga = await shop.operator('olga');
    const skus = await shop.source.manager.find(Sku, { take: LONG });
    const warnings = skus.map(({ id: skuId }) => ({ id: newId('stock_warning'), skuId, since: new Date() }));
    await shop.source.manager.insert(
      StockWarning,
      warnings.map((warning) => ({ ...warning, lowestUnits: 0, endedAt: null })),
    );
    const short = await statementsFor(olga, WARNINGS, SHORT);
    const long = await statementsFor(olga, WARNINGS, LONG);
    expect([short.length, long.length]).toEqual([6, 6]);
  });

  it('files of products and what is wrong with them: 2 each, for who asks and the list', async () => {
    const olga = await shop.operator('olga');
    const bad = fileOf(...Array.from({ length: LONG }, (_, number) => fileLine({ code: `BAD-${number}`, price: 'x' })));
    const refused = await checked(shop, bad);
    for (let file = 1; file < LONG; file += 1) await checked(shop, fileOf());
    for (const [query, variables] of [
      [IMPORTS, {}],
      [MISTAKES, { id: refused.id }],
    ] as const) {
      const short = await statementsFor(olga, query, SHORT, variables);
      const long = await statementsFor(olga, query, LONG, variables);
      expect([short.length, long.length]).toEqual([2, 2]);
    }
  });

  it('images of one’s own: 3, for who asks and their renditions', async () => {
    const db = shop.source.manager;
    const [ownerId, at] = [await ana.userId(), new Date()];
    const images = Array.from({ length: LONG }, () => ({
      ...({ id: newId('image'), ownerId, purpose: 'POST', type: 'JPEG', sizeBytes: 1, status: 'READY' } as const),
      ...{ width: 200, height: 200, blurhash: 'x', startedAt: at, uploadUntil: at },
    }));
    await db.insert(Image, images);
    for (const format of ['WEBP', 'JPEG'] as const)
      await db.insert(
        ImageRendition,
        images.map(({ id }) => ({ imageId: id, format, width: 200, sizeBytes: 1 })),
      );
    const short = await statementsFor(ana, IMAGES, SHORT);
    const long = await statementsFor(ana, IMAGES, LONG);
    expect([short.length, long.length]).toEqual([3, 3]);
  });

  it('what was done to an offer: 4, for who asks, its SKUs and their stock', async () => {
    const olga = await shop.operator('olga');
    const offers = shop.get(OffersService);
    for (let day = 0; day < LONG / 2; day += 1) {
      await offers.freeze(hot.id, { by: 'command:test', reason: 'night' });
      await offers.unfreeze(hot.id, { by: 'command:test', reason: 'day' });
    }
    const short = await statementsFor(olga, CHANGES, SHORT, { offerId: hot.id });
    const long = await statementsFor(olga, CHANGES, LONG, { offerId: hot.id });
    expect([short.length, long.length]).toEqual([4, 4]);
  });

  it('bulk acts: 3, for who asks, the acts and what of them failed', async () => {
    const olga = await shop.operator('olga');
    const { id: orderId } = (await ana.open(hot.id)).order;
    const propose = 'mutation ($input: OrdersRefundInput!) { ordersRefund(input: $input) { id } }';
    for (let number = 0; number < LONG; number += 1)
      await olga.ask(propose, { input: { orderIds: [orderId], note: '试', idempotencyKey: `proposal-${number}` } });
    const short = await statementsFor(olga, BULK_ACTS, SHORT);
    const long = await statementsFor(olga, BULK_ACTS, LONG);
    expect([short.length, long.length]).toEqual([3, 3]);
  });

  it('the audit trail: 2, for who asks and the entries', async () => {
    const olga = await shop.operator('olga');
    const short = await statementsFor(olga, ENTRIES, SHORT);
    const long = await statementsFor(olga, ENTRIES, LONG);
    expect([short.length, long.length]).toEqual([2, 2]);
  });
});

it('how many orders are under each tab takes 2 statements, for who asks and all tabs at once, and reads nothing but an index', async () => {
  const COUNTS = '{ orderCounts { tab count } }';
  const statements = await shop.statements.during(() => ana.ask(COUNTS));
  expect(statements).toHaveLength(2);
  const userId = idBytes(await ana.userId());
  const plan = await shop.rows<{ table: string; key: string | null; Extra: string }>(
    `EXPLAIN ${statements[1]!}`,
    Array.from({ length: 6 }, () => userId),
  );
  const reads = plan.filter(({ table }) => table === 'orders');
  expect(reads.map(({ key }) => key)).toEqual(Array.from({ length: 6 }, () => 'orders_of_buyer_by_status'));
  for (const { Extra } of reads) expect(Extra).toContain('Using index');
});

it('buying again takes 8 statements, for who asks, the order, its lines, SKUs, products, the time, stock and units, however many lines', async () => {
  const [order] = await shop.source.manager.find(Order, { where: { buyerId: await ana.userId() }, take: 1 });
  const AGAIN = 'query ($id: ID!) { orderAgain(orderId: $id) { quantity sku { title } whyNot { message } } }';
  expect(await shop.statements.during(() => ana.ask(AGAIN, { id: order!.id }))).toHaveLength(8);
});

it('the tree of categories takes a statement for each level, however many there are', async () => {
  const TREE = '{ categories { name children { name children { name } } } }';
  const counts: number[] = [];
  for (let round = 0; round < 2; round += 1) {
    let parentId: Category['parentId'] = null;
    for (let level = 0; level < 3; level += 1) {
      const id = newId('category');
      const said = { nameZh: `${round}-${level}`, nameEn: 'x', position: level, isShown: true };
      await shop.source.manager.insert(Category, { id, parentId, ...said });
      parentId = id;
    }
    counts.push((await shop.statements.during(() => shop.guest.ask(TREE))).length);
  }
  expect(counts).toEqual([3, 3]);
});

it('whether everything holds takes 5 statements, for who asks, the last run, the one under way, verdicts and incidents', async () => {
  const REPORT = `{ invariants { lastRun { broken } runningSince invariants { name holds status incident { rows } } } }`;
  const olga = await shop.operator('olga');
  const sound = await shop.statements.during(() => olga.ask(REPORT));
  await shop.rows(`INSERT INTO invariant_incident (name, first_seen_at, last_seen_at, broken_rows, samples)
    VALUES ('units-add-up', NOW(3), NOW(3), 1, '[{}]'), ('moves-are-legal', NOW(3), NOW(3), 1, '[{}]')`);
  const broken = await shop.statements.during(() => olga.ask(REPORT));
  expect([sound.length, broken.length]).toEqual([5, 5]);
});

it('the purposes and how one stands to them take 3 statements, and what is held of oneself with who has looked 3', async () => {
  const CONSENTS = '{ privacyConsents { purpose text covers isGiven given { text } } }';
  const HELD = '{ personalData { categories { name count } looks(first: 100) { edges { node { operation } } } } }';
  for (const purpose of ['SHOW_PROFILE', 'PHONE'] as const) {
    await ana.agree(purpose);
    expect(await shop.statements.during(() => ana.ask(CONSENTS))).toHaveLength(3);
    expect(await shop.statements.during(() => ana.ask(HELD))).toHaveLength(3);
  }
});

it('the page of a team with everything on it takes 19 statements, however many members and other teams there are', async () => {
  const PAGE = `query ($id: ID!) { teamPage(id: $id) { serverTime secondsLeft seatsLeft team {
    prices { priceMinor singlePriceMinor unitsLeft sku { title } } members { name isOpener isPaid isYou } mySeat { id }
    whyNotJoin { message } whyNotLeave { message } offer { endsAt product { name } whyNotOpen { message } }
  } myLastSeat { status } otherTeams { id members { name } prices { priceMinor } whyNotJoin { message } } } }`;
  const counts: number[] = [];
  for (const offer of [hot, lonely!]) {
    const team = await shop.source.manager.findOneByOrFail(Team, { offerId: offer.id, status: 'FORMING' });
    counts.push((await shop.statements.during(() => ana.ask(PAGE, { id: team.id }))).length);
  }
  expect(counts).toEqual([19, 19]);
});
