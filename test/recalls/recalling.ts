import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import { orderOf, type ParcelAnswer, ship } from '../fulfilment/warehouse.js';

export const NUMBER = 'L2026-11A';

export interface ActAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly id: string;
  readonly status: string;
  readonly itemsTotal: number;
  readonly amountMinor: number;
}

/** Takes in units of a batch. */
export function receiveBatch(
  by: Client,
  skuId: string,
  batch: object = { number: NUMBER },
): Promise<{ __typename: string; message?: string; batch?: { number: string } }> {
  const input = { skuId, units: 100, batch, reason: '到货入库', idempotencyKey: randomUUID() };
  return by.ask(
    `mutation ($input: StockReceiveInput!) { stockReceive(input: $input) { __typename
       ... on BatchDatesDiffer { batch { number producedOn expiresOn } } ... on Refusal { message } } }`,
    { input },
  );
}

/** Ships units of the one line of an order, of a batch if one is named. */
export async function shipFrom(
  by: Client,
  phone: Phone,
  orderId: string,
  batchNumber: string | null,
  quantity?: number,
): Promise<ParcelAnswer> {
  const [line] = (await orderOf(phone, orderId)).lines;
  const left = line!.quantity - line!.shippedQuantity;
  return ship(by, orderId, { lines: [{ lineId: line!.id, quantity: quantity ?? left, batchNumber }] });
}

export function propose(by: Client, skuId: string, said: object = {}): Promise<ActAnswer> {
  const words = { reason: '检出农残超标', advice: '请停止食用并丢弃，货款将原路退回。' };
  const input = { skuId, batchNumber: NUMBER, ...words, idempotencyKey: randomUUID(), ...said };
  return by.ask(
    `mutation ($input: RecallProposeInput!) { recallPropose(input: $input) {
       __typename ... on BulkAct { id status itemsTotal amountMinor } ... on Refusal { message } } }`,
    { input },
  );
}

export function approve(by: Client, bulkActId: string): Promise<ActAnswer> {
  return by.ask(
    `mutation ($input: BulkActApproveInput!) { bulkActApprove(input: $input) {
       __typename ... on BulkAct { id status itemsTotal amountMinor } ... on Refusal { message } } }`,
    { input: { bulkActId, reason: '检测报告已核实', idempotencyKey: randomUUID() } },
  );
}

export interface RecallAnswer {
  readonly id: string;
  readonly units: number;
  readonly certainUnits: number;
  readonly itemsRefunded: number;
  readonly itemsFailed: number;
  readonly refundedMinor: number;
  readonly bulkAct: ActAnswer & {
    readonly itemsTried: number;
    readonly failures: readonly { readonly problem: string }[];
  };
}

const RECALL = `id batchNumber reason advice onlyCertain units certainUnits itemsRefunded itemsFailed refundedMinor sku { id }
  bulkAct { id status itemsTotal itemsTried amountMinor failures { subject problem } }`;

export async function recallOf(by: Client, bulkActId: string): Promise<RecallAnswer> {
  const { edges } = await by.ask<{ edges: { node: RecallAnswer }[] }>(
    `{ recalls(first: 100) { edges { node { ${RECALL} } } } }`,
  );
  const { id } = edges.find(({ node }) => node.bulkAct.id === bulkActId)!.node;
  return by.ask(`query ($id: ID!) { recall(id: $id) { ${RECALL} } }`, { id });
}

export interface ItemAnswer {
  readonly orderId: string;
  readonly quantity: number;
  readonly certainQuantity: number;
  readonly amountMinor: number;
  readonly refundedQuantity: number;
  readonly refundedMinor: number;
  readonly problem: string | null;
}

export async function itemsOf(by: Client, recallId: string, said: object = {}): Promise<ItemAnswer[]> {
  const { edges } = await by.ask<{ edges: { node: ItemAnswer }[] }>(
    `query ($recallId: ID!, $first: Int, $onlyFailed: Boolean) { recallItems(recallId: $recallId, first: $first, onlyFailed: $onlyFailed) {
       edges { node { orderId lineId quantity certainQuantity amountMinor refundId refundedQuantity refundedMinor problem } } } }`,
    { recallId, first: 100, ...said },
  );
  return edges.map(({ node }) => node);
}

export interface OrderRecallAnswer {
  readonly title: string;
  readonly batchNumber: string;
  readonly quantity: number;
  readonly certainQuantity: number;
  readonly reason: string;
  readonly advice: string;
  readonly refund: { readonly status: string; readonly reason: string; readonly amountMinor: number } | null;
}

/** What a buyer is told of the recalls of an order. */
export async function recallsSeen(phone: Phone, orderId: string): Promise<OrderRecallAnswer[]> {
  const { edges } = await phone.ask<{ edges: { node: { id: string; recalls: OrderRecallAnswer[] } }[] }>(
    `{ orders(first: 100) { edges { node { id recalls {
       title batchNumber quantity certainQuantity reason advice refund { status reason amountMinor } } } } } }`,
  );
  return edges.find(({ node }) => node.id === orderId)!.node.recalls;
}
