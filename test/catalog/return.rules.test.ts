import { describe, expect, it } from '@jest/globals';
import { ReturnRule } from '../../src/catalog/products/return-rule.js';
import { needsConfirmation, ruleOfPurchase } from '../../src/catalog/products/return.rules.js';

const TO_BE_CONFIRMED = ['OPENED_UNSAFE', 'LOSES_VALUE', 'NEAR_EXPIRY'] as const;

describe('a return rule', () => {
  it('holds by itself if the law itself names it, and otherwise only if the buyer confirms it', () => {
    const rules = Object.values(ReturnRule);
    expect(rules).toHaveLength(8);
    expect(rules.filter(needsConfirmation)).toEqual(TO_BE_CONFIRMED);
  });

  // prettier-ignore
  it.each<[ReturnRule, ReturnRule | null, ReturnRule]>([
    ['SEVEN_DAYS',    null,            'SEVEN_DAYS'],
    ['SEVEN_DAYS',    'NEAR_EXPIRY',   'SEVEN_DAYS'],
    ['FRESH',         null,            'FRESH'],
    ['FRESH',         'NEAR_EXPIRY',   'FRESH'],
    ['NEAR_EXPIRY',   'NEAR_EXPIRY',   'NEAR_EXPIRY'],
    ['NEAR_EXPIRY',   null,            'SEVEN_DAYS'],
    ['NEAR_EXPIRY',   'OPENED_UNSAFE', 'SEVEN_DAYS'],
  ])('%s holds for a buyer who has confirmed %s as %s', (rule, confirmed, holding) => {
    expect(ruleOfPurchase(rule, confirmed)).toBe(holding);
  });
});
