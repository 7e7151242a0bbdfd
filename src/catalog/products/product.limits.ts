/** As many characters as the columns take. */
export const PRODUCT_NAME_CHARACTERS_MAX = 128;
export const SKU_CODE_CHARACTERS_MAX = 64;

/** A screen or two of a phone, and far from what a TEXT column takes. */
export const DESCRIPTION_CHARACTERS_MAX = 5_000;

/** What a page of a mini-program can offer for choice; a title of three such values fits an order line’s. */
export const OPTIONS_MAX = 3;
export const OPTION_VALUES_MAX = 30;
export const OPTION_CHARACTERS_MAX = 30;
export const SKUS_PER_PRODUCT_MAX = 100;

/** As many as a carousel holds. */
export const PRODUCT_IMAGES_MAX = 9;

/** Ten million yuan: beyond any price, and far from where sums of many units stop being exact. */
export const SKU_PRICE_MINOR_MAX = 1_000_000_000;

/** How many products are put on sale or taken off it at once. */
export const PRODUCTS_AT_ONCE_MAX = 100;

/** Times of sale lie within these years: one beyond them is a slip of the keyboard. */
export const SALE_EARLIEST_AT = new Date('2000-01-01T00:00:00Z');
export const SALE_LATEST_AT = new Date('2100-01-01T00:00:00Z');
