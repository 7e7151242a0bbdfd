import { close } from './channel.js';
import { owe, oweOrder } from './refunds.js';
import { type Model, newest } from './model.js';
import type { Attempt, Capture, Purchase } from './records.js';
import { giveBack } from './stock.js';
import { count, decideLate, stand } from './teams.js';

/** How many numbers a checkout may use up at the channel. */
export const ATTEMPTS_MAX = 5;

/** What comes of money that the shop hears of. */
export function hear(model: Model, capture: Capture): void {
  if (capture.purpose) return;
  const { purchase, attempt, amountMinor, succeededAt } = capture;
  if (purchase.checkout === 'PAID') {
    capture.purpose = 'DUPLICATE';
    end(model, purchase, attempt);
    owe(model, capture, amountMinor, { isOfOrder: false });
  } else if (amountMinor !== purchase.payableMinor) {
    capture.purpose = 'MISMATCHED';
    if (isOpen(attempt)) replace(model, purchase, attempt);
    owe(model, capture, amountMinor, { isOfOrder: false });
  } else {
    capture.purpose = 'CHECKOUT';
    end(model, purchase, attempt);
    const wasHeld = purchase.checkout === 'HELD';
    purchase.checkout = 'PAID';
    if (wasHeld && succeededAt <= purchase.payUntil) pay(model, purchase);
    else payLate(model, purchase, wasHeld);
  }
}

/** The purchase is paid: alone it goes to fulfilment, in a team its seat is counted. */
export function pay(model: Model, purchase: Purchase): void {
  purchase.order = purchase.team ? 'AWAITING_TEAM' : 'TO_FULFIL';
  if (purchase.team)
    model.later(purchase, () => {
      count(model, purchase);
    });
}

/** Nobody can pay a purchase any more: what it holds is free again. */
export function release(model: Model, purchase: Purchase): void {
  if (purchase.checkout !== 'HELD') return;
  Object.assign(purchase, { checkout: 'RELEASED', order: 'CANCELLED', seat: purchase.team && 'RELEASED' });
  giveBack(model, purchase);
  if (purchase.team) stand(model, purchase.team);
}

export function newAttempt(status: Attempt['status']): Attempt {
  return { status, atChannel: 'UNKNOWN', prepayId: null, queries: 0, nextQueryAt: Infinity, captures: [] };
}

export function isOpen({ status }: Attempt): boolean {
  return status === 'INIT' || status === 'PENDING';
}

/** The attempt's number is used up: another one takes its place, as often as is allowed. */
export function replace(model: Model, purchase: Purchase, attempt: Attempt): boolean {
  const mayReplace = purchase.attempts.length < ATTEMPTS_MAX;
  attempt.status = 'CLOSED';
  if (mayReplace) purchase.attempts.push(newAttempt('INIT'));
  else
    model.later(purchase, () => {
      release(model, purchase);
    });
  return mayReplace;
}

function payLate(model: Model, purchase: Purchase, wasHeld: boolean): void {
  purchase.order = 'PAID_LATE';
  if (purchase.team) {
    model.later(purchase, () => {
      decideLate(model, purchase);
    });
    return;
  }
  oweOrder(model, purchase);
  if (wasHeld) giveBack(model, purchase);
}

/** An attempt has brought money. If another one had taken its place, nobody should pay that. */
function end(model: Model, purchase: Purchase, attempt: Attempt): void {
  const wasClosed = attempt.status === 'CLOSED';
  attempt.status = 'SUCCEEDED';
  const last = newest(purchase);
  if (wasClosed && last && isOpen(last)) model.later(purchase, () => close(model, purchase));
}
