import { ATTEMPTS_MAX, hear, isOpen, release, replace } from './money.js';
import { type Model, newest } from './model.js';
import type { Attempt, Purchase } from './records.js';

/** What is answered when WeChat does not answer the shop. */
export const UNAVAILABLE = 'CHANNEL_UNAVAILABLE';

const QUERY_SECONDS = [60, 300, 900, 1_800, 3_600];

/** What starting to pay is answered with. */
export function start(model: Model, purchase: Purchase): string {
  if (purchase.checkout === 'PAID') return 'CheckoutAlreadyPaid';
  if (model.now >= purchase.payUntil || purchase.checkout === 'RELEASED') return 'PayWindowOver';
  return startNewest(model, purchase);
}

/** What asking whether the money has come is answered with. */
export function confirm(model: Model, purchase: Purchase): string {
  const attempt = newest(purchase);
  if (attempt?.status !== 'PENDING') return 'Checkout';
  if (model.strike('query')) return UNAVAILABLE;
  const [paid] = attempt.captures;
  if (paid) hear(model, paid);
  return 'Checkout';
}

/** What giving up is answered with. */
export function cancel(model: Model, purchase: Purchase): string {
  if (purchase.checkout === 'PAID') return 'CheckoutAlreadyPaid';
  return purchase.checkout === 'HELD' ? close(model, purchase) : 'Checkout';
}

/** Ends a payment: afterwards what it holds will be free, or its money is heard of. */
export function close(model: Model, purchase: Purchase): string {
  const attempt = newest(purchase);
  if (!attempt || !isOpen(attempt)) return 'Checkout';
  if (attempt.status === 'PENDING') {
    const fault = model.strike('close');
    if (fault === 'timeout_after' && attempt.captures.length === 0) shut(attempt);
    if (fault) return UNAVAILABLE;
    if (attempt.captures.length > 0) return askAndTell(model, attempt);
    shut(attempt);
  }
  attempt.status = 'CLOSED';
  model.later(purchase, () => {
    release(model, purchase);
  });
  return 'Checkout';
}

/** Asks about a payment, and has the answer worked off. */
export function askAndTell(model: Model, attempt: Attempt): string {
  if (model.strike('query')) return UNAVAILABLE;
  const [paid] = attempt.captures;
  if (paid)
    model.later(paid.purchase, () => {
      hear(model, paid);
    });
  attempt.queries += 1;
  attempt.nextQueryAt = model.now + (QUERY_SECONDS[attempt.queries] ?? QUERY_SECONDS.at(-1)!);
  return 'Checkout';
}

function startNewest(model: Model, purchase: Purchase): string {
  const attempt = newest(purchase)!;
  intend(model, attempt);
  return attempt.status === 'PENDING' ? prepay(model, purchase, attempt) : 'PayWindowOver';
}

function intend(model: Model, attempt: Attempt): void {
  if (attempt.status !== 'INIT') return;
  attempt.status = 'PENDING';
  attempt.nextQueryAt = model.now + QUERY_SECONDS[0]!;
}

function prepay(model: Model, purchase: Purchase, attempt: Attempt): string {
  const fault = model.strike('prepay');
  if (fault === 'timeout_after' && attempt.atChannel === 'UNKNOWN') attempt.atChannel = 'OPEN';
  if (fault) return UNAVAILABLE;
  if (attempt.captures.length > 0) return refusePaid(model, purchase);
  if (attempt.atChannel === 'CLOSED') return prepayNext(model, purchase, attempt);
  attempt.atChannel = 'OPEN';
  return 'PaySheet';
}

/** WeChat has money under the number already. If it is the wrong amount, the buyer can pay under the next one. */
function refusePaid(model: Model, purchase: Purchase): string {
  const answer = confirm(model, purchase);
  if (answer === UNAVAILABLE) return answer;
  return purchase.checkout === 'PAID' ? 'CheckoutAlreadyPaid' : startNewest(model, purchase);
}

function prepayNext(model: Model, purchase: Purchase, attempt: Attempt): string {
  if (model.strike('close') || purchase.attempts.length >= ATTEMPTS_MAX) return UNAVAILABLE;
  replace(model, purchase, attempt);
  return startNewest(model, purchase);
}

function shut(attempt: Attempt): void {
  if (attempt.atChannel === 'OPEN') attempt.atChannel = 'CLOSED';
}
