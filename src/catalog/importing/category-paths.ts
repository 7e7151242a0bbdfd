/** A name as a part of a path: a slash within it stands behind a backslash, as `markedPart` has it. */
const part = (column: string): string => `REPLACE(REPLACE(${column}, '\\\\', '\\\\\\\\'), '/', '\\\\/')`;

/** Every category with the way to it, as a catalogue file says it. The tree has three levels. DISTINCT has it put together once, not once for each line that asks. */
export const CATEGORY_PATHS = `
  SELECT DISTINCT shelf.id, CONCAT_WS('/', ${part('grandparent.name_zh')}, ${part('parent.name_zh')}, ${part('shelf.name_zh')}) AS path
  FROM category AS shelf
  LEFT JOIN category AS parent ON parent.id = shelf.parent_id
  LEFT JOIN category AS grandparent ON grandparent.id = parent.parent_id`;
