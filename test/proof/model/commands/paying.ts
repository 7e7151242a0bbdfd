import { expect } from '@jest/globals';
import type { PayOptions } from '../../../support/phone.js';
import type { Kind, Run } from '../command.js';
import { cancel, confirm, start } from '../promises/channel.js';
import { hear } from '../promises/money.js';
import { type Model, newest } from '../promises/model.js';
import type { Attempt, Capture, Purchase } from '../promises/records.js';
import { ask, promisedTo } from './asking.js';

/** Somebody taps on "pay". */
export const paymentStart: Kind<Purchase> = {
  name: 'paymentStart',
  mutations: ['paymentStart'],
  weight: 14,
  choose: ({ purchases }, dice) => {
    const held = purchases.filter(({ checkout }) => checkout === 'HELD');
    return dice.happens(20) ? dice.oneOf(purchases) : dice.oneOf(held);
  },
  tell: ({ buyer, name }) => `${buyer.name} starts to pay ${name}`,
  act: (purchase, model, run) => startToPay(purchase, model, run),
};

interface Payment {
  readonly purchase: Purchase;
  readonly attempt: Attempt;
  readonly options: PayOptions;
  readonly how: string;
}

/** Somebody taps on "pay" and pays in WeChat, which tells the shop once, often or never, or takes a wrong amount. */
export const payAtOnce: Kind<Omit<Payment, 'attempt'>> = {
  name: 'pays',
  mutations: ['paymentStart'],
  weight: 34,
  choose: ({ purchases }, dice) => {
    const held = purchases.filter(({ checkout }) => checkout === 'HELD');
    const purchase = dice.happens(40) ? dice.oneOf(held) : held.at(-1);
    if (!purchase) return null;
    const { payableMinor } = purchase;
    const told = { how: 'and WeChat tells', options: {} };
    const way = dice.pick<Pick<Payment, 'how' | 'options'>>(
      ...([told, told, told, told, told, told] as const),
      { how: 'and WeChat tells three times', options: { notify: { copies: 3 } } },
      { how: 'and WeChat never tells', options: { notify: { lose: true } } },
      { how: 'and WeChat takes a fen too much', options: { amount_total: payableMinor + 1 } },
      {
        how: 'and WeChat takes half of it and never tells',
        options: { amount_total: Math.ceil(payableMinor / 2), notify: { lose: true } },
      },
    );
    return { purchase, ...way };
  },
  tell: ({ purchase, how }) => `${purchase.buyer.name} pays ${purchase.name}, ${how}`,
  act: async ({ purchase, how, options }, model, run) => {
    const answer = await startToPay(purchase, model, run);
    const attempt = newest(purchase)!;
    if (answer !== 'PaySheet' || !mayPay(model, attempt)) return answer;
    await take(model, run, purchase, attempt, options);
    return `${answer}, ${how}`;
  },
};

/** Money arrives for what has run out or was closed, or once more for what is paid. */
export const payLate: Kind<Payment> = {
  name: 'pays late',
  mutations: [],
  weight: 16,
  choose: (model, dice) => {
    const known = model.purchases.flatMap((purchase) => purchase.attempts.map((attempt) => ({ purchase, attempt })));
    // Of money under one number the shop is told of the first only, should it have to ask.
    const isHeard = ({ captures }: Attempt): boolean => captures.every(({ purpose }) => purpose !== null);
    const late = known.filter(
      ({ attempt }) => attempt.prepayId !== null && !mayPay(model, attempt) && isHeard(attempt),
    );
    const unpaid = late.filter(({ attempt }) => attempt.captures.length === 0);
    const chosen = dice.happens(10) ? dice.oneOf(late) : dice.oneOf(unpaid);
    if (!chosen) return null;
    if (chosen.attempt.captures.length > 0) return { ...chosen, how: 'again', options: { again: true } };
    const inTime = new Date((chosen.purchase.payUntil - 1) * 1_000).toISOString();
    const wasInTime = dice.happens(30) && model.now > chosen.purchase.payUntil;
    const options = { ignore_expiry: true, ...(wasInTime && { success_time: inTime }) };
    return { ...chosen, how: wasInTime ? 'in time, and it is heard of late' : 'late', options };
  },
  tell: ({ purchase, how }) => `${purchase.buyer.name} pays ${purchase.name} ${how}`,
  act: async ({ purchase, attempt, options, how }, model, run) => {
    await take(model, run, purchase, attempt, options);
    return how;
  },
};

/** Somebody asks whether the money has arrived. */
export const paymentConfirm: Kind<Purchase> = {
  name: 'paymentConfirm',
  mutations: ['paymentConfirm'],
  weight: 6,
  choose: ({ purchases }, dice) => {
    const paying = purchases.filter((purchase) => newest(purchase)?.status === 'PENDING');
    return dice.happens(20) ? dice.oneOf(purchases) : dice.oneOf(paying);
  },
  tell: ({ buyer, name }) => `${buyer.name} asks whether the money for ${name} has come`,
  act: (purchase, model, run) => onCheckout('paymentConfirm', purchase, run, () => confirm(model, purchase)),
};

/** Somebody gives up what is not paid. */
export const checkoutCancel: Kind<Purchase> = {
  name: 'checkoutCancel',
  mutations: ['checkoutCancel'],
  weight: 6,
  choose: ({ purchases }, dice) => {
    const held = purchases.filter(({ checkout }) => checkout === 'HELD');
    return dice.happens(30) ? dice.oneOf(purchases) : dice.oneOf(held);
  },
  tell: ({ buyer, name }) => `${buyer.name} gives up ${name}`,
  act: (purchase, model, run) => onCheckout('checkoutCancel', purchase, run, () => cancel(model, purchase)),
};

async function startToPay(purchase: Purchase, model: Model, run: Run): Promise<string> {
  const promised = promisedTo(purchase.buyer, () => start(model, purchase));
  const { checkoutId } = purchase;
  const answer = await ask(run, run.world.phoneOf(purchase.buyer), 'paymentStart', promised, { checkoutId });
  if (answer.type === 'PaySheet')
    newest(purchase)!.prepayId = String(answer.value['package']).replace('prepay_id=', '');
  return answer.type;
}

async function onCheckout(mutation: string, purchase: Purchase, run: Run, promise: () => string): Promise<string> {
  const promised = promisedTo(purchase.buyer, promise);
  const { checkoutId } = purchase;
  const answer = await ask(run, run.world.phoneOf(purchase.buyer), mutation, promised, { checkoutId });
  if (answer.type === 'Checkout') expect(answer.value['status']).toBe(purchase.checkout);
  return answer.type;
}

/** Whether WeChat lets a phone pay under an attempt's number. */
function mayPay(model: Model, attempt: Attempt): boolean {
  const purchase = model.purchases.find(({ attempts }) => attempts.includes(attempt))!;
  const isOpen = attempt.prepayId !== null && attempt.atChannel === 'OPEN' && attempt.captures.length === 0;
  return isOpen && model.now < purchase.payUntil;
}

/** WeChat takes money, and tells the shop unless it loses its word. */
async function take(model: Model, run: Run, purchase: Purchase, attempt: Attempt, options: PayOptions): Promise<void> {
  const paid = await run.world.phoneOf(purchase.buyer).payPrepaid(attempt.prepayId!, options);
  await run.world.delivered();
  const capture: Capture = {
    ...{ purchase, attempt, transactionId: paid.transaction_id, outTradeNo: paid.out_trade_no },
    ...{ amountMinor: paid.amount_total, succeededAt: Date.parse(paid.success_time) / 1_000 },
    ...{ purpose: null, refundSentAt: -Infinity, refundSentTurn: 0, refunds: [] },
  };
  attempt.captures.push(capture);
  if (!options.notify?.lose)
    model.later(purchase, () => {
      hear(model, capture);
    });
}
