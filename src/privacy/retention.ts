/** Whose clock says that a time is over. BUSINESS for records of business, which a replay simulates; MACHINE for records of security. */
export type RetentionClock = 'BUSINESS' | 'MACHINE';

interface Kept {
  /** `table` if its rows are deleted, `table.column` if only that is emptied. */
  readonly name: string;
  readonly rows: string;
  /** After which event the time runs. */
  readonly after: string;
  readonly days: number;
  readonly clock: RetentionClock;
  /** The law, or the reason. */
  readonly because: string;
}

/** Kept for a time, and then emptied or deleted by the scheduled task of `privacy`. */
export interface RetainedByPrivacy extends Kept {
  /** Selects the `id` of at most 500 rows whose time is over; each `?` is the instant before which the event must lie. */
  readonly findSql: string;
  /** What is done to them; `?` is their ids. */
  readonly actSql: string;
}

/** Kept for a time that another scheduled task sees to. */
export interface RetainedElsewhere extends Kept {
  readonly doneBy: string;
}

export type Retention = RetainedByPrivacy | RetainedElsewhere;

/** How many rows are found and changed at once. */
export const RETENTION_PAGE = 500;

/** Where the list is provided. */
export const RETENTION_LIST = Symbol('what is kept, and how long');
