import type { SeededBug } from '../bug.js';

const FREIGHT = { file: 'src/catalog/freight/freight.rules.ts', test: 'test/catalog/freight/freight.rules.test.ts' };
const LIMITS_TEST = 'test/orders/limits.test.ts';
const PRICES_TEST = 'test/orders/prices.api.test.ts';

export const CHECKOUT: readonly SeededBug[] = [
  {
    name: 'a step of freight that is begun is not charged',
    file: FREIGHT.file,
    search: 'return Math.ceil(Math.max(weightGrams - firstGrams, 0) / stepGrams);',
    replace: 'return Math.floor(Math.max(weightGrams - firstGrams, 0) / stepGrams);',
    caughtBy: { file: FREIGHT.test, test: 'a gram over the first weight' },
  },
  {
    name: 'a region that nothing is sent to is everywhere else',
    file: FREIGHT.file,
    search: 'if (notDelivered.includes(region)) return null;',
    replace: '',
    caughtBy: { file: FREIGHT.test, test: 'chargeFor a region 54' },
  },
  {
    name: 'goods of another template help to be sent for nothing',
    file: 'src/orders/placing/price.rules.ts',
    search: 'const goodsMinor = goodsMinorOf(own);',
    replace: 'const goodsMinor = goodsMinorOf(lines);',
    caughtBy: { file: 'test/orders/price.rules.test.ts', test: 'only goods of the template make it free' },
  },
  {
    name: 'a buyer pays another price than was shown',
    file: 'src/orders/placing/placing.service.ts',
    search: 'if (expectedPayableMinor !== null && expectedPayableMinor !== payableMinor)',
    replace: 'if (expectedPayableMinor !== null && expectedPayableMinor > payableMinor)',
    caughtBy: { file: PRICES_TEST, test: 'is refused with the new price if it is not what the buyer was told' },
  },
  {
    name: 'freight is charged and not explained',
    file: 'src/orders/placing/placing.service.ts',
    search: 'if (freights.length > 0) await db.insert(OrderFreight, freights);',
    replace: '',
    caughtBy: { file: PRICES_TEST, test: 'is told before as it is charged' },
  },
  {
    name: 'a buyer with several phones gets more than one buyer may have',
    file: 'src/orders/placing/buyer-units.ts',
    search: 'ON DUPLICATE KEY UPDATE units = units + VALUES(units)`',
    replace: 'ON DUPLICATE KEY UPDATE units = units`',
    caughtBy: { file: LIMITS_TEST, test: 'is kept by one buyer with ten phones' },
  },
  {
    name: 'a cancelled order counts towards what one buyer may have',
    file: 'src/orders/orders.service.ts',
    search: 'await giveUnitsBack(db, boughtAlone(orders));',
    replace: '',
    caughtBy: { file: LIMITS_TEST, test: 'is free again when an unpaid order is cancelled' },
  },
  {
    name: 'units of an order that was paid too late are given back twice',
    file: 'src/orders/refunding/refunding.service.ts',
    search: 'if (!awaitsTeam && countsForBuyer(status)) await giveUnitsBack(db, [order]);',
    replace: 'if (!awaitsTeam && status) await giveUnitsBack(db, [order]);',
    caughtBy: { file: LIMITS_TEST, test: 'is given back once if money comes too late' },
  },
  {
    name: 'a team’s goods are excepted from the right to return without the buyer’s word',
    file: 'src/teams/seating.service.ts',
    search: 'ruleOfPurchase(article.product.returnRule, confirmedReturnRule)',
    replace: 'ruleOfPurchase(article.product.returnRule, confirmedReturnRule ?? article.product.returnRule)',
    caughtBy: { file: 'test/orders/return-exceptions.api.test.ts', test: 'hold in a team by the same rules' },
  },
];
