import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from './id.js';
import type { Texts } from './language.js';
import type { LegalBasis, OpenMatterKind, Purpose } from './purposes.js';

export interface OpenMatter {
  readonly kind: OpenMatterKind;
  readonly count: number;
}

/** A person, as `common` knows one. */
export type PersonId = Id<'user'>;

/** One category of what a module holds of people. */
export interface Holding {
  /** The name under which the account and the export show it; unique among all modules. */
  readonly category: string;
  readonly what: Texts;
  /** `table.column` of everything that is classed as personal or sensitive, each in one holding only. */
  readonly columns: readonly `${string}.${string}`[];
  readonly purpose: Purpose;
  readonly basis: LegalBasis;
  readonly kept: Texts;
  /** The mutation by which the person corrects it; null if it says what has happened, or follows from something else. */
  readonly correctedBy: string | null;
  /** `SELECT COUNT(*) …` of one person’s, whose id is its only `?`. */
  readonly countSql: string;
}

/** One record of an export: its category, and what is held, opened, as JSON can say it. */
export interface PersonalRecord {
  readonly category: string;
  readonly data: object;
}

/** Everybody who holds personal data, in no promised order. */
@Injectable()
export class PersonalDataHolders {
  readonly #all: PersonalData[] = [];

  register(holder: PersonalData): void {
    this.#all.push(holder);
  }

  get all(): readonly PersonalData[] {
    return this.#all;
  }

  /** By the names of their categories. */
  get holdings(): readonly Holding[] {
    return this.#all.flatMap(({ holdings }) => holdings).toSorted((a, b) => (a.category < b.category ? -1 : 1));
  }
}

/** What a module holds of people, and what becomes of it. A module that holds something has one, and needs no more than to provide it. */
@Injectable()
export abstract class PersonalData {
  abstract readonly holdings: readonly Holding[];

  constructor(holders: PersonalDataHolders) {
    holders.register(this);
  }

  /** All that is held of a person, a page of at most 500 rows in memory at a time. */
  abstract records(db: EntityManager, userId: PersonId): AsyncIterable<PersonalRecord>;

  /**
   * Erases at most 500 rows of a person, or makes them anonymous, as part of the caller’s transaction. It is called until nothing is left,
   * and again from the start if a worker died in between, so doing it again changes nothing.
   *
   * @param after what the call before has returned; null at first
   * @returns where to go on, or null if nothing is left
   */
  abstract eraseSome(db: EntityManager, userId: PersonId, after: string | null): Promise<string | null>;

  /** What keeps an account from being erased; kinds that are not open are left out. The caller holds the person’s row. */
  openMatters(_db: EntityManager, _userId: PersonId): Promise<readonly OpenMatter[]> {
    return Promise.resolve([]);
  }

  /** Deletes what was held for a purpose that the person no longer agrees to, as part of the transaction that notes it. */
  forget(_db: EntityManager, _userId: PersonId, _purpose: Purpose): Promise<void> {
    return Promise.resolve();
  }
}

/** How many rows are read or erased at once. */
export const PERSONAL_PAGE = 500;

/** Reads everything page by page, with one page in memory. */
export async function* pagesOf<Row>(
  read: (after: Row | null) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after: Row | null = null;
  for (;;) {
    const rows: readonly Row[] = await read(after);
    yield rows;
    after = rows.at(-1) ?? null;
    if (rows.length < PERSONAL_PAGE) return;
  }
}

/** As `pagesOf`, row by row. */
export async function* inPages<Row>(read: (after: Row | null) => Promise<readonly Row[]>): AsyncGenerator<Row> {
  for await (const page of pagesOf(read)) yield* page;
}
