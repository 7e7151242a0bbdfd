import type { ConsentPurpose } from '#common';
import type { Desk } from '../../../support/desk.js';

/** Times are in whole seconds. Ids are the shop's, as its answers gave them. */

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
  nickname: string | null;
  isDisabled: boolean;
  /** Whether the account is erased. */
  hasLeft: boolean;
  /** Who came with the same WeChat after that. */
  successor: Person | null;
  session: Session;
  /** Logins of this WeChat that the running server has counted. */
  logins: number;
  readonly blocks: Map<Person, string>;
  /** Blocks that were taken back. */
  readonly lifted: string[];
  readonly contact: Contact;
  readonly album: Album;
  readonly consents: Consents;
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
  readonly purpose: 'AVATAR' | 'POST' | 'AFTER_SALE';
  /** Whether the file is a picture to its end. */
  readonly isWhole: boolean;
  /** Whether the storage has the file. */
  readonly isPosted: boolean;
  readonly uploadUntil: number;
  /** Whether it is evidence, which nobody deletes. */
  isKept: boolean;
  status: 'PENDING' | 'PROCESSING' | 'READY' | 'REFUSED' | 'EXPIRED' | 'DELETED';
}

/** To what somebody agrees. */
export interface Consents {
  /** What was done last about a purpose. */
  readonly last: Map<ConsentPurpose, 'GIVEN' | 'WITHDRAWN'>;
  /** How often anything was done that changed it. */
  acts: number;
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

/** Somebody whom the shop has just met. */
export function newPerson(who: Pick<Person, 'name' | 'userId' | 'session' | 'logins'>): Person {
  return {
    ...who,
    ...{ nickname: null, isDisabled: false, hasLeft: false, successor: null, blocks: new Map(), lifted: [] },
    contact: { phone: null, code: null, codes: 0, book: [], removed: [], usual: null },
    album: { pictures: [], avatar: null },
    consents: { last: new Map(), acts: 0 },
  };
}
