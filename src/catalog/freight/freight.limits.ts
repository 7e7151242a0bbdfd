/** Between which bounds weights and freight lie. Together with the lines of a checkout they keep every sum exact. */

/** A hundred kilograms: what is heavier does not travel as a parcel. */
export const WEIGHT_GRAMS_MAX = 100_000;

/** No courier weighs finer; and the finer the steps, the larger the sums. */
export const STEP_GRAMS_MIN = 100;

/** Ten thousand yuan for the first weight, or for a further step. */
export const FEE_MINOR_MAX = 1_000_000;

/** Ten million yuan, as the price of a SKU. */
export const FREE_FROM_MINOR_MAX = 1_000_000_000;

/** As many as there are regions: each rule is for another one at least. */
export const RULES_MAX = 31;

export const NAME_CHARACTERS_MAX = 64;
export const PRODUCTS_MAX = 100;
export const WEIGHTS_MAX = 500;
