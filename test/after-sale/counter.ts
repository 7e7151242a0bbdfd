import { randomUUID } from 'node:crypto';
import { type Id, idBytes } from '#common';
import { upload } from '../media/uploader.js';
import { aPicture } from '../media/pictures.js';
import type { Client } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';

const CASE = `id orderId kind reason status isAppealed isResaleable amountMinor freightMinor dueAt closedAt sentAt carrier { id } trackingNumber
  lines { lineId quantity amountMinor } images { id } steps { status actor actorText note movedAt }
  refund { outRefundNo channelRefundId amountMinor reason status }`;
const REFUSAL = '... on Refusal { message }';

export interface CaseAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly orderId: string;
  readonly status: string;
  readonly isAppealed: boolean;
  readonly isResaleable: boolean | null;
  readonly amountMinor: number;
  readonly freightMinor: number;
  readonly dueAt: string | null;
  readonly closedAt: string | null;
  readonly trackingNumber: string | null;
  readonly message?: string;
  readonly claimableQuantity?: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly amountMinor: number }[];
  readonly images: readonly { readonly id: string }[];
  readonly steps: readonly {
    readonly status: string;
    readonly actor: string;
    readonly actorText: string;
    readonly note: string | null;
  }[];
  readonly refund: Readonly<Record<string, unknown>> | null;
}

interface Line {
  readonly lineId: string;
  readonly quantity: number;
}

/** Asks for units of an order: money alone before it is shipped, unless more is said. */
export function apply(phone: Client, orderId: string, lines: readonly Line[], said: object = {}): Promise<CaseAnswer> {
  const input = {
    ...{ orderId, lines, kind: 'REFUND_ONLY', reason: 'NOT_NEEDED_ANY_MORE', idempotencyKey: randomUUID() },
    ...said,
  };
  return phone.ask(
    `mutation ($input: AfterSaleApplyInput!) { afterSaleApply(input: $input) { __typename ... on AfterSale { ${CASE} }
       ... on MoreThanClaimable { lineId claimableQuantity } ... on AfterSaleWindowOver { endedAt }
       ... on ReturnExcepted { lineId returnRule } ... on AfterSaleNotOpen { orderStatus } ${REFUSAL} } }`,
    { input },
  );
}

/** Sends goods back without a reason. */
export const RETURN = { kind: 'RETURN_AND_REFUND', reason: 'NO_REASON' } as const;

const INPUTS: Readonly<Record<string, string>> = {
  afterSaleApprove: 'AfterSaleDecisionInput',
  afterSaleReject: 'AfterSaleDecisionInput',
};

/** One step of a case, by whoever may take it; `status` says where a refused one stood. */
export function step(by: Client, mutation: string, afterSaleId: string, said: object = {}): Promise<CaseAnswer> {
  const type = INPUTS[mutation] ?? `A${mutation.slice(1)}Input`;
  const input = { afterSaleId, idempotencyKey: randomUUID(), ...said };
  const refused = [
    ...['AfterSaleDecided', 'AfterSaleNotReturning', 'AfterSaleNotReturnable', 'AfterSaleNotCancellable'],
    ...['AfterSaleNotAppealable', 'AfterSaleNotAppealed'],
  ];
  const unions: Readonly<Record<string, readonly string[]>> = {
    ...{ afterSaleApprove: refused.slice(0, 1), afterSaleReject: refused.slice(0, 1) },
    ...{ afterSaleReturnReceive: refused.slice(1, 2), afterSaleReturnSend: refused.slice(2, 3) },
    ...{ afterSaleCancel: refused.slice(3, 4), afterSaleAppeal: refused.slice(4, 5) },
    afterSaleAppealDecide: refused.slice(5),
  };
  const stands = (unions[mutation] ?? []).map((name) => `... on ${name} { stands: status }`).join(' ');
  return by.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on AfterSale { ${CASE} } ${stands} ${REFUSAL} } }`,
    { input },
  );
}

export const because = (reason = '已核实'): object => ({ reason });
export const received = (isResaleable: boolean): object => ({ reason: '已验收', isResaleable });
export const decided = (isApproved: boolean): object => ({ reason: '平台判定', isApproved });
export const sent = (): object => ({
  ...{ carrier: 'YTO', trackingNumber: `YT${randomUUID().replaceAll('-', '').slice(0, 13).toUpperCase()}` },
});

/** One's own cases, the newest first. */
export async function ownCases(phone: Client, status: string | null = null): Promise<CaseAnswer[]> {
  const { edges } = await phone.ask<{ edges: { node: CaseAnswer }[] }>(
    `query ($status: AfterSaleStatus) { afterSales(status: $status, first: 100) { edges { node { ${CASE} } } } }`,
    { status },
  );
  return edges.map(({ node }) => node);
}

export async function caseOf(phone: Client, id: string): Promise<CaseAnswer> {
  return (await ownCases(phone)).find((one) => one.id === id)!;
}

/** Cases as whoever decides sees them, what is due first. */
export async function cases(by: Client, status = 'APPLIED'): Promise<CaseAnswer[]> {
  const { edges } = await by.ask<{ edges: { node: CaseAnswer }[] }>(
    `query ($status: AfterSaleStatus!) { afterSaleCases(status: $status, first: 100) { edges { node { ${CASE} } } } }`,
    { status },
  );
  return edges.map(({ node }) => node);
}

/** A photo of what is wrong. */
export async function photo(shop: Shop, phone: Phone): Promise<string> {
  const file = await aPicture(300, 200).jpeg().toBuffer();
  return (await upload(shop, phone, file, { purpose: 'AFTER_SALE' })).id;
}

export interface LineRow {
  readonly quantity: number;
  readonly shipped_quantity: number;
  readonly cancelled_quantity: number;
  readonly claimed_quantity: number;
  readonly withheld_quantity: number;
  readonly refunding_quantity: number;
}

export async function lineRow(shop: Shop, lineId: string): Promise<LineRow> {
  const [row] = await shop.rows<LineRow>('SELECT * FROM order_line WHERE id = ?', [idBytes(lineId as Id)]);
  return row!;
}
