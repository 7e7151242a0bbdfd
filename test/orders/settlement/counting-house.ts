import { randomUUID } from 'node:crypto';
import type { SupplierId } from '#catalog';
import { idBytes, secondsAfter } from '#common';
import type { Client } from '../../support/client.js';
import type { Shop } from '../../support/shop.js';

const REFUSAL = '... on Refusal { message }';

export interface SettlementAnswer {
  readonly keptMinor: number;
  readonly baseMinor: number;
  readonly commissionBps: number;
  readonly commissionMinor: number;
  readonly supplierMinor: number;
  readonly returnedMinor: number;
  readonly commissionReturnedMinor: number;
  readonly supplierReturnedMinor: number;
  readonly shares: readonly { readonly payee: string; readonly amountMinor: number; readonly returnedMinor: number }[];
  readonly entries: readonly { readonly kind: string; readonly amountMinor: number }[];
}

export const SETTLEMENT = `keptMinor baseMinor commissionBps commissionMinor supplierMinor returnedMinor
  commissionReturnedMinor supplierReturnedMinor shares { payee amountMinor returnedMinor } entries { kind amountMinor }`;

/** Sets what commission the shop takes of a supplier's goods. */
export function setRate(
  by: Client,
  supplierId: SupplierId,
  commissionBps: number,
  validFrom: Date,
): Promise<{ __typename: string; message?: string; earliest?: string; id?: string }> {
  const input = { supplierId, commissionBps, validFrom, reason: '年度合同', idempotencyKey: randomUUID() };
  return by.ask(
    `mutation ($input: SupplierRateSetInput!) { supplierRateSet(input: $input) {
       __typename ... on SupplierRate { id } ... on RateTooSoon { earliest } ${REFUSAL} } }`,
    { input },
  );
}

/** The same, as it was agreed long ago. */
export async function agreed(shop: Shop, supplierId: SupplierId, commissionBps: number, daysAgo = 365): Promise<void> {
  await shop.source.query(
    `INSERT INTO supplier_rate (id, supplier_id, commission_bps, valid_from) VALUES (UNHEX(REPLACE(UUID(), '-', '')), ?, ?, ?)`,
    [idBytes(supplierId), commissionBps, secondsAfter(new Date(), -daysAgo * 24 * 3_600)],
  );
}

/** How an order was settled, as FINANCE sees it; null if it is not. */
export function settlementOf(by: Client, orderId: string): Promise<SettlementAnswer | null> {
  return by.ask(`query ($id: ID!) { orderSettlement(orderId: $id) { ${SETTLEMENT} } }`, { id: orderId });
}

/** What a supplier is owed. */
export async function owedTo(shop: Shop, supplierId: SupplierId): Promise<number> {
  const [row] = await shop.rows<{ balance_minor: string }>('SELECT balance_minor FROM account WHERE path = ?', [
    `supplier:${supplierId}:payable`,
  ]);
  return Number(row?.balance_minor ?? 0);
}
