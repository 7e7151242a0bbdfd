import { type Refusal, sumMinor } from '#common';
import type { RefundReason } from '#payments';
import { OrderNotRefundable } from '../order.refusals.js';
import { isRefundable } from '../order.rules.js';
import type { Order } from '../order.entity.js';
import type { LineId, OrderLine } from '../order-line.entity.js';
import type { RefundLine } from './refund-line.entity.js';

/** Units of a line, each line once. */
export interface Units {
  readonly lineId: LineId;
  readonly quantity: number;
  /** True if they are of those that were shipped; otherwise what is not shipped is taken first. */
  readonly isShipped?: boolean;
}

export type RefundedLine = Pick<
  OrderLine,
  | 'id'
  | 'quantity'
  | 'shippedQuantity'
  | 'cancelledQuantity'
  | 'refundingQuantity'
  | 'claimedQuantity'
  | 'withheldQuantity'
  | 'unitPriceMinor'
>;
export type LineShare = Omit<RefundLine, 'refundId'>;
type Money = Pick<Order, 'payableMinor' | 'refundingMinor' | 'freightMinor'>;

/** What goes back in one refund. */
export interface Shares {
  readonly lines: readonly LineShare[];
  readonly freightMinor: number;
  readonly amountMinor: number;
}

/** Whether units of an order may be given back for such a reason; null if so. A recall reaches also what is over. */
export function mayRefundUnits(
  { status, payableMinor, refundingMinor }: Pick<Order, 'status' | 'payableMinor' | 'refundingMinor'>,
  reason: RefundReason,
): Refusal | null {
  const isOpen = isRefundable(status) || (reason === 'RECALL' && status === 'COMPLETED');
  return isOpen && refundingMinor < payableMinor ? null : new OrderNotRefundable(status);
}

/**
 * What goes back for units: their price, as long as something is left of what was paid, and the freight if nothing of the order was or will be
 * shipped. Units that are not shipped are taken first, unless it is said that they were. With the last of the money every unit counts as given back.
 *
 * @param asked at most what is not given back of each line
 */
export function sharesOf(order: Money, lines: readonly RefundedLine[], asked: readonly Units[]): Shares {
  const leftMinor = order.payableMinor - order.refundingMinor;
  const units = new Map(asked.map(({ lineId, quantity }) => [lineId, quantity]));
  const shipped = new Set(asked.filter(({ isShipped }) => isShipped).map(({ lineId }) => lineId));
  const shares = shareOut(lines, ({ id }) => units.get(id) ?? 0, leftMinor).map((share) => ({
    ...share,
    cancelledQuantity: shipped.has(share.lineId) ? 0 : Math.min(share.quantity, toShip(share.line)),
  }));
  const goodsMinor = sumMinor(shares.map(({ amountMinor }) => amountMinor));
  const isNothingShipped = shares.every(
    ({ line, cancelledQuantity }) => line.cancelledQuantity + cancelledQuantity === line.quantity,
  );
  const freightMinor = isNothingShipped ? Math.min(order.freightMinor, leftMinor - goodsMinor) : 0;
  const amountMinor = goodsMinor + freightMinor;
  const counted =
    amountMinor === leftMinor ? shares.map((share) => ({ ...share, quantity: unrefunded(share.line) })) : shares;
  return { lines: rowsOf(counted), freightMinor, amountMinor };
}

/** How an amount that is the last of an order's money goes to all units that are left. What is not shipped of them comes back when the order ends. */
export function lastShares(lines: readonly RefundedLine[], amountMinor: number): LineShare[] {
  return rowsOf(shareOut(lines, unrefunded, amountMinor));
}

type Share = LineShare & { readonly line: RefundedLine };

/** To each line the price of its units, until nothing is left. */
function shareOut(
  lines: readonly RefundedLine[],
  unitsOf: (line: RefundedLine) => number,
  amountMinor: number,
): Share[] {
  let leftMinor = amountMinor;
  return lines.map((line) => {
    const quantity = unitsOf(line);
    const shareMinor = Math.min(quantity * line.unitPriceMinor, leftMinor);
    leftMinor -= shareMinor;
    return { line, lineId: line.id, quantity, cancelledQuantity: 0, amountMinor: shareMinor };
  });
}

function rowsOf(shares: readonly Share[]): LineShare[] {
  return shares
    .filter(({ quantity }) => quantity > 0)
    .map(({ lineId, quantity, cancelledQuantity, amountMinor }) => ({
      lineId,
      quantity,
      cancelledQuantity,
      amountMinor,
    }));
}

/** How many units of a line would be shipped next; what is withheld is left to the cases that withhold it. */
function toShip({ quantity, shippedQuantity, cancelledQuantity, withheldQuantity }: RefundedLine): number {
  return quantity - shippedQuantity - cancelledQuantity - withheldQuantity;
}

/** How many units of a line are not given back for any reason. What open cases ask for is left to them. */
export function unrefunded({ quantity, refundingQuantity, claimedQuantity }: RefundedLine): number {
  return quantity - refundingQuantity - claimedQuantity;
}
