import { shareOf, sumMinor } from '#common';

/** What an order is settled from. */
export interface ToSettle {
  /** What stays of what was paid for it. */
  readonly keptMinor: number;
  /** How much of what was paid is freight. */
  readonly freightMinor: number;
  /** The shop's commission on goods, in basis points. */
  readonly commissionBps: number;
}

/** Who gets how much of an order. */
export interface Split {
  readonly commissionMinor: number;
  /** What each of the others gets, in the order in which they asked. */
  readonly sharesMinor: readonly number[];
  readonly supplierMinor: number;
}

/** What commission is reckoned from: the goods. Freight is the supplier's, and is taken to be what stays longest when money goes back. */
export function baseOf({ keptMinor, freightMinor }: Pick<ToSettle, 'keptMinor' | 'freightMinor'>): number {
  return Math.max(0, keptMinor - freightMinor);
}

/**
 * Splits an order exactly: the shop's commission is rounded down, others get what they ask for as long as something is left of the goods, and
 * the supplier gets the rest with all freight.
 */
export function split(order: ToSettle, askedMinor: readonly number[]): Split {
  const baseMinor = baseOf(order);
  const commissionMinor = shareOf(baseMinor, order.commissionBps);
  const sharesMinor = handOut(baseMinor - commissionMinor, askedMinor);
  return { commissionMinor, sharesMinor, supplierMinor: order.keptMinor - commissionMinor - sumMinor(sharesMinor) };
}

/**
 * What each gives back when money of a settled order goes back: the commission and the others' shares fall in proportion to the goods that stay,
 * and the supplier bears the rest. With the last of the money nobody keeps anything.
 *
 * @param settled how it was split when it was settled
 * @param holds what each still holds of that
 * @param backMinor at most the sum of what they hold
 */
export function takeBack(settled: Split & ToSettle, holds: Split, backMinor: number): Split {
  const heldMinor = sumMinor([holds.commissionMinor, ...holds.sharesMinor, holds.supplierMinor]);
  const baseMinor = baseOf({ keptMinor: heldMinor - backMinor, freightMinor: settled.freightMinor });
  const due = [
    holds.commissionMinor - shareOf(baseMinor, settled.commissionBps),
    ...settled.sharesMinor.map(
      (shareMinor, nth) => (holds.sharesMinor[nth] ?? 0) - inProportion(shareMinor, baseMinor, baseOf(settled)),
    ),
  ];
  const [commissionMinor = 0, ...sharesMinor] = handOut(
    backMinor,
    due.map((minor) => Math.max(0, minor)),
  );
  return { commissionMinor, sharesMinor, supplierMinor: backMinor - commissionMinor - sumMinor(sharesMinor) };
}

/** To each what it is due, until nothing is left. */
function handOut(availableMinor: number, dueMinor: readonly number[]): number[] {
  let leftMinor = availableMinor;
  return dueMinor.map((minor) => {
    const given = Math.min(minor, leftMinor);
    leftMinor -= given;
    return given;
  });
}

function inProportion(shareMinor: number, partMinor: number, wholeMinor: number): number {
  if (wholeMinor === 0) return 0;
  return Number((BigInt(shareMinor) * BigInt(partMinor)) / BigInt(wholeMinor));
}
