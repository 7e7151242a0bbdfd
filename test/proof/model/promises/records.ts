import type { FaultKind } from '../../../../src/emulator/fault.kinds.js';
import type { Case } from './cases.js';
import type { Person } from './people.js';

/** Everything here is in whole seconds, units and fen. Ids are the shop's, as its answers gave them. */

export interface Terms {
  readonly size: number;
  readonly ttlSeconds: number;
  readonly unitsPerOrder: number;
  readonly unitsPerBuyer: number;
  readonly priceMinor: number;
  readonly unitsMax: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface Offer {
  readonly id: string;
  revision: number;
  terms: Terms;
  isFrozen: boolean;
  /** Units of its share that are held or sold. */
  unitsTaken: number;
  /** Units that each buyer holds or has bought by it. */
  readonly unitsOf: Map<Person, number>;
}

export interface Team {
  readonly name: string;
  readonly id: string;
  readonly offer: Offer;
  /** As they were when it opened. */
  readonly terms: Terms;
  status: 'PENDING' | 'FORMING' | 'FORMED' | 'FAILED' | 'ABORTED' | 'CLOSED';
  opener: Person;
  expiresAt: number | null;
  /** Everybody who ever had a seat, in order of arrival. */
  readonly members: Purchase[];
}

export interface Purchase {
  readonly name: string;
  readonly buyer: Person;
  /** Null if it is bought alone. */
  readonly team: Team | null;
  readonly seatId: string | null;
  readonly checkoutId: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly payableMinor: number;
  /** What a unit costs, and the freight that was added to them. */
  readonly unitPriceMinor: number;
  readonly freightMinor: number;
  /** Whose name is on the parcel. */
  readonly recipientName: string;
  readonly payUntil: number;
  checkout: 'HELD' | 'PAID' | 'RELEASED';
  order:
    | 'UNPAID'
    | 'AWAITING_TEAM'
    | 'PAID_LATE'
    | 'TO_FULFIL'
    | 'SHIPPED'
    | 'RECEIVED'
    | 'COMPLETED'
    | 'CANCELLED'
    | 'REFUNDED';
  seat: 'HELD' | 'PAID' | 'CONFIRMED' | 'RELEASED' | 'REFUNDING' | 'REFUNDED' | 'REFUNDED_AFTER' | null;
  /** When its seat was counted as paid. */
  paidAt: number;
  /** Each has a number of its own at the channel; the last one counts. None if it costs nothing. */
  readonly attempts: Attempt[];
  promisedMinor: number;
  refundedMinor: number;
  /** Units on their way or there. */
  shipped: number;
  /** Units that will never be shipped, because their money goes back. */
  cancelled: number;
  lastShippedAt: number;
  readonly parcels: { readonly id: string; number: string }[];
  /** Infinity until all of it is shipped. */
  receiveBy: number;
  isExtended: boolean;
  completesAt: number;
  /** What was asked back of it, the oldest first. */
  readonly cases: Case[];
  /** The invoice that was asked for last. */
  invoice: { readonly id: string; status: 'REQUESTED' | 'ISSUING' | 'FAILED' | 'CANCELLED' } | null;
  /** WeChat has yet to be told of something, what it was told when all was shipped, and how often that was. */
  isNews: boolean;
  said: string | null;
  finished: number;
}

export interface Attempt {
  status: 'INIT' | 'PENDING' | 'SUCCEEDED' | 'CLOSED';
  /** How the channel knows it. */
  atChannel: 'UNKNOWN' | 'OPEN' | 'CLOSED';
  /** What the phone can pay with. */
  prepayId: string | null;
  queries: number;
  nextQueryAt: number;
  readonly captures: Capture[];
}

/** Money that the channel took. */
export interface Capture {
  readonly purchase: Purchase;
  readonly attempt: Attempt;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly amountMinor: number;
  readonly succeededAt: number;
  /** What the shop took it for; null until it has heard of it. */
  purpose: 'CHECKOUT' | 'DUPLICATE' | 'MISMATCHED' | null;
  /** When a refund of it was last sent. */
  refundSentAt: number;
  refundSentTurn: number;
  /** In the order in which they were owed. */
  readonly refunds: Refund[];
}

export interface Refund {
  readonly capture: Capture;
  readonly amountMinor: number;
  /** Whether it is an order that gives the money back. */
  readonly isOfOrder: boolean;
  /** For which case it was promised; null for any other reason. */
  readonly afterSale: Case | null;
  status: 'CREATED' | 'SUBMITTED' | 'SUCCEEDED' | 'CLOSED' | 'ABNORMAL' | 'MANUAL';
  atChannel: 'UNKNOWN' | 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
  /** Null for one that takes the place of another. */
  readonly isFirst: boolean;
  manualAfter: number;
  /** When the shop does something about it again, and which of those of one second is first: that whose wait began first. */
  nextAt: number | null;
  turn: number;
  failures: number;
  queries: number;
}

/** Something that the shop has promised to do, and does when work is done. */
export interface Effect {
  /** Since when it is due. */
  readonly at: number;
  readonly about: Purchase | null;
  readonly happen: () => unknown;
}

export type Fault = Extract<
  FaultKind,
  'error_500' | 'timeout_before' | 'timeout_after' | 'closed' | 'abnormal' | 'stuck'
>;

/** Something that was accepted under a key, so that it can be sent again. */
export interface Accepted {
  readonly what: string;
  /** Sends it as it was, and expects the same answer. */
  readonly repeat: () => Promise<string>;
  /** Sends something else under its key, and tells what is answered. */
  readonly abuse: () => Promise<string>;
}

/** Paid for and not settled yet: an operator may give it back. */
export const IN_HAND: readonly Purchase['order'][] = ['TO_FULFIL', 'SHIPPED', 'RECEIVED'];
