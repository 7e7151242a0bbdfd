import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#common';
import { type Account, transfer } from '#ledger';
import { isHot } from '../../src/ledger/transfer.js';

const orderId = newId('order');
const order: Account = `order:${orderId}`;
const source = { type: 'order', id: orderId } as const;

describe('a transfer', () => {
  it('takes from one account exactly what it gives to the other, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (amountMinor) => {
        const posted = transfer('channel:wechat', order, { amountMinor, currency: 'CNY' }, 'CAPTURE', source);
        expect(posted).toMatchObject({ debit: 'channel:wechat', credit: order, amountMinor, code: 'CAPTURE' });
      }),
    );
  });

  it.each([0, -0, -1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])('of %d is a bug', (amountMinor) => {
    expect(() => transfer('channel:wechat', order, { amountMinor, currency: 'CNY' }, 'CAPTURE', source)).toThrow(
      /not whole minor units|nothing to transfer/,
    );
  });

  it('from an account to itself is a bug', () => {
    expect(() => transfer(order, order, { amountMinor: 1, currency: 'CNY' }, 'REFUND', source)).toThrow(
      'transfer to itself',
    );
  });
});

it('the account that everybody uses keeps no balance row; an order’s own does', () => {
  expect([isHot('channel:wechat'), isHot(order), isHot(`capture:${newId('capture')}`)]).toEqual([true, false, false]);
});
