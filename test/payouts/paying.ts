import { randomUUID } from 'node:crypto';
import type { SupplierId } from '#catalog';
import type { Client } from '../support/client.js';

export interface PayoutAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly amountMinor: number;
  readonly reference: string | null;
  readonly paidOn: string | null;
  readonly owedMinor?: number;
  readonly owesMinor?: number;
  readonly message?: string;
}

const PAYOUT = '__typename ... on Payout { id status amountMinor reference paidOn } ... on Refusal { message }';
const SAYS_OWES = '... on SupplierOwes { owesMinor }';

export function propose(
  by: Client,
  supplierId: SupplierId,
  amountMinor: number,
  idempotencyKey: string = randomUUID(),
): Promise<PayoutAnswer> {
  return by.ask(
    `mutation ($input: PayoutProposeInput!) { payoutPropose(input: $input) {
       ${PAYOUT} ... on PayoutTooLarge { owedMinor } ${SAYS_OWES} } }`,
    { input: { supplierId, amountMinor, reason: '月结货款', idempotencyKey } },
  );
}

export function approve(by: Client, payoutId: string): Promise<PayoutAnswer> {
  return by.ask(`mutation ($input: PayoutDecideInput!) { payoutApprove(input: $input) { ${PAYOUT} ${SAYS_OWES} } }`, {
    input: { payoutId, reason: '已核对对账单', idempotencyKey: randomUUID() },
  });
}

export function cancel(by: Client, payoutId: string): Promise<PayoutAnswer> {
  return by.ask(`mutation ($input: PayoutDecideInput!) { payoutCancel(input: $input) { ${PAYOUT} } }`, {
    input: { payoutId, reason: '账号有误', idempotencyKey: randomUUID() },
  });
}

export function enter(by: Client, payoutId: string, said: object = {}): Promise<PayoutAnswer> {
  const input = { payoutId, reason: '网银已付', paidOn: '2026-01-05', reference: randomUUID(), ...said };
  return by.ask(`mutation ($input: PayoutEnterInput!) { payoutEnter(input: $input) { ${PAYOUT} } }`, {
    input: { idempotencyKey: randomUUID(), ...input },
  });
}

export interface AccountAnswer {
  readonly owedMinor: number;
  readonly payingMinor: number;
  readonly supplier: { readonly name: string };
}

export function ownAccount(by: Client): Promise<AccountAnswer> {
  return by.ask('{ ownAccount { owedMinor payingMinor supplier { name } } }');
}
