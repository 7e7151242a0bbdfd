/** Something that must hold whatever happens: a query over the database alone that must return no rows. */
export interface Invariant {
  /** Its number in the list that comments and seeded bugs refer to. */
  readonly number: `INV-${number}`;
  readonly holds: string;
  /** True if it holds only while nothing is in flight. */
  readonly whenQuiet?: boolean;
  /** Rows of it are what is broken. */
  readonly sql: string;
}

/** Business time in SQL: a replay's clock where there is one. */
export const NOW = 'COALESCE((SELECT now_at FROM simulated_clock), NOW(3))';
