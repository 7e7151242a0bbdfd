import type { Desk } from '../../../support/desk.js';
import type { FaultKind } from '../../../../src/emulator/fault.kinds.js';

/** Everything here is in whole seconds, units and fen. Ids are the shop's, as its answers gave them. */

export interface Session {
  access: string;
  refresh: string;
  /** The refresh token before the last rotation, and when it was replaced. */
  previous: string | null;
  rotatedAt: number;
  isOver: boolean;
}

export interface Person {
  readonly name: string;
  readonly userId: string;
  isDisabled: boolean;
  session: Session;
  /** Logins that the running server has counted. */
  logins: number;
  readonly blocks: Map<Person, string>;
  /** Blocks that were taken back. */
  readonly lifted: string[];
  readonly contact: Contact;
  readonly album: Album;
}

/** How somebody is reached. */
export interface Contact {
  phone: string | null;
  /** The code that brought the last number. */
  code: string | null;
  /** Codes that the running server has counted. */
  codes: number;
  /** Newest first. */
  book: Entry[];
  readonly removed: Entry[];
  usual: Entry | null;
}

export interface Entry {
  readonly owner: Person;
  readonly id: string;
  readonly recipientName: string;
  label: string | null;
}

/** What somebody has uploaded. */
export interface Album {
  readonly pictures: Picture[];
  avatar: Picture | null;
}

export interface Picture {
  readonly owner: Person;
  readonly id: string;
  readonly purpose: 'AVATAR' | 'POST';
  /** Whether the file is a picture to its end. */
  readonly isWhole: boolean;
  /** Whether the storage has the file. */
  readonly isPosted: boolean;
  readonly uploadUntil: number;
  status: 'PENDING' | 'PROCESSING' | 'READY' | 'REFUSED' | 'EXPIRED' | 'DELETED';
}

/** One of the staff who has just been given an account. */
export interface Colleague {
  readonly desk: Desk;
  readonly enrolmentCode: string;
  hasSecret: boolean;
  isEnrolled: boolean;
  password: string;
  /** Whether the next code of the authenticator is good: only the first one is, because its clock does not go on with ours. */
  hasNextCode: boolean;
  readonly usedCodes: string[];
  /** Failures that the running server has counted. */
  failures: number;
  session: Session | null;
}

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
  /** Whose name is on the parcel. */
  readonly recipientName: string;
  readonly payUntil: number;
  checkout: 'HELD' | 'PAID' | 'RELEASED';
  order: 'UNPAID' | 'AWAITING_TEAM' | 'PAID_LATE' | 'TO_FULFIL' | 'CANCELLED' | 'REFUNDED';
  seat: 'HELD' | 'PAID' | 'CONFIRMED' | 'RELEASED' | 'REFUNDING' | 'REFUNDED' | 'REFUNDED_AFTER' | null;
  /** When its seat was counted as paid. */
  paidAt: number;
  /** Each has a number of its own at the channel; the last one counts. None if it costs nothing. */
  readonly attempts: Attempt[];
  promisedMinor: number;
  refundedMinor: number;
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
  /** In the order in which they were owed. */
  readonly refunds: Refund[];
}

export interface Refund {
  readonly capture: Capture;
  readonly amountMinor: number;
  /** Whether it is an order that gives the money back. */
  readonly isOfOrder: boolean;
  status: 'CREATED' | 'SUBMITTED' | 'SUCCEEDED' | 'CLOSED' | 'ABNORMAL' | 'MANUAL';
  atChannel: 'UNKNOWN' | 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
  /** Null for one that takes the place of another. */
  readonly isFirst: boolean;
  manualAfter: number;
  /** When the shop does something about it again. */
  nextAt: number | null;
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
