export const TITLE_CHARACTERS_MAX = 100;
export const EMAIL_CHARACTERS_MAX = 254;
/** An invoice of many lines has some hundred kilobytes. */
export const FILE_BYTES_MAX = 5 * 1_048_576;
/** How long the storage takes a posted file. */
export const FORM_SECONDS = 900;
/** For clocks that differ. */
export const FORM_GRACE_SECONDS = 300;
/** How long the address of a file is good. */
export const FILE_URL_SECONDS = 300;
