import { type BillDay, billDayOf, dayNameOf } from './bill.days.js';
import { feeBackOf, feeOf } from './bill.fees.js';
import type { Books, Capture, Refund } from './books.js';

export type RefundState = 'SUCCESS' | 'PROCESSING' | 'FAIL' | 'CHANGE';

/** A line of a day's trades: money that came, or a refund that was accepted. */
export interface BillEntry {
  readonly atMs: number;
  readonly capture: Capture;
  /** What the channel takes; negative where it gives some back. */
  readonly feeMinor: number;
  readonly refund?: { readonly row: Refund; readonly state: RefundState };
}

/** Which captures and refunds each day has, found as the books grow: a replay asks for each of its days. */
export class BillEntries {
  readonly #captures = new Map<string, Capture[]>();
  readonly #refunds = new Map<string, string[]>();
  #capturesSeen = 0;
  #refundsSeen = 0;

  constructor(
    private readonly books: Books,
    private readonly feeBps: number,
  ) {}

  /** What happened on a day, in the order of its time; a refund counts when it was accepted, and stands as it did when the bill was made. */
  of(day: BillDay): BillEntry[] {
    this.#learn();
    const captures = (this.#captures.get(day.name) ?? []).map((capture) => this.#paid(capture));
    const refunds = (this.#refunds.get(day.name) ?? [])
      .map((number) => this.books.refunds.get(number))
      .filter((refund) => refund !== undefined)
      .map((refund) => this.#refunded(refund));
    return [...captures, ...refunds].sort((a, b) => a.atMs - b.atMs);
  }

  #paid(capture: Capture): BillEntry {
    return { atMs: capture.successAtMs, capture, feeMinor: feeOf(capture.amountMinor, this.feeBps) };
  }

  #refunded(row: Refund): BillEntry {
    const capture = this.books.captures.get(row.transactionId);
    if (!capture) throw new Error(`refund ${row.outRefundNo} is of no capture`);
    const state = stateOf(row);
    const feeMinor = state === 'FAIL' ? 0 : -this.#feeBack(capture, row);
    return { atMs: row.createdAtMs, capture, feeMinor: feeMinor === 0 ? 0 : feeMinor, refund: { row, state } };
  }

  #feeBack(capture: Capture, refund: Refund): number {
    const all = this.books.refundsOf(capture.transactionId);
    const earlier = all.slice(
      0,
      all.findIndex(({ outRefundNo }) => outRefundNo === refund.outRefundNo),
    );
    const beforeMinor = earlier
      .filter((one) => stateOf(one) !== 'FAIL')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const feeMinor = feeOf(capture.amountMinor, this.feeBps);
    return feeBackOf(feeMinor, capture.amountMinor, beforeMinor, refund.amountMinor);
  }

  #learn(): void {
    const captures = Array.from(this.books.captures.values()).slice(this.#capturesSeen);
    for (const capture of captures) append(this.#captures, dayNameOf(capture.successAtMs), capture);
    this.#capturesSeen += captures.length;
    const refunds = Array.from(this.books.refunds.values()).slice(this.#refundsSeen);
    for (const { createdAtMs, outRefundNo } of refunds) append(this.#refunds, dayNameOf(createdAtMs), outRefundNo);
    this.#refundsSeen += refunds.length;
  }
}

/** How a refund stood when the bill of the day on which it was accepted was made; what came later is not in it. */
function stateOf({ status, createdAtMs, successAtMs, closedAtMs }: Refund): RefundState {
  const { madeAtMs } = billDayOf(dayNameOf(createdAtMs));
  if (successAtMs !== undefined) return successAtMs < madeAtMs ? 'SUCCESS' : 'PROCESSING';
  if (closedAtMs !== undefined) return closedAtMs < madeAtMs ? 'FAIL' : 'PROCESSING';
  return status === 'ABNORMAL' ? 'CHANGE' : 'PROCESSING';
}

function append<Item>(lists: Map<string, Item[]>, name: string, item: Item): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}
