import { carrierOf } from '#fulfilment';
import { type Language, type Texts, yuan } from '#common';
import type { MessageKind, MessageParams } from './message-kind.js';

const amountOf = ({ amountMinor = 0 }: MessageParams): string => yuan(amountMinor);

const TEXTS: Readonly<Record<MessageKind, (params: MessageParams) => Texts>> = {
  TEAM_FORMED: ({ title, size = 0 }) => ({
    zh: `“${title}”已满${size}人成团，我们会尽快发货。`,
    en: `All ${size} have paid for “${title}”. It will be shipped soon.`,
  }),
  TEAM_FAILED: (params) => ({
    zh: `“${params.title}”未能按时成团，您支付的${amountOf(params)}将原路退回。`,
    en: `The team for “${params.title}” did not fill in time. Your ${amountOf(params)} goes back the way you paid.`,
  }),
  PARCEL_SHIPPED: ({ title, carrier = '' }) => ({
    zh: `“${title}”已交由${carrierOf(carrier)?.nameZh ?? carrier}配送。`,
    en: `Your “${title}” was handed to ${carrierOf(carrier)?.nameEn ?? carrier}.`,
  }),
  REFUND_SUCCEEDED: (params) => ({
    zh: `“${params.title}”的退款${amountOf(params)}已退回您的支付账户。`,
    en: `What you paid for “${params.title}” was paid back to you: ${amountOf(params)}.`,
  }),
  AFTER_SALE_DECIDED: ({ title, isApproved }) =>
    isApproved
      ? { zh: `“${title}”的售后申请已同意，请查看后续步骤。`, en: `See what comes next for “${title}”.` }
      : { zh: `“${title}”的售后申请未通过，请查看原因。`, en: `See why, and what you can do, for “${title}”.` },
};

/** What a message says, in one sentence or two. */
export function textOf(kind: MessageKind, params: MessageParams, language: Language): string {
  return TEXTS[kind](params)[language];
}
