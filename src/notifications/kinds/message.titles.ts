import type { Language, Texts } from '#common';
import type { MessageKind, MessageParams } from './message-kind.js';

const APPROVED: Texts = { zh: '售后申请已同意', en: 'What you asked for was approved' };
const REFUSED: Texts = { zh: '售后申请未通过', en: 'What you asked for was refused' };

const TITLES: Readonly<Record<MessageKind, (params: MessageParams) => Texts>> = {
  TEAM_FORMED: () => ({ zh: '拼团成功', en: 'Your team has formed' }),
  TEAM_FAILED: () => ({ zh: '拼团未成', en: 'Your team did not form' }),
  PARCEL_SHIPPED: () => ({ zh: '商品已发出', en: 'Your goods are on the way' }),
  REFUND_SUCCEEDED: () => ({ zh: '退款到账', en: 'Your money is back' }),
  AFTER_SALE_DECIDED: ({ isApproved }) => (isApproved ? APPROVED : REFUSED),
};

/** What a message is called, in few words. */
export function titleOf(kind: MessageKind, params: MessageParams, language: Language): string {
  return TITLES[kind](params)[language];
}
