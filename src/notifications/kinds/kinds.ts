import type { FieldType, FieldValue } from './field.rules.js';
import type { MessageKind, MessageParams } from './message-kind.js';

/** One field of a subscribe message: its type at WeChat, and what stands in it. */
export interface FieldTerms {
  readonly type: FieldType;
  readonly valueOf: (params: MessageParams) => FieldValue;
}

/** How messages of a kind are sent. */
export interface KindTerms {
  /** Under which SUBSCRIBE_TEMPLATES names its template. */
  readonly template: string;
  /** In the order in which the shop's template has them. */
  readonly fields: readonly FieldTerms[];
  /** The prefix of the ids of what it is about. */
  readonly subject: 'team' | 'order' | 'aftersale';
  /** After which sending it is pointless; the inbox has it all the same. */
  readonly staleHours: number;
  /** Whether it may wake somebody: money, and nothing else. */
  readonly passesQuietHours: boolean;
  /** How many of it one person is sent in 24 hours. */
  readonly perDayMax: number;
}

const title: FieldTerms = { type: 'thing', valueOf: (params) => params.title };
const at: FieldTerms = { type: 'time', valueOf: (params) => new Date(params.at) };
const amount: FieldTerms = { type: 'amount', valueOf: ({ amountMinor = 0 }) => amountMinor };
const size: FieldTerms = { type: 'number', valueOf: (params) => params.size ?? 0 };
const verdict: FieldTerms = { type: 'phrase', valueOf: ({ isApproved }) => (isApproved ? '已同意' : '未同意') };
const say = (text: string): FieldTerms => ({ type: 'thing', valueOf: () => text });

export const KINDS: Readonly<Record<MessageKind, KindTerms>> = {
  TEAM_FORMED: {
    template: 'teamFormed',
    fields: [title, size, at, say('拼团成功，等待发货')],
    ...{ subject: 'team', staleHours: 24, passesQuietHours: false, perDayMax: 5 },
  },
  TEAM_FAILED: {
    template: 'teamFailed',
    fields: [title, amount, at, say('未成团，款项原路退回')],
    ...{ subject: 'team', staleHours: 24, passesQuietHours: false, perDayMax: 5 },
  },
  PARCEL_SHIPPED: {
    template: 'parcelShipped',
    fields: [title, at, say('商品已发出，请留意物流')],
    ...{ subject: 'order', staleHours: 48, passesQuietHours: false, perDayMax: 5 },
  },
  REFUND_SUCCEEDED: {
    template: 'refundSucceeded',
    fields: [title, amount, at],
    ...{ subject: 'order', staleHours: 72, passesQuietHours: true, perDayMax: 10 },
  },
  AFTER_SALE_DECIDED: {
    template: 'afterSaleDecided',
    fields: [title, verdict, amount, at],
    ...{ subject: 'aftersale', staleHours: 48, passesQuietHours: false, perDayMax: 5 },
  },
};
