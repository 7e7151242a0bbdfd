/** What one file may hold: several times the whole catalogue of a large shop, and what a disk of staged lines takes without anybody noticing. */
export const IMPORT_LINES_MAX = 100_000;
export const IMPORT_BYTES_MAX = 50 * 1_024 * 1_024;

/** Characters of one record, quoted line breaks included: several times what all cells may hold. What is longer has a quote that was never closed. */
export const RECORD_CHARACTERS_MAX = 32_768;

/** Lines that are staged in one statement, judged at once, or applied in one transaction. */
export const IMPORT_CHUNK_LINES = 500;

/** How long a file is kept that nobody applies, and the lines of one that has ended. */
export const READY_KEPT_DAYS = 7;
export const ENDED_LINES_KEPT_DAYS = 30;

/** Longer than any upload or check may take, so that what still stands so was left behind by a process that died. */
export const STAGING_HOURS_MAX = 1;
