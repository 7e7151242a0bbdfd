import { UNITS_PER_LINE_MAX } from '#orders';

/** The columns of the order history; a file has all of them, in any order. */
export const COLUMNS = [
  'invoice',
  'stock_code',
  'description',
  'quantity',
  'invoiced_at',
  'unit_price',
  'customer_id',
  'country',
] as const;
export type SaleRecord = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** One line of an invoice that somebody can buy again: a customer, an article, how many and when. */
export interface Sale {
  /** Its place in the file, from 1: with the invoice it names the sale for good. */
  readonly lineNumber: number;
  readonly invoice: string;
  readonly stockCode: string;
  readonly description: string;
  readonly quantity: number;
  /** The file's local times are taken as UTC: only their order and distance matter. */
  readonly soldAt: Date;
  /** Pence taken as fen. */
  readonly unitPriceMinor: number;
  readonly customer: string;
}

/** One line of a cancelled invoice: a customer has sent units of an article back. */
export interface Return {
  /** Its place in the file, from 1. */
  readonly lineNumber: number;
  readonly stockCode: string;
  readonly customer: string;
  readonly quantity: number;
  /** As `Sale.soldAt`. */
  readonly returnedAt: Date;
}

/** Why a line is left out. What it is comes before what it lacks. */
export const SKIP_REASONS = [
  'postage or manual code',
  'no customer',
  'quantity not above 0',
  'cancellation of nothing',
  'price not above 0',
  `more than ${UNITS_PER_LINE_MAX} units`,
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Whether a line is one of a cancelled invoice. */
export function isCancelled({ invoice }: SaleRecord): boolean {
  return /^C/i.test(invoice.trim());
}

/**
 * What was sent back by a line of a cancelled invoice, or why it is left out.
 *
 * @throws Error as `saleOf`
 */
export function returnOf(record: SaleRecord, lineNumber: number): Return | SkipReason {
  const back: Return = {
    lineNumber,
    stockCode: record.stock_code.trim().toUpperCase(),
    customer: record.customer_id.trim(),
    quantity: -numberIn(record, 'quantity', lineNumber),
    returnedAt: instantOf(record.invoiced_at, lineNumber),
  };
  if (!isArticle(back)) return 'postage or manual code';
  if (!isOfSomebody(back)) return 'no customer';
  return back.quantity > 0 ? back : 'cancellation of nothing';
}

/**
 * The sale that a line tells of, or why it is left out.
 *
 * @throws Error if a number or the time cannot be read: then the file is not what it says
 */
export function saleOf(record: SaleRecord, lineNumber: number): Sale | SkipReason {
  const sale: Sale = {
    lineNumber,
    invoice: record.invoice.trim(),
    // The history writes some articles both ways (79323w, 79323W); they lie on the same shelf.
    stockCode: record.stock_code.trim().toUpperCase(),
    description: record.description.trim(),
    quantity: numberIn(record, 'quantity', lineNumber),
    soldAt: instantOf(record.invoiced_at, lineNumber),
    unitPriceMinor: Math.round(numberIn(record, 'unit_price', lineNumber) * 100),
    customer: record.customer_id.trim(),
  };
  return skipReasonOf(sale) ?? sale;
}

/** Articles have numbers; POST, DOT, M, D, BANK CHARGES, TEST001 and gift vouchers are bookkeeping. */
function isArticle({ stockCode }: Pick<Sale, 'stockCode'>): boolean {
  return /^\d/.test(stockCode);
}

function isOfSomebody({ customer }: Pick<Sale, 'customer'>): boolean {
  return customer !== '';
}

function skipReasonOf(sale: Sale): SkipReason | undefined {
  const reasons: Record<SkipReason, boolean> = {
    'postage or manual code': !isArticle(sale),
    'no customer': !isOfSomebody(sale),
    'quantity not above 0': sale.quantity <= 0,
    'cancellation of nothing': false,
    'price not above 0': sale.unitPriceMinor <= 0,
    [`more than ${UNITS_PER_LINE_MAX} units` as const]: sale.quantity > UNITS_PER_LINE_MAX,
  };
  return SKIP_REASONS.find((reason) => reasons[reason]);
}

function numberIn(record: SaleRecord, column: 'quantity' | 'unit_price', lineNumber: number): number {
  const value = record[column].trim() === '' ? NaN : Number(record[column]);
  if (Number.isFinite(value)) return value;
  throw new Error(`line ${lineNumber}: ${column} is no number: ${JSON.stringify(record[column])}`);
}

function instantOf(text: string, lineNumber: number): Date {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(text.trim()) ?? [];
  const instant = new Date(`${day}T${time}Z`);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new Error(`line ${lineNumber}: invoiced_at is no time like 2009-12-01 07:45:00: ${JSON.stringify(text)}`);
}
