/** More of one thing than any warehouse holds, and half of what the column does. */
export const STOCK_UNITS_MAX = 1_000_000_000;

/** What is received or put right at once. */
export const STOCK_CHANGE_UNITS_MAX = 1_000_000;
