import { describe, expect, it } from '@jest/globals';
import { withoutPeople } from '../../src/payments/channel-event.rules.js';

describe('what is kept of a notification that nobody handles', () => {
  it.each<[what: string, told: unknown, kept: unknown]>([
    ['a transfer', { out_bill_no: 'w1', openid: 'oX1', state: 'SUCCESS' }, { out_bill_no: 'w1', state: 'SUCCESS' }],
    ['a payer', { payer: { sp_openid: 'oX1', sub_openid: 'oX2' }, amount: 1 }, { payer: {}, amount: 1 }],
    ['a list', { receivers: [{ user_name: '张三', amount: 1 }] }, { receivers: [{ amount: 1 }] }],
    ['no object', 'text', 'text'],
    ['nothing', null, null],
  ])('of %s names nobody', (_what, told, kept) => {
    expect(withoutPeople(told)).toEqual(kept);
  });
});
