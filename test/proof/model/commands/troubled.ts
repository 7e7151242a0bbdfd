import type { Kind } from '../command.js';
import { captureOf } from '../promises/refunds.js';
import type { Purchase } from '../promises/records.js';
import { fault, workEverything } from './machinery.js';
import { orderRefund } from './refunds.js';

/** An operator gives back a part of what was paid, and WeChat finds that it cannot pay that back by itself. */
export const troubledRefund: Kind<Purchase> = {
  name: 'troubled refund',
  mutations: ['orderRefund'],
  weight: 4,
  choose: ({ purchases, faults }, dice) => {
    if (faults.has('refund')) return null;
    return dice.oneOf(purchases.filter((each) => each.order === 'TO_FULFIL' && captureOf(each) !== undefined));
  },
  tell: ({ name }) => `an operator gives back a part of ${name}, which WeChat does not get done`,
  act: async (purchase, model, run) => {
    await fault.act({ operation: 'refund', kind: 'abnormal' }, model, run);
    const answer = await orderRefund.act({ purchase, amountMinor: 100 }, model, run);
    await workEverything.act(false, model, run);
    return answer;
  },
};
