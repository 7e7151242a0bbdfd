import { type Case, endCases, move } from './cases.js';
import type { Model } from './model.js';
import type { Capture, Purchase, Refund } from './records.js';
import { noteSeatRefunded } from './teams.js';

/** docs/API.md and design.md 4: retried after these, a minute at least between two of one payment, an operator's after 72 hours. */
const RETRY_SECONDS = [60, 300, 1_800, 7_200, 21_600, 43_200];
const GAP_SECONDS = 61;
const PATIENCE_SECONDS = 72 * 3_600;

/** Owes money back; work sends it. */
export function owe(
  model: Model,
  capture: Capture,
  amountMinor: number,
  { isOfOrder, afterSale = null }: { readonly isOfOrder: boolean; readonly afterSale?: Case | null },
): void {
  if (isOfOrder) capture.purchase.promisedMinor += amountMinor;
  const manualAfter = model.now + PATIENCE_SECONDS;
  add(model, capture, { amountMinor, isOfOrder, afterSale, isFirst: true, manualAfter });
}

/** Owes all of an order's money back; one that cost nothing is over at once. */
export function oweOrder(model: Model, purchase: Purchase): void {
  const capture = captureOf(purchase);
  if (capture) owe(model, capture, purchase.payableMinor, { isOfOrder: true });
  else endOrder(model, purchase);
}

/** The money that pays a purchase. */
export function captureOf({ attempts }: Purchase): Capture | undefined {
  return attempts.flatMap(({ captures }) => captures).find(({ purpose }) => purpose === 'CHECKOUT');
}

/** Whether the money is still to go back. */
export function isDue({ status }: Refund): boolean {
  return status !== 'SUCCEEDED' && status !== 'CLOSED';
}

export function isWaiting({ status }: Refund): boolean {
  return status === 'ABNORMAL' || status === 'MANUAL';
}

/** What the shop does about a refund when its turn comes. */
export function drive(model: Model, refund: Refund): void {
  refund.nextAt = null;
  if (!isDue(refund)) return;
  if (refund.atChannel === 'PROCESSING') wait(model, refund);
  else if (refund.atChannel !== 'UNKNOWN') settle(model, refund, refund.atChannel);
  else if (!isWaiting(refund)) send(model, refund);
}

/** What comes of the channel's word on a refund. */
export function settle(model: Model, refund: Refund, end: 'SUCCESS' | 'CLOSED' | 'ABNORMAL'): void {
  if (!isDue(refund) || refund.status === end) return;
  const { capture, amountMinor, isOfOrder, afterSale } = refund;
  if (end === 'ABNORMAL') refund.status = 'ABNORMAL';
  else if (end === 'CLOSED') {
    const manualAfter = isWaiting(refund) ? model.now + PATIENCE_SECONDS : refund.manualAfter;
    refund.status = 'CLOSED';
    add(model, capture, { amountMinor, isOfOrder, afterSale, isFirst: false, manualAfter });
  } else {
    refund.status = 'SUCCEEDED';
    if (isOfOrder)
      model.later(capture.purchase, () => {
        book(model, capture.purchase, amountMinor);
        if (afterSale) move(model, afterSale, 'DONE');
      });
  }
}

/** Takes a refund out of the operators' queue: the channel gets another three days. */
export function resume(model: Model, refund: Refund): void {
  Object.assign(refund, { status: 'SUBMITTED', queries: 0, manualAfter: model.now + PATIENCE_SECONDS });
  model.later(refund.capture.purchase, () => {
    drive(model, refund);
  });
}

/** The channel changes a refund, and tells the shop. */
export function tell(model: Model, refund: Refund, end: 'SUCCESS' | 'CLOSED' | 'ABNORMAL'): void {
  refund.atChannel = end;
  model.later(refund.capture.purchase, () => {
    settle(model, refund, end);
  });
}

function add(
  model: Model,
  capture: Capture,
  owed: Pick<Refund, 'amountMinor' | 'isOfOrder' | 'afterSale' | 'isFirst' | 'manualAfter'>,
): void {
  const fresh = { status: 'CREATED', atChannel: 'UNKNOWN', nextAt: null, turn: 0, failures: 0, queries: 0 } as const;
  const refund: Refund = { capture, ...owed, ...fresh };
  capture.refunds.push(refund);
  model.later(capture.purchase, () => {
    drive(model, refund);
  });
}

function isOverdue({ now }: Model, { status, isFirst, manualAfter }: Refund): boolean {
  return now >= manualAfter && !(status === 'CREATED' && isFirst);
}

function send(model: Model, refund: Refund): void {
  const { capture } = refund;
  if (isOverdue(model, refund)) {
    refund.status = 'MANUAL';
    return;
  }
  if (model.now < capture.refundSentAt + GAP_SECONDS) {
    Object.assign(refund, { nextAt: capture.refundSentAt + GAP_SECONDS, turn: capture.refundSentTurn });
    return;
  }
  Object.assign(capture, { refundSentAt: model.now, refundSentTurn: model.nextTurn() });
  refund.status = 'SUBMITTED';
  const fault = model.strike('refund');
  // One that was tried for the first time when its time was over is the operators' unless it is done at once.
  if (isOverdue(model, refund)) refund.status = 'MANUAL';
  else if (fault === 'error_500' || fault === 'timeout_before' || fault === 'timeout_after') {
    waitFor(model, refund, RETRY_SECONDS[refund.failures]);
    refund.failures += 1;
  }
  if (fault === 'error_500' || fault === 'timeout_before') return;
  if (fault === 'stuck') {
    refund.atChannel = 'PROCESSING';
    wait(model, refund);
  } else tell(model, refund, fault === 'closed' ? 'CLOSED' : fault === 'abnormal' ? 'ABNORMAL' : 'SUCCESS');
}

function wait(model: Model, refund: Refund): void {
  if (isWaiting(refund)) return;
  if (isOverdue(model, refund)) refund.status = 'MANUAL';
  else ask(model, refund);
}

function ask(model: Model, refund: Refund): void {
  waitFor(model, refund, RETRY_SECONDS[refund.queries]);
  refund.queries += 1;
}

function waitFor(model: Model, refund: Refund, seconds = RETRY_SECONDS.at(-1)!): void {
  Object.assign(refund, { nextAt: model.now + seconds, turn: model.nextTurn() });
}

function book(model: Model, purchase: Purchase, amountMinor: number): void {
  purchase.refundedMinor += amountMinor;
  if (purchase.refundedMinor === purchase.payableMinor) endOrder(model, purchase);
}

function endOrder(model: Model, purchase: Purchase): void {
  // What was sold and will not be shipped is for sale again.
  if (purchase.order === 'TO_FULFIL')
    model.goods.unitsFree += purchase.quantity - purchase.shipped - purchase.cancelled;
  purchase.order = 'REFUNDED';
  model.later(purchase, () => {
    endCases(model, purchase);
  });
  if (purchase.team)
    model.later(purchase, () => {
      noteSeatRefunded(purchase);
    });
}
