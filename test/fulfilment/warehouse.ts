import { randomUUID } from 'node:crypto';
import { Product } from '#catalog';
import { type Id, idBytes } from '#common';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import type { OnSale } from '../support/builders.js';
import type { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';

const REFUSAL = '... on Refusal { message }';
const PARCEL = 'id carrier { id name } trackingNumber shippedAt deliveredAt lines { lineId quantity }';

export interface ParcelAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly message?: string;
  readonly status?: string;
  readonly leftQuantity?: number;
  readonly carrier: { readonly id: string; readonly name: string };
  readonly trackingNumber: string | null;
  readonly shippedAt: string;
  readonly deliveredAt: string | null;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

export interface OrderAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly receiveBy: string | null;
  readonly isReceiptExtended: boolean;
  readonly receivedAt: string | null;
  readonly completesAt: string | null;
  readonly refundedMinor: number;
  readonly lines: readonly { readonly id: string; readonly quantity: number; readonly shippedQuantity: number }[];
  readonly parcels: readonly ParcelAnswer[];
}

const ORDER = `id status receiveBy isReceiptExtended receivedAt completesAt refundedMinor
  lines { id quantity shippedQuantity } parcels { ${PARCEL} }`;

/** A number that no parcel has. */
export function aNumber(): string {
  return `YT${randomUUID().replaceAll('-', '').slice(0, 13).toUpperCase()}`;
}

/** Buys alone and pays; what is bought is to be shipped then. */
export async function bought(shop: Shop, phone: Phone, skuId: string, quantity = 1): Promise<string> {
  const checkout = await phone.buy(skuId, quantity);
  await paid(shop, phone, checkout.id);
  return checkout.orders[0]!.id;
}

export async function paid(shop: Shop, phone: Phone, checkoutId: string): Promise<void> {
  await phone.pay(checkoutId, { notify: { lose: true } });
  await phone.confirmPayment(checkoutId);
  await settle(shop);
}

export async function supplierOf(shop: Shop, { productId }: Pick<OnSale, 'productId'>): Promise<Product['supplierId']> {
  const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: productId });
  return supplierId;
}

/** Ships a parcel; all that is left of the order by YTO, unless more is said. */
export function ship(by: Client, orderId: string, said: object = {}): Promise<ParcelAnswer> {
  const input = { orderId, carrier: 'YTO', trackingNumber: aNumber(), idempotencyKey: randomUUID(), ...said };
  return by.ask(
    `mutation ($input: ParcelShipInput!) { parcelShip(input: $input) { __typename ... on Parcel { ${PARCEL} }
       ... on OrderNotToShip { status } ... on MoreThanLeftToShip { lineId leftQuantity } ${REFUSAL} } }`,
    { input },
  );
}

export function correct(by: Client, parcelId: string, said: object = {}): Promise<ParcelAnswer> {
  const input = { parcelId, carrier: 'YTO', trackingNumber: aNumber(), reason: '单号填错', ...said };
  return by.ask(
    `mutation ($input: ParcelCorrectInput!) { parcelCorrect(input: $input) { __typename ... on Parcel { ${PARCEL} }
       ... on ParcelClosed { status } ${REFUSAL} } }`,
    { input },
  );
}

export function deliver(by: Client, parcelId: string): Promise<ParcelAnswer> {
  return by.ask(`mutation ($input: ParcelInput!) { parcelDelivered(input: $input) { __typename ${PARCEL} } }`, {
    input: { parcelId },
  });
}

export function receive(phone: Client, orderId: string): Promise<OrderAnswer> {
  return phone.ask(
    `mutation ($input: OrderReceiveInput!) { orderReceive(input: $input) {
       __typename ... on Order { ${ORDER} } ... on OrderNotReceivable { status } ${REFUSAL} } }`,
    { input: { orderId } },
  );
}

export function extend(phone: Client, orderId: string, idempotencyKey: string = randomUUID()): Promise<OrderAnswer> {
  return phone.ask(
    `mutation ($input: ReceiptExtendInput!) { receiptExtend(input: $input) {
       __typename ... on Order { ${ORDER} } ${REFUSAL} } }`,
    { input: { orderId, idempotencyKey } },
  );
}

export async function orderOf(phone: Client, id: string): Promise<OrderAnswer> {
  const { edges } = await phone.ask<{ edges: { node: OrderAnswer }[] }>(
    `{ orders(first: 100) { edges { node { ${ORDER} } } } }`,
  );
  return edges.find(({ node }) => node.id === id)!.node;
}

export interface WaitingAnswer {
  readonly id: string;
  readonly toFulfilAt: string;
  readonly shipBy: string;
  readonly isOverdue: boolean;
  readonly lines: readonly { readonly id: string; readonly title: string; readonly shippedQuantity: number }[];
  readonly shipped: readonly { readonly trackingNumber: string }[];
  readonly delivery: { readonly address: Readonly<Record<string, string | null>> };
}

export async function toShip(by: Client, first = 100, after: string | null = null): Promise<WaitingAnswer[]> {
  const { edges } = await by.ask<{ edges: { node: WaitingAnswer }[] }>(
    `query ($first: Int!, $after: String) { ordersToShip(first: $first, after: $after) { edges { node {
       id toFulfilAt shipBy isOverdue lines { id title shippedQuantity } shipped { trackingNumber }
       delivery { address { recipientName phone detail } } } } } }`,
    { first, after },
  );
  return edges.map(({ node }) => node);
}

/** Gives back money of an order. */
export function giveBack(by: Desk, orderId: string, amountMinor: number): Promise<{ __typename: string }> {
  return by.ask(
    'mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename ... on Refusal { message } } }',
    { input: { orderId, amountMinor, note: '买家不要了', idempotencyKey: randomUUID() } },
  );
}

export interface ShipmentShown {
  readonly transaction_id: string;
  readonly delivery_mode: number;
  readonly is_all_delivered: boolean;
  readonly shipping_list: readonly Readonly<Record<string, unknown>>[];
  readonly uploads: number;
  readonly finish_shipping_count: number;
  readonly is_reminded: boolean;
}

/** What WeChat knows of the payment of an order; undefined if nothing. */
export async function toldOf(shop: Shop, orderId: string): Promise<ShipmentShown | undefined> {
  const transactionId = await transactionOf(shop, orderId);
  const shipments = (await (await fetch(`${shop.emulator.url}/emulator/books/shipments`)).json()) as ShipmentShown[];
  return shipments.find(({ transaction_id: id }) => id === transactionId);
}

export async function transactionOf(shop: Shop, orderId: string): Promise<string | undefined> {
  const rows = await shop.rows<{ id: string; transaction_id: string }>(
    'SELECT orders.id, transaction_id FROM orders JOIN capture ON capture.checkout_id = orders.checkout_id WHERE orders.id = ?',
    [idBytes(orderId as Id)],
  );
  return rows[0]?.transaction_id;
}

export interface UploadRow {
  readonly status: string;
  readonly problem: string | null;
  readonly finish_shipping_count: number;
  readonly parcels_uploaded: number;
  readonly mode: string | null;
  readonly failures: number;
}

export async function uploadOf(shop: Shop, orderId: string): Promise<UploadRow | undefined> {
  const [row] = await shop.rows<UploadRow>(
    'SELECT shipping_upload.* FROM shipping_upload JOIN orders USING (checkout_id) WHERE orders.id = ?',
    [idBytes(orderId as Id)],
  );
  return row;
}
