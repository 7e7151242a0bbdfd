import type { Category, CategoryId } from './category.entity.js';
import { CATEGORY_LEVELS_MAX } from './category.limits.js';
import { CategoryTooDeep } from './category.refusals.js';

type Branch = Pick<Category, 'id' | 'parentId'>;

/** The category and all that it is a part of, from itself upwards; what is not in the tree has no way up. */
export function wayUp(tree: readonly Branch[], id: CategoryId | null): CategoryId[] {
  const branch = tree.find((each) => each.id === id);
  return branch ? [branch.id, ...wayUp(tree, branch.parentId)] : [];
}

/** How many levels a category and what is below it take. */
function levelsFrom(tree: readonly Branch[], id: CategoryId): number {
  const below = tree.filter(({ parentId }) => parentId === id).map((child) => levelsFrom(tree, child.id));
  return 1 + Math.max(0, ...below);
}

/**
 * Why a category cannot become a part of another one, or null: the tree would have too many levels, or the category would be a part of itself.
 *
 * @param id the category that is moved, with all that is below it; null for a new one
 * @param parentId null for the top
 */
export function whyNotUnder(
  tree: readonly Branch[],
  id: CategoryId | null,
  parentId: CategoryId | null,
): CategoryTooDeep | null {
  const above = wayUp(tree, parentId);
  const isWithinItself = id !== null && above.includes(id);
  const levels = above.length + (id === null ? 1 : levelsFrom(tree, id));
  return isWithinItself || levels > CATEGORY_LEVELS_MAX ? new CategoryTooDeep() : null;
}

/** By position; those at the same one by age. */
export function inOrder<Placed extends Pick<Category, 'id' | 'position'>>(categories: readonly Placed[]): Placed[] {
  return categories.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
