/** Levels of the tree: more are not found on the screen of a phone. */
export const CATEGORY_LEVELS_MAX = 3;

/** Categories in all, so that the whole tree is read at once. */
export const CATEGORIES_MAX = 500;

/** As many characters as the column takes. */
export const CATEGORY_NAME_CHARACTERS_MAX = 32;

export const CATEGORY_POSITION_MAX = 1_000_000;
