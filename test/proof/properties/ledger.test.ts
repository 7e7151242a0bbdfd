import { expect, it } from '@jest/globals';
import { newId } from '#common';
import { type Account, transfer } from '#ledger';
import { fc } from './seeded.js';

const orderId = newId('order');
const ACCOUNTS: readonly Account[] = ['channel:wechat', `order:${orderId}`, `capture:${newId('capture')}`];
const accounts = fc.constantFrom(...ACCOUNTS);
const numbers = fc.oneof(fc.maxSafeInteger(), fc.double(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER, 2 ** 53));

it('a transfer is of whole fen, of at least one, from one account to another; anything else is a bug', () => {
  const source = { type: 'order', id: orderId } as const;
  fc.assert(
    fc.property(accounts, accounts, numbers, (debit, credit, amountMinor) => {
      const post = (): object => transfer(debit, credit, { amountMinor, currency: 'CNY' }, 'CAPTURE', source);
      const isSound = debit !== credit && Number.isSafeInteger(amountMinor) && amountMinor >= 1;
      if (isSound) expect(post()).toEqual({ debit, credit, amountMinor, currency: 'CNY', code: 'CAPTURE', source });
      else expect(post).toThrow(/not whole minor units|nothing to transfer|transfer to itself/);
    }),
  );
});
