import type { Model } from './model.js';
import type { Purchase } from './records.js';

/** What a buyer asks back of a purchase. */
export interface Case {
  readonly id: string;
  readonly purchase: Purchase;
  readonly kind: 'REFUND_ONLY' | 'RETURN_AND_REFUND';
  readonly quantity: number;
  /** Whether it is about units that were not shipped when it was applied for. */
  readonly isUnshipped: boolean;
  status: CaseStatus;
  isOpen: boolean;
  isAppealed: boolean;
  /** Whether the goods were sent back. */
  isSent: boolean;
  isResaleable: boolean | null;
  freightMinor: number;
  amountMinor: number;
  /** Infinity once it is over. */
  dueAt: number;
}

export type CaseStatus =
  'APPLIED' | 'APPROVED' | 'RETURNING' | 'REFUNDING' | 'DONE' | 'REJECTED' | 'APPEALED' | 'CANCELLED';

/** What goes back for units of a purchase. */
export interface Share {
  readonly freightMinor: number;
  readonly amountMinor: number;
  /** Units that will never be shipped. */
  readonly cancelled: number;
}

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** docs/API.md: how long each step may take. */
const STEP_SECONDS: Readonly<Record<CaseStatus, number>> = {
  ...{ APPLIED: 48 * HOUR_SECONDS, APPROVED: 7 * DAY_SECONDS, RETURNING: 7 * DAY_SECONDS, REFUNDING: 7 * DAY_SECONDS },
  ...{ REJECTED: 3 * DAY_SECONDS, APPEALED: 3 * DAY_SECONDS, DONE: Infinity, CANCELLED: Infinity },
};

/** Until when a case that comes to stand so is to go on; the shop's word on an appeal is the last. */
export function dueAfter({ now }: Model, status: CaseStatus, isAppealed: boolean): number {
  return status === 'REJECTED' && isAppealed ? Infinity : now + STEP_SECONDS[status];
}

/** A case comes to stand so. */
export function move(model: Model, one: Case, status: CaseStatus): void {
  one.status = status;
  one.dueAt = dueAfter(model, status, one.isAppealed);
  one.isOpen = one.dueAt < Infinity;
}

/** A refused case is over without another word. */
export function shut(one: Case): void {
  one.dueAt = Infinity;
  one.isOpen = false;
}

/** Whether something is still to come of what was asked back of a purchase. */
export function hasOpenCase({ cases }: Purchase): boolean {
  return cases.some(({ isOpen }) => isOpen);
}

/** Units that nobody has shipped, given back or asked back; those of one case may be left out of what is asked. */
export function leftToShip({ quantity, shipped, cancelled, cases }: Purchase, but: Case | null = null): number {
  const withheld = cases.filter((each) => each !== but && each.isUnshipped && each.status === 'APPLIED');
  return quantity - shipped - cancelled - unitsIn(withheld);
}

/** Units that can still be asked back, as long as something is left of the money. */
export function claimableOf(purchase: Purchase): number {
  const asked = purchase.cases.filter(({ isOpen, status }) => isOpen || status === 'DONE');
  const left = purchase.quantity - unitsIn(asked);
  return purchase.order === 'TO_FULFIL' ? Math.min(left, leftToShip(purchase)) : left;
}

/** What would go back for so many units now: their price as far as the money reaches, and the freight if nothing is ever sent. */
export function shareOf(purchase: Purchase, quantity: number, of: Case | null = null): Share {
  const { payableMinor, promisedMinor, unitPriceMinor } = purchase;
  const leftMinor = payableMinor - promisedMinor;
  const goodsMinor = Math.min(quantity * unitPriceMinor, leftMinor);
  const cancelled = Math.min(quantity, leftToShip(purchase, of));
  const isNothingSent = purchase.cancelled + cancelled === purchase.quantity;
  const freightMinor = isNothingSent ? Math.min(purchase.freightMinor, leftMinor - goodsMinor) : 0;
  return { freightMinor, cancelled, amountMinor: goodsMinor + freightMinor };
}

/** No money of a purchase is left, so nothing comes of what was asked back, unless this was it. */
export function endCases(model: Model, { cases }: Purchase): void {
  for (const one of cases) {
    if (!one.isOpen || one.status === 'REFUNDING') continue;
    if (one.status === 'REJECTED') shut(one);
    else move(model, one, 'CANCELLED');
  }
}

function unitsIn(cases: readonly Case[]): number {
  return cases.reduce((sum, { quantity }) => sum + quantity, 0);
}
