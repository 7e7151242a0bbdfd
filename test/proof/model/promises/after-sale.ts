import { type Case, claimableOf, move, shareOf, shut } from './cases.js';
import type { Model } from './model.js';
import type { Person, Picture } from './people.js';
import { IN_HAND, type Purchase } from './records.js';
import { captureOf, owe } from './refunds.js';
import { cancelUnits } from './shipping.js';

export type Reason = 'NO_REASON' | 'NOT_NEEDED_ANY_MORE' | 'DAMAGED' | 'QUALITY' | 'MISSING' | 'NOT_RECEIVED' | 'OTHER';

/** What somebody asks for. */
export interface Application {
  readonly kind: Case['kind'];
  readonly reason: Reason;
  readonly quantity: number;
  readonly photo: Picture | null;
}

/** What asking is answered with; null if it becomes a case. */
export function whyNotApply(model: Model, purchase: Purchase, by: Person, asked: Application): string | null {
  if (asked.photo && !isUsable(asked.photo, by)) return 'ImageNotUsable';
  if (purchase.buyer !== by) return 'NOT_FOUND';
  const no = whyNotOpen(model, purchase) ?? whyUnfit(purchase, asked);
  if (no) return no;
  if (asked.quantity > claimableOf(purchase)) return 'MoreThanClaimable';
  return shareOf(purchase, asked.quantity).amountMinor > 0 ? null : 'OrderNotRefundable';
}

/** Whether a picture can be shown as evidence. */
export function isUsable({ owner, purpose, status, isKept }: Picture, by: Person): boolean {
  return owner === by && purpose === 'AFTER_SALE' && status === 'READY' && !isKept;
}

/** Why nothing of a purchase can be asked back now; null if something can. */
export function whyNotOpen({ now }: Model, { order, completesAt, payableMinor, promisedMinor }: Purchase) {
  if (order === 'AWAITING_TEAM') return 'LeaveTheTeamInstead';
  if (order !== 'REFUNDED' && (order === 'COMPLETED' || completesAt <= now)) return 'AfterSaleWindowOver';
  if (!IN_HAND.includes(order)) return 'AfterSaleNotOpen';
  return promisedMinor < payableMinor ? null : 'OrderNotRefundable';
}

/** docs/API.md: which reason goes with what, before and after the goods are sent. */
function whyUnfit({ order }: Purchase, { kind, reason, photo }: Application): string | null {
  const isFit = order === 'TO_FULFIL' ? fitsBefore(reason, kind) : fitsAfter(reason, kind);
  if (!isFit) return 'ReasonUnfit';
  return (reason === 'DAMAGED' || reason === 'QUALITY') && !photo ? 'EvidenceNeeded' : null;
}

function fitsBefore(reason: Reason, kind: Case['kind']): boolean {
  return kind === 'REFUND_ONLY' && (reason === 'NOT_NEEDED_ANY_MORE' || reason === 'OTHER');
}

function fitsAfter(reason: Reason, kind: Case['kind']): boolean {
  if (reason === 'NO_REASON') return kind === 'RETURN_AND_REFUND';
  if (reason === 'MISSING' || reason === 'NOT_RECEIVED') return kind === 'REFUND_ONLY';
  return reason !== 'NOT_NEEDED_ANY_MORE';
}

/** A case is opened. */
export function open(model: Model, purchase: Purchase, id: string, { kind, quantity, photo }: Application): void {
  const { freightMinor, amountMinor } = shareOf(purchase, quantity);
  const one: Case = {
    ...{ id, purchase, kind, quantity, isUnshipped: purchase.order === 'TO_FULFIL', freightMinor, amountMinor },
    ...{ status: 'APPLIED', isOpen: true, isAppealed: false, isSent: false, isResaleable: null, dueAt: 0 },
  };
  if (photo) photo.isKept = true;
  move(model, one, 'APPLIED');
  purchase.cases.push(one);
}

export function mayCancel({ status, isSent }: Case): boolean {
  return !isSent && (status === 'APPLIED' || status === 'APPROVED' || status === 'APPEALED');
}

export function mayAppeal({ now }: Model, { status, isAppealed, dueAt, isOpen }: Case): boolean {
  return status === 'REJECTED' && isOpen && !isAppealed && now < dueAt;
}

/** What approving is answered with: goods are waited for once, money goes back. */
export function approve(model: Model, one: Case): string {
  if (one.kind === 'REFUND_ONLY' || one.isSent) return promise(model, one);
  move(model, one, 'APPROVED');
  return 'AfterSale';
}

/** What taking goods back is answered with. */
export function receiveBack(model: Model, one: Case, isResaleable: boolean): string {
  const answer = promise(model, one);
  if (answer !== 'AfterSale') return answer;
  one.isResaleable = isResaleable;
  if (isResaleable) model.goods.unitsFree += one.quantity;
  return answer;
}

/** Refuses a case; goods that came back are not for sale. */
export function reject(model: Model, one: Case): void {
  if (one.status === 'RETURNING') one.isResaleable = false;
  move(model, one, 'REJECTED');
}

/** By the clock: what was applied for is approved, what was not sent is given up, what was sent counts as received, a refusal stands. */
export function endDueCases(model: Model): void {
  for (const one of model.cases.filter(({ isOpen, dueAt }) => isOpen && dueAt <= model.now)) {
    const { payableMinor, promisedMinor } = one.purchase;
    if (promisedMinor === payableMinor) continue;
    if (one.status === 'APPLIED') approve(model, one);
    else if (one.status === 'APPROVED') move(model, one, 'CANCELLED');
    else if (one.status === 'RETURNING') receiveBack(model, one, false);
    else if (one.status === 'REJECTED') shut(one);
  }
}

/** Promises the money of a case, unless none is left. */
function promise(model: Model, one: Case): string {
  const { purchase } = one;
  const { cancelled, ...share } = shareOf(purchase, one.quantity, one);
  if (!IN_HAND.includes(purchase.order) || share.amountMinor === 0) return 'OrderNotRefundable';
  Object.assign(one, share);
  move(model, one, 'REFUNDING');
  owe(model, captureOf(purchase)!, share.amountMinor, { isOfOrder: true, afterSale: one });
  cancelUnits(model, purchase, cancelled);
  return 'AfterSale';
}
