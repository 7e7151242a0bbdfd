import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, type SupplierId } from '#catalog';
import { idFromBytes, newId } from '#common';
import { rootFields } from '../api/root-fields.js';
import { apply, RETURN, sent, step } from '../after-sale/counter.js';
import { aNumber, giveBack, orderOf, ship } from '../fulfilment/warehouse.js';
import { NUMBER, receiveBatch } from '../recalls/recalling.js';
import * as invoices from '../invoices/bookkeeping.js';
import * as payouts from '../payouts/paying.js';
import { anOpenFinding } from '../reconciliation/bookkeeper.js';
import { A_CHARGE, anOffer, draftOf, type OnSale, sentBy } from '../support/builders.js';
import { CATALOGUE_ACTS, documentOfAct } from '../support/catalogue.js';
import { checked, fileLine, fileOf } from '../support/catalogue-files.js';
import type { Answer, Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled, settle } from '../support/sound.js';
import { catalogueScenarios } from './catalogue-scenarios.js';

const REASON = '值班经理批准';

let shop: Shop;
let olga: Desk;
let pia: Desk;
let ana: Phone;
let fay: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ wechat: { refundGapSeconds: 0 } });
  [olga, pia, ana] = [await shop.operator('olga'), await shop.operator('pia'), await shop.login('ana')];
  sale = await anOffer(shop);
  const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: sale.productId });
  fay = await shop.supplier('fay', supplierId);
});
afterAll(async () => {
  await shop.close();
});

/** An input that is done, and one that is refused, each made when it is its turn. */
interface Scenario {
  /** The document that sends it, if its type alone does not tell. */
  readonly document?: string;
  readonly input?: string;
  readonly does: () => Promise<object>;
  readonly refused: () => Promise<object>;
}

const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const inputOf = async (of: OnSale): Promise<object> => ({
  ...(await draftOf(shop, of.offer)),
  reason: REASON,
  ...key(),
});
const somebody = async (): Promise<object> => ({
  userId: await (await shop.login(randomUUID())).userId(),
  reason: REASON,
});

async function paidOrder(): Promise<string> {
  const checkout = await ana.buy(sale.skuId);
  await ana.pay(checkout.id, { notify: { lose: true } });
  await ana.confirmPayment(checkout.id);
  await settle(shop);
  return checkout.orders[0]!.id;
}

/** A refund that waits for an operator. */
async function waiting(...fault: [kind: string, times?: number, code?: string]): Promise<object> {
  const orderId = await paidOrder();
  await shop.fault('refund', ...fault);
  const { id } = await olga.ask<{ id: string }>(
    'mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { ... on Refund { id } } }',
    { input: { orderId, amountMinor: 100, note: REASON, ...key() } },
  );
  await settle(shop);
  return { refundId: id, reason: REASON };
}

/** A bulk act that somebody has proposed. */
async function proposedBy(by: Desk): Promise<object> {
  const input = { orderIds: [await paidOrder()], note: REASON, ...key() };
  const { id } = await by.ask<{ id: string }>(
    'mutation ($input: OrdersRefundInput!) { ordersRefund(input: $input) { id } }',
    { input },
  );
  return { bulkActId: id, reason: REASON };
}

/** Another limit each time, so that it changes something. */
let limited = 1_000;
const FREIGHT = { name: '快递', rules: [], elsewhere: A_CHARGE, notDelivered: ['54'], reason: REASON };
const supplierId = async (): Promise<string> =>
  (await shop.source.manager.findOneByOrFail(Product, { id: sale.productId })).supplierId;

const CARD = { bankType: 'ICBC_DEBIT', bankAccount: '6222021234567890123', realName: '安娜' };
const nobody = (): Promise<object> => Promise.resolve({ userId: newId('user'), reason: REASON });
const noOffer = (): Promise<object> => Promise.resolve({ offerId: newId('offer'), reason: REASON });
const theOffer = (): Promise<object> => Promise.resolve({ offerId: sale.offer.id, reason: REASON });
const manual = (): Promise<object> => waiting('refuse', 1, 'USER_ACCOUNT_ABNORMAL');

/**
 * What only the staff may call, but what changes nothing in the shop: to look at everything, a picture that no product shows yet, and one's own
 * password, which has an entry of its own kind; and the daily work of whoever ships or issues invoices, of which
 * the parcel or the invoice itself says who did it and when.
 */
const WITHOUT_REASON = [
  ...['invariantsCheck', 'productImageUpload', 'productImageUploadComplete', 'staffPasswordChange'],
  ...['parcelShip', 'parcelDelivered', 'invoiceTake', 'invoiceFileUpload'],
];

/** A parcel on its way. */
async function parcel(): Promise<string> {
  return (await ship(olga, await paidOrder())).id;
}

/** An invoice that is asked for, of an order that is shipped. */
async function requested(): Promise<string> {
  const orderId = await paidOrder();
  await ship(olga, orderId);
  return (await invoices.request(ana, orderId)).id;
}

/** One that is taken, with its file. */
async function anInvoice(): Promise<string> {
  const id = await requested();
  await invoices.take(olga, id);
  await invoices.upload(olga, id);
  return id;
}

/** One that is to be taken back, with the file of its red-letter invoice. */
async function reversing(): Promise<string> {
  const id = await anInvoice();
  const { orderId } = await invoices.enter(olga, 'invoiceIssue', id);
  await giveBack(olga, orderId, 100);
  await deliver(shop);
  await invoices.upload(olga, id);
  return id;
}

const rate = async (): Promise<object> => ({
  supplierId: await supplierId(),
  commissionBps: 0,
  reason: REASON,
  ...key(),
});
const transferred = (): object => ({ reference: randomUUID(), paidOn: '2026-01-05', reason: REASON, ...key() });

/** An order of the supplier's that is settled; no payout of theirs is open. */
async function earned(): Promise<void> {
  const open = "SELECT id FROM payout WHERE status IN ('PROPOSED', 'APPROVED')";
  for (const { id } of await shop.rows<{ id: Buffer }>(open)) await payouts.cancel(pia, idFromBytes('payout', id));
  await paidOrder();
  await complete(shop, await ana.userId());
}

async function payout(by: Desk): Promise<string> {
  await earned();
  return (await payouts.propose(by, (await supplierId()) as SupplierId, 100)).id;
}

async function agreedPayout(): Promise<string> {
  const id = await payout(olga);
  await payouts.approve(pia, id);
  return id;
}

const entry = (): object => ({ number: invoices.aNumber(), issuedOn: '2026-01-05', reason: REASON });

/** A payment of whose shipping WeChat does not take what it is told. */
async function stuckUpload(): Promise<object> {
  await shop.fault('upload_shipping', 'refuse', 1, '10060014');
  await parcel();
  await settle(shop);
  const [row] = await shop.rows<{ id: Buffer }>(
    "SELECT id FROM shipping_upload WHERE status = 'STUCK' ORDER BY id DESC",
  );
  return { uploadId: idFromBytes('upload', row!.id), reason: REASON };
}

const correction = async (): Promise<object> => ({
  ...{ parcelId: await parcel(), carrier: 'YTO', trackingNumber: aNumber(), reason: REASON },
});

/** A file of products that waits for a decision, or was refused. */
const file = async (price: string): Promise<object> => {
  const code = randomUUID();
  const { id: importId } = await checked(shop, fileOf(fileLine({ code, product: code, price })));
  return { importId, reason: REASON };
};

/** A case that waits for a decision. */
async function aCase(): Promise<{ afterSaleId: string; reason: string; idempotencyKey: string }> {
  const orderId = await paidOrder();
  await ship(olga, orderId);
  const { lines } = await orderOf(ana, orderId);
  const { id } = await apply(ana, orderId, [{ lineId: lines[0]!.id, quantity: 1 }], RETURN);
  return { afterSaleId: id, reason: REASON, ...key() };
}
const noCase = (): Promise<object> => Promise.resolve({ afterSaleId: newId('aftersale'), reason: REASON, ...key() });

async function aCaseSentBack(): Promise<object> {
  const decision = await aCase();
  await step(olga, 'afterSaleApprove', decision.afterSaleId, { reason: REASON });
  await step(ana, 'afterSaleReturnSend', decision.afterSaleId, sent());
  return decision;
}

async function aCaseAppealed(): Promise<object> {
  const decision = await aCase();
  await step(olga, 'afterSaleReject', decision.afterSaleId, { reason: REASON });
  await step(ana, 'afterSaleAppeal', decision.afterSaleId);
  return decision;
}

/** Every other mutation that only operators may call. A new one needs its line. */
const CATALOGUE = catalogueScenarios(() => ({ shop, olga, like: sale.productId }));
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(CATALOGUE_ACTS.map((act) => [act, { ...CATALOGUE[act], document: documentOfAct(act) }])),
  offerAdd: {
    input: 'OfferAddInput',
    does: () => inputOf(sale),
    refused: async () => ({ ...(await inputOf(sale)), ttlSeconds: 1 }),
  },
  offerChange: {
    input: 'OfferChangeInput',
    does: async () => ({ ...(await inputOf(sale)), offerId: sale.offer.id, revision: 1, size: 4 }),
    refused: async () => ({ ...(await inputOf(sale)), offerId: sale.offer.id, revision: 7 }),
  },
  freightTemplateAdd: {
    input: 'FreightTemplateAddInput',
    does: async () => ({ supplierId: await supplierId(), ...FREIGHT, ...key() }),
    refused: () => Promise.resolve({ supplierId: newId('supplier'), ...FREIGHT, ...key() }),
  },
  freightTemplateChange: {
    input: 'FreightTemplateChangeInput',
    does: async () => ({ templateId: (await sentBy(shop, sale, 500)).id, revision: 1, ...FREIGHT, ...key() }),
    refused: async () => ({ templateId: (await sentBy(shop, sale, 500)).id, revision: 7, ...FREIGHT, ...key() }),
  },
  productsFreightSet: {
    input: 'ProductsFreightSetInput',
    does: async () => {
      await sentBy(shop, sale, 500);
      return { productIds: [sale.productId], reason: REASON };
    },
    refused: () => Promise.resolve({ productIds: [sale.productId], templateId: newId('freight'), reason: REASON }),
  },
  skuLimitsSet: {
    input: 'SkuLimitsSetInput',
    does: () => Promise.resolve({ skuId: sale.skuId, unitsPerOrder: (limited += 1), reason: REASON }),
    refused: () => Promise.resolve({ skuId: newId('sku'), unitsPerOrder: 1, reason: REASON }),
  },
  offerFreeze: { input: 'OfferDecisionInput', does: theOffer, refused: noOffer },
  offerUnfreeze: { input: 'OfferDecisionInput', does: theOffer, refused: noOffer },
  orderRefund: {
    input: 'OrderRefundInput',
    does: async () => ({ orderId: await paidOrder(), amountMinor: 100, note: REASON, ...key() }),
    refused: async () => ({ orderId: await paidOrder(), amountMinor: 1_000_000, note: REASON, ...key() }),
  },
  ordersRefund: {
    input: 'OrdersRefundInput',
    does: async () => ({ orderIds: [await paidOrder()], note: REASON, ...key() }),
    refused: () => Promise.resolve({ orderIds: [newId('order')], note: REASON, ...key() }),
  },
  catalogImportApply: {
    input: 'CatalogImportApplyInput',
    does: async () => ({ ...(await file('1')), ...key() }),
    refused: async () => ({ ...(await file('x')), ...key() }),
  },
  catalogImportCancel: { input: 'CatalogImportCancelInput', does: () => file('1'), refused: () => file('x') },
  bulkActApprove: {
    input: 'BulkActApproveInput',
    does: async () => ({ ...(await proposedBy(pia)), ...key() }),
    refused: async () => ({ ...(await proposedBy(olga)), ...key() }),
  },
  bulkActReject: { input: 'BulkActEndInput', does: () => proposedBy(pia), refused: () => proposedBy(olga) },
  bulkActWithdraw: { input: 'BulkActEndInput', does: () => proposedBy(olga), refused: () => proposedBy(pia) },
  afterSaleApprove: { input: 'AfterSaleDecisionInput', does: aCase, refused: noCase },
  afterSaleReject: { input: 'AfterSaleDecisionInput', does: aCase, refused: noCase },
  afterSaleReturnReceive: {
    input: 'AfterSaleReturnReceiveInput',
    does: async () => ({ ...(await aCaseSentBack()), isResaleable: true }),
    refused: async () => ({ ...(await aCase()), isResaleable: true }),
  },
  afterSaleAppealDecide: {
    input: 'AfterSaleAppealDecideInput',
    does: async () => ({ ...(await aCaseAppealed()), isApproved: true }),
    refused: async () => ({ ...(await aCase()), isApproved: true }),
  },
  parcelCorrect: {
    input: 'ParcelCorrectInput',
    does: correction,
    refused: async () => ({ ...(await correction()), carrier: 'PIGEON' }),
  },
  shippingUploadRetry: {
    input: 'ShippingUploadRetryInput',
    does: stuckUpload,
    refused: () => Promise.resolve({ uploadId: newId('upload'), reason: REASON }),
  },
  recallPropose: {
    input: 'RecallProposeInput',
    does: async () => {
      await receiveBatch(olga, sale.skuId);
      return { skuId: sale.skuId, batchNumber: NUMBER, advice: '请丢弃', reason: REASON, ...key() };
    },
    refused: () =>
      Promise.resolve({ skuId: sale.skuId, batchNumber: 'NONE', advice: '请丢弃', reason: REASON, ...key() }),
  },
  supplierRateSet: {
    input: 'SupplierRateSetInput',
    does: async () => ({ ...(await rate()), validFrom: new Date(Date.now() + 60_000) }),
    refused: async () => ({ ...(await rate()), validFrom: new Date(Date.now() - 60_000) }),
  },
  payoutPropose: {
    input: 'PayoutProposeInput',
    does: async () => {
      await earned();
      return { supplierId: await supplierId(), amountMinor: 100, reason: REASON, ...key() };
    },
    refused: async () => ({ supplierId: await supplierId(), amountMinor: 1_000_000_000, reason: REASON, ...key() }),
  },
  payoutApprove: {
    input: 'PayoutDecideInput',
    does: async () => ({ payoutId: await payout(pia), reason: REASON, ...key() }),
    refused: async () => ({ payoutId: await payout(olga), reason: REASON, ...key() }),
  },
  payoutEnter: {
    input: 'PayoutEnterInput',
    does: async () => ({ payoutId: await agreedPayout(), ...transferred() }),
    refused: async () => ({ payoutId: await payout(olga), ...transferred() }),
  },
  payoutCancel: {
    input: 'PayoutDecideInput',
    does: async () => ({ payoutId: await payout(olga), reason: REASON, ...key() }),
    refused: async () => {
      const payoutId = await payout(olga);
      await payouts.cancel(olga, payoutId);
      return { payoutId, reason: REASON, ...key() };
    },
  },
  invoiceIssue: {
    input: 'InvoiceIssueInput',
    does: async () => ({ invoiceId: await anInvoice(), ...entry() }),
    refused: async () => ({ invoiceId: await requested(), ...entry() }),
  },
  invoiceFail: {
    input: 'InvoiceFailInput',
    does: async () => ({ invoiceId: await anInvoice(), reason: REASON }),
    refused: async () => ({ invoiceId: await requested(), reason: REASON }),
  },
  invoiceReverse: {
    input: 'InvoiceIssueInput',
    does: async () => ({ invoiceId: await reversing(), ...entry() }),
    refused: async () => ({ invoiceId: await anInvoice(), ...entry() }),
  },
  refundRetry: {
    input: 'RefundRetryInput',
    does: manual,
    refused: () => Promise.resolve({ refundId: newId('refund'), reason: REASON }),
  },
  refundToCard: {
    input: 'RefundToCardInput',
    does: async () => ({ ...(await waiting('abnormal')), ...CARD }),
    refused: async () => ({ ...(await manual()), ...CARD }),
  },
  refundSettledOutside: {
    input: 'RefundSettledOutsideInput',
    does: async () => ({ ...(await waiting('abnormal')), reference: 'ICBC-2026-1', ...key() }),
    refused: () => Promise.resolve({ refundId: newId('refund'), reference: 'ICBC-2026-2', reason: REASON, ...key() }),
  },
  findingResolve: {
    input: 'FindingResolveInput',
    does: async () => ({ findingId: (await anOpenFinding(shop)).findingId, reason: REASON }),
    refused: () => Promise.resolve({ findingId: newId('finding'), reason: REASON }),
  },
  billDayFetchAnew: {
    input: 'BillDayFetchAnewInput',
    does: async () => ({ billDayId: (await anOpenFinding(shop)).billDayId, reason: REASON }),
    refused: async () => {
      const { billDayId, findingId } = await anOpenFinding(shop);
      await ask(olga, 'findingResolve', { findingId, reason: REASON });
      return { billDayId, reason: REASON };
    },
  },
  userDisable: {
    input: 'UserChangeInput',
    does: somebody,
    refused: nobody,
  },
  userEnable: {
    input: 'UserChangeInput',
    does: async () => {
      const input = await somebody();
      await ask(olga, 'userDisable', input);
      return input;
    },
    refused: nobody,
  },
};

function ask(by: Client, mutation: string, input: object): Promise<Answer> {
  const { input: type, document } = SCENARIOS[mutation]!;
  return by.send(document ?? `mutation ($input: ${String(type)}!) { ${mutation}(input: $input) { __typename } }`, {
    input,
  });
}

interface Entry {
  readonly id: string;
  readonly actor: string;
  readonly reason: string;
  readonly facts_before: string;
  readonly facts_after: string;
  readonly request: string | null;
}

/** Suppliers' people have acts of their own. */
function whoDoes(mutation: string): Desk {
  return mutation.startsWith('supplied') ? fay : olga;
}

/** What an attempt leaves on record, besides its answer. */
async function leftBy(by: Client, mutation: string, input: object): Promise<{ answer: Answer; entries: Entry[] }> {
  const [newest] = await shop.rows<{ id: string }>('SELECT MAX(id) AS id FROM audit_entry');
  const answer = await ask(by, mutation, input);
  return { answer, entries: await shop.rows<Entry>('SELECT * FROM audit_entry WHERE id > ?', [newest!.id]) };
}

describe('a mutation that only operators may call', () => {
  it('has a scenario here, whichever it is', async () => {
    const forbidden: string[] = [];
    for (const [number, { name, document }] of (await rootFields(shop.guest)).entries()) {
      if (!document.startsWith('mutation')) continue;
      const { errors } = await (await shop.login(`visitor ${number}`)).send(document);
      if (errors?.[0]?.extensions.code === 'FORBIDDEN') forbidden.push(name);
    }
    expect(forbidden.toSorted()).toEqual([...Object.keys(SCENARIOS), ...WITHOUT_REASON].toSorted());
  });

  it.each(Object.keys(SCENARIOS))(
    '%s leaves one entry that says who, why, by which request, before and after',
    async (mutation) => {
      const input = await SCENARIOS[mutation]!.does();
      const { answer, entries } = await leftBy(whoDoes(mutation), mutation, input);
      expect(answer.errors).toBeUndefined();
      expect(entries).toHaveLength(1);
      const [{ actor, reason, facts_before, facts_after, request }] = entries as [Entry];
      expect([actor, reason]).toEqual([await whoDoes(mutation).staffId(), REASON]);
      const [before, after] = [JSON.parse(facts_before) as object, JSON.parse(facts_after) as object];
      expect(after).not.toEqual({});
      expect(before).not.toEqual(after);
      const { idempotencyKey } = input as { idempotencyKey?: string };
      expect(JSON.parse(request ?? 'null')).toEqual({
        ...{ mutation, session: expect.stringMatching(/^session_/) },
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
      await deliver(shop);
    },
  );

  it.each(Object.keys(SCENARIOS))('%s leaves none when it is refused', async (mutation) => {
    const { answer, entries } = await leftBy(whoDoes(mutation), mutation, await SCENARIOS[mutation]!.refused());
    const data = answer.data as Record<string, { __typename: string } | null> | null;
    expect(String(data?.[mutation]?.__typename)).not.toMatch(
      /^(AfterSale|Invoice|OfferSheet|Refund|User|BulkAct|CatalogImport|Category|FreightTemplate|Parcel|Product|ProductBatch|ShippingUpload|Sku)$/,
    );
    expect(entries).toEqual([]);
  });

  it.each(Object.keys(SCENARIOS))('%s leaves none when a buyer tries', async (mutation) => {
    const { answer, entries } = await leftBy(ana, mutation, await SCENARIOS[mutation]!.does());
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(entries).toEqual([]);
  });
});

it('an act that is repeated under its key is on record once', async () => {
  const input = await SCENARIOS['orderRefund']!.does();
  expect((await leftBy(olga, 'orderRefund', input)).entries).toHaveLength(1);
  expect((await leftBy(olga, 'orderRefund', input)).entries).toEqual([]);
});

it('nothing personal is on record: no card, no name, no address', async () => {
  const { entries } = await leftBy(olga, 'refundToCard', await SCENARIOS['refundToCard']!.does());
  expect(entries).toHaveLength(1);
  const said = await shop.rows<{ text: string }>(
    "SELECT CONCAT(facts_before, facts_after, COALESCE(request, '')) AS text FROM audit_entry",
  );
  const text = said.map((each) => each.text).join();
  for (const secret of [CARD.bankAccount.slice(-8), CARD.realName]) expect(text).not.toContain(secret);
  // Four digits may stand in any id; as a word they would be the card's.
  expect(text).not.toMatch(new RegExp(`(?<![0-9a-z])${CARD.bankAccount.slice(-4)}(?![0-9a-z])`));
});

it('nothing of all this broke what must hold', async () => {
  await expectSettled(shop);
});
