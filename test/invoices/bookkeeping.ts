import { randomInt, randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { settle } from '../support/sound.js';
import type { Shop } from '../support/shop.js';
import { bought, ship } from '../fulfilment/warehouse.js';
import { post, type UploadForm } from '../media/uploader.js';

export const COMPANY = { titleKind: 'COMPANY', title: '果园科技有限公司', taxNumber: '914403001922038216' } as const;
export const A_PDF = Buffer.from('%PDF-1.7\n% an invoice\n%%EOF\n');

export const INVOICE = `id orderId status titleKind title taxNumber email amountMinor freightMinor number issuedOn redNumber fileUrl redFileUrl
  whyFailed problem takenById saysTooMuch lines { lineId title quantity unitPriceMinor amountMinor } steps { status reachedAt }`;
const REFUSAL = '... on Refusal { message }';

export interface InvoiceAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly id: string;
  readonly orderId: string;
  readonly status: string;
  readonly title: string | null;
  readonly taxNumber: string | null;
  readonly email: string | null;
  readonly amountMinor: number | null;
  readonly freightMinor: number | null;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly redNumber: string | null;
  readonly fileUrl: string | null;
  readonly redFileUrl: string | null;
  readonly whyFailed: string | null;
  readonly problem: string | null;
  readonly takenById: string | null;
  readonly saysTooMuch: boolean;
  readonly lines: readonly { readonly quantity: number; readonly amountMinor: number }[];
  readonly steps: readonly { readonly status: string; readonly reachedAt: string }[];
  readonly invoice?: { readonly id: string };
  readonly position?: number;
}

/** What somebody has bought alone, shipped whole. */
export async function shipped(shop: Shop, phone: Phone, by: Desk, skuId: string, quantity = 1): Promise<string> {
  const orderId = await bought(shop, phone, skuId, quantity);
  await ship(by, orderId);
  await settle(shop);
  return orderId;
}

/** Asks for an invoice, of a company unless more is said. */
export function request(phone: Client, orderId: string, said: object = {}): Promise<InvoiceAnswer> {
  const input = { orderId, ...COMPANY, idempotencyKey: randomUUID(), ...said };
  return phone.ask(
    `mutation ($input: InvoiceRequestInput!) { invoiceRequest(input: $input) { __typename ... on Invoice { ${INVOICE} }
       ... on InvoiceAlreadyRequested { invoice { id } } ... on TaxNumberWrong { position } ${REFUSAL} } }`,
    { input },
  );
}

export function cancel(phone: Client, invoiceId: string): Promise<InvoiceAnswer> {
  return act(phone, 'invoiceCancel', 'InvoiceInput', { invoiceId });
}

export function take(by: Client, invoiceId: string): Promise<InvoiceAnswer> {
  return act(by, 'invoiceTake', 'InvoiceInput', { invoiceId });
}

export function fail(by: Client, invoiceId: string, reason = '抬头与税号不符。'): Promise<InvoiceAnswer> {
  return act(by, 'invoiceFail', 'InvoiceFailInput', { invoiceId, reason });
}

interface FormAnswer extends UploadForm {
  readonly __typename: string;
}

export function formFor(by: Client, invoiceId: string, sizeBytes: number): Promise<FormAnswer> {
  return by.ask(
    `mutation ($input: InvoiceFileUploadInput!) { invoiceFileUpload(input: $input) {
       __typename ... on ImageUploadForm { url fields { name value } fileField endsAt } ${REFUSAL} } }`,
    { input: { invoiceId, sizeBytes } },
  );
}

/** Posts a file for an invoice. */
export async function upload(by: Client, invoiceId: string, file = A_PDF): Promise<void> {
  const posted = await post(await formFor(by, invoiceId, file.length), file);
  if (posted !== '204') throw new Error(`the storage answers ${posted}`);
}

/** A number that no invoice has. */
export function aNumber(): string {
  return Array.from({ length: 20 }, () => randomInt(10)).join('');
}

/** Enters an invoice, or the red-letter invoice of one. */
export function enter(
  by: Client,
  mutation: 'invoiceIssue' | 'invoiceReverse',
  invoiceId: string,
  said: object = {},
): Promise<InvoiceAnswer> {
  const entry = { number: aNumber(), issuedOn: '2026-01-05', reason: '已在电子税务局开具' };
  return act(by, mutation, 'InvoiceIssueInput', { invoiceId, ...entry, ...said });
}

/** Takes a request, posts the file and enters it. */
export async function issued(by: Desk, invoiceId: string): Promise<InvoiceAnswer> {
  await take(by, invoiceId);
  await upload(by, invoiceId);
  return enter(by, 'invoiceIssue', invoiceId);
}

export async function invoiceOf(phone: Client, orderId: string): Promise<InvoiceAnswer | null> {
  const { edges } = await phone.ask<{ edges: { node: { id: string; invoice: InvoiceAnswer | null } }[] }>(
    `{ orders(first: 100) { edges { node { id invoice { ${INVOICE} } } } } }`,
  );
  return edges.find(({ node }) => node.id === orderId)!.node.invoice;
}

/** A list of invoices, by the name of its query. */
export async function listed(client: Client, query: string, first = 100): Promise<InvoiceAnswer[]> {
  const { edges } = await client.ask<{ edges: { node: InvoiceAnswer }[] }>(
    `query ($first: Int) { ${query}(first: $first) { edges { node { ${INVOICE} } } } }`,
    { first },
  );
  return edges.map(({ node }) => node);
}

function act(client: Client, mutation: string, type: string, input: object): Promise<InvoiceAnswer> {
  return client.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on Invoice { ${INVOICE} } ${REFUSAL} } }`,
    { input },
  );
}
