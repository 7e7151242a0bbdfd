import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { SkuId } from '#catalog';
import type { Answer } from '../support/client.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';

const INPUTS = { teamOpen: 'TeamOpenInput', teamJoin: 'TeamJoinInput', teamLeave: 'TeamLeaveInput' } as const;
type Mutation = keyof typeof INPUTS;

export interface Asked {
  readonly mutation: Mutation;
  readonly input: object;
}

/** Sends a mutation in a language, and selects what is asked for besides the type of the answer. */
export function send(phone: Phone, { mutation, input }: Asked, selection: string, language: string): Promise<Answer> {
  const delivery = mutation === 'teamLeave' ? {} : { delivery: aDelivery() };
  return phone.send(
    `mutation ($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) { __typename ${selection} } }`,
    { input: { ...delivery, idempotencyKey: randomUUID(), ...input } },
    { 'accept-language': language },
  );
}

export interface Said {
  readonly type: string;
  /** What the client can read off the refusal, besides its message. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly zh: string;
  readonly en: string;
}

/** The mutation says no, in both languages and with everything that a page needs. */
export async function expectRefusal(phone: Phone, asked: Asked, { type, fields = {}, zh, en }: Said): Promise<void> {
  const selected = Object.keys(fields).map((name) => (name === 'checkout' ? 'checkout { id status }' : name));
  const selection = `... on Refusal { message } ... on ${type} { ${selected.join(' ') || 'message'} }`;
  const told = [await send(phone, asked, selection, 'zh-CN'), await send(phone, asked, selection, 'en')];
  expect(told).toEqual(
    [zh, en].map((message) => ({ data: { [asked.mutation]: { __typename: type, message, ...fields } } })),
  );
}

/** The request is wrong, and says in both languages at which field. */
export async function expectError(
  phone: Phone,
  asked: Asked,
  { code, path, zh, en }: { readonly code: string; readonly path: string; readonly zh: string; readonly en: string },
): Promise<void> {
  for (const [language, message] of Object.entries({ zh, en })) {
    const { errors } = await send(phone, asked, '', language);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code, fields: [{ path, message }] }]);
  }
}

export const FROZEN: Said = {
  type: 'OfferFrozen',
  zh: '该拼团活动已暂停，请稍后再来或选择其他商品。',
  en: 'This offer is paused. Come back later, or choose something else.',
};
export const orderLimit = (unitsPerOrder: number): Said => ({
  type: 'OrderLimitExceeded',
  fields: { unitsPerOrder },
  zh: `该活动每单限购${unitsPerOrder}件。`,
  en: `One order may have ${unitsPerOrder} by this offer.`,
});
export const buyerLimit = (unitsPerBuyer: number): Said => ({
  type: 'BuyerLimitReached',
  fields: { unitsPerBuyer },
  zh: `该活动每人限购${unitsPerBuyer}件。`,
  en: `One buyer may have ${unitsPerBuyer} by this offer.`,
});
export const soldOut = (skuId: SkuId): Said => ({
  type: 'SoldOut',
  fields: { skuId },
  zh: '库存不足，请减少数量或选择其他商品。',
  en: 'There is not enough left. Take fewer, or something else.',
});
export const notOnSale = (skuId: SkuId): Said => ({
  type: 'NotOnSale',
  fields: { skuId },
  zh: '该商品暂不出售。',
  en: 'This product is not on sale at the moment.',
});
export const teamClosed = (status: string): Said => ({
  type: 'TeamClosed',
  fields: { status },
  ...(status === 'PENDING'
    ? { zh: '开团人正在付款，请稍后再试。', en: 'Whoever opened this team is still paying. Try again in a moment.' }
    : {
        zh: '该团已结束，请参加其他团或自己开团。',
        en: 'This team takes nobody any more. Join another one or open your own.',
      }),
});
export const notInTeam = (status: string): Said => ({
  type: 'NotInTeam',
  fields: { status },
  zh: '您已不在该团中。',
  en: 'You are not in this team any more.',
});
