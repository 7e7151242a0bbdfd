import { type Refusal, stateMachine, sumMinor, type Texts } from '#common';
import type { Order, OrderLine, OrderStatus } from '#orders';
import type { Invoice, InvoiceStatus } from './invoice.entity.js';
import type { InvoiceLine } from './invoice-line.entity.js';
import { InvoiceNotCancellable, InvoiceTooEarly, NothingToInvoice } from './invoice.refusals.js';

export const invoiceLife = stateMachine<InvoiceStatus>({
  REQUESTED: ['ISSUING', 'FAILED', 'CANCELLED'],
  ISSUING: ['ISSUED', 'FAILED'],
  ISSUED: ['REVERSING'],
  REVERSING: ['REVERSED'],
  FAILED: [],
  CANCELLED: [],
  REVERSED: [],
});

/** An order has one of these at most; the database's `live` column says the same. */
export const LIVE: readonly InvoiceStatus[] = ['REQUESTED', 'ISSUING', 'ISSUED', 'REVERSING'];

/** The goods are with the buyer or on their way, and no more is to be shipped. */
const SHIPPED: ReadonlySet<OrderStatus> = new Set(['SHIPPED', 'COLLECTED', 'RECEIVED', 'COMPLETED']);
const OVER: ReadonlySet<OrderStatus> = new Set(['REFUNDED', 'CANCELLED']);

type Money = Pick<Order, 'payableMinor' | 'refundingMinor' | 'freightMinor'>;
type Line = Pick<
  OrderLine,
  'id' | 'title' | 'quantity' | 'unitPriceMinor' | 'amountMinor' | 'refundingQuantity' | 'refundingMinor'
>;

/** What is on an invoice; amounts in minor units. */
export interface Sheet {
  readonly amountMinor: number;
  readonly freightMinor: number;
  readonly lines: readonly Omit<InvoiceLine, 'invoiceId' | 'currency'>[];
}

/** Whether an invoice of an order can be asked for; null if so. No law is certain about an end, so there is none. */
export function mayRequest({ status, ...money }: Pick<Order, 'status'> & Money): Refusal | null {
  const isOver = OVER.has(status);
  if (!isOver && !SHIPPED.has(status)) return new InvoiceTooEarly(status);
  return isOver || leftOf(money) <= 0 ? new NothingToInvoice() : null;
}

/** Whether its buyer can cancel it; null if so. */
export function mayCancel({ status }: Pick<Invoice, 'status'>): Refusal | null {
  return status === 'REQUESTED' ? null : new InvoiceNotCancellable(status);
}

/**
 * What is to be invoiced of an order: what was paid, less what is back or promised back. Units that went back are not on it; what went back without
 * units is taken off every part in proportion, as a discount. Null if nothing is left at all.
 */
export function sheetOf(order: Money, lines: readonly Line[]): Sheet | null {
  const amountMinor = leftOf(order);
  if (amountMinor <= 0) return null;
  const kept = lines.filter(({ quantity, refundingQuantity }) => quantity > refundingQuantity);
  const weights = kept.map((line) => line.amountMinor - line.refundingMinor);
  const shares = spread(amountMinor, [order.freightMinor, ...weights]);
  const [freightMinor = 0, ...amounts] = shares;
  const invoiced = kept.map(({ id, title, quantity, refundingQuantity, unitPriceMinor }, index) => ({
    ...{ lineId: id, title, quantity: quantity - refundingQuantity, unitPriceMinor },
    amountMinor: amounts[index] ?? 0,
  }));
  return { amountMinor, freightMinor, lines: invoiced.filter((line) => line.amountMinor > 0) };
}

/** Whether more of an order has gone back, or is about to, than an invoice of it allows. */
export function saysTooMuch(
  { amountMinor }: Pick<Invoice, 'amountMinor'>,
  order: Omit<Money, 'freightMinor'>,
): boolean {
  return (amountMinor ?? 0) > leftOf(order);
}

/** Whether people of the staff are to issue it, as it stands. */
export function isForPeople({ status, issuer }: Pick<Invoice, 'status' | 'issuer'>): boolean {
  return issuer === null && (status === 'REQUESTED' || status === 'ISSUING');
}

/** Why it was not issued, for its buyer. */
export function failureTexts({ failure, failureNote }: Pick<Invoice, 'failure' | 'failureNote'>): Texts | null {
  if (failure === null) return null;
  if (failure === 'NOTHING_LEFT')
    return { zh: '订单款项已全部退回，无需开票。', en: 'All that was paid for the order has gone back.' };
  const note = failureNote ?? '';
  return { zh: `未能开具：${note}`, en: `It could not be issued: ${note}` };
}

function leftOf({ payableMinor, refundingMinor }: Pick<Order, 'payableMinor' | 'refundingMinor'>): number {
  return payableMinor - refundingMinor;
}

/** A total in parts that are as large to each other as the weights, whole, and sum to it exactly. */
function spread(totalMinor: number, weights: readonly number[]): number[] {
  const whole = BigInt(sumMinor(weights));
  let before = 0n;
  let given = 0n;
  return weights.map((weight) => {
    before += BigInt(weight);
    const upTo = (BigInt(totalMinor) * before) / whole;
    const part = upTo - given;
    given = upTo;
    return Number(part);
  });
}
