import { registerEnumType } from '@nestjs/graphql';

/**
 * Whether and how a product may be sent back without a reason. 《消费者权益保护法》 article 25 gives seven days, and names four exceptions
 * that hold by themselves once they are shown (MADE_TO_ORDER, FRESH, DIGITAL_OR_OPENED, PERIODICAL). Other goods are excepted only if their nature
 * is unsuited and the buyer has confirmed it when buying; 《网络购买商品七日无理由退货暂行办法》 article 7 names them (OPENED_UNSAFE, LOSES_VALUE, NEAR_EXPIRY).
 */
export const ReturnRule = {
  SEVEN_DAYS: 'SEVEN_DAYS',
  MADE_TO_ORDER: 'MADE_TO_ORDER',
  FRESH: 'FRESH',
  DIGITAL_OR_OPENED: 'DIGITAL_OR_OPENED',
  PERIODICAL: 'PERIODICAL',
  OPENED_UNSAFE: 'OPENED_UNSAFE',
  LOSES_VALUE: 'LOSES_VALUE',
  NEAR_EXPIRY: 'NEAR_EXPIRY',
} as const;
export type ReturnRule = keyof typeof ReturnRule;
registerEnumType(ReturnRule, {
  name: 'ReturnRule',
  description: 'Whether a product may be sent back within seven days without a reason, and if not, by which exception.',
  valuesMap: {
    SEVEN_DAYS: { description: 'Within seven days of receipt, counted from the day after; no reason is needed.' },
    MADE_TO_ORDER: { description: 'Not: it is made for the buyer.' },
    FRESH: { description: 'Not: it is fresh or spoils quickly.' },
    DIGITAL_OR_OPENED: {
      description: 'Not once downloaded or unsealed: audio, video, software and other digital goods.',
    },
    PERIODICAL: { description: 'Not: newspapers and magazines that were delivered.' },
    OPENED_UNSAFE: { description: 'Not once unsealed: safety, health or quality would suffer.' },
    LOSES_VALUE: { description: 'Not once activated or tried: it would lose much of its value.' },
    NEAR_EXPIRY: { description: 'Not: it was shown as near its expiry, or as flawed, when sold.' },
  },
});
