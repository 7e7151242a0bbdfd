import type { ReturnRule } from './return-rule.js';

const TO_BE_CONFIRMED: ReadonlySet<ReturnRule> = new Set(['OPENED_UNSAFE', 'LOSES_VALUE', 'NEAR_EXPIRY']);

/**
 * Whether a rule holds only for purchases at which the buyer was shown it by itself and has confirmed it: those of
 * 《网络购买商品七日无理由退货暂行办法》 article 7. Without that step nobody may refuse a return.
 */
export function needsConfirmation(rule: ReturnRule): boolean {
  return TO_BE_CONFIRMED.has(rule);
}

/** The rule that holds for a purchase of goods under a rule, given which one the buyer has confirmed; null if none. */
export function ruleOfPurchase(rule: ReturnRule, confirmed: ReturnRule | null): ReturnRule {
  return needsConfirmation(rule) && confirmed !== rule ? 'SEVEN_DAYS' : rule;
}
