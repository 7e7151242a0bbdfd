/** What the staff of a run have made besides the goods that people buy. */
export interface Shelf {
  readonly productId: string;
  revision: number;
  isOnSale: boolean;
  /** The values that it offers. */
  values: readonly string[];
  readonly skus: ShelfSku[];
}

export interface ShelfSku {
  readonly id: string;
  readonly value: string;
  code: string;
  isRetired: boolean;
}

export interface ModelCategory {
  readonly id: string;
  name: string;
  parent: ModelCategory | null;
}

/** The values that every product of the model offers. */
export const SHELF_VALUES = ['大', '小'] as const;

const LEVELS_MAX = 3;

/** Whether a product could go on sale. */
export function isSellable({ skus }: Shelf): boolean {
  return skus.some(({ isRetired }) => !isRetired);
}

/** What making or moving a category is answered with: `moved` is null for a new one. */
export function placing(
  categories: readonly ModelCategory[],
  moved: ModelCategory | null,
  { name, parent }: Pick<ModelCategory, 'name' | 'parent'>,
): string {
  const above = wayUp(parent);
  const below = moved ? heightOf(categories, moved) : 1;
  if ((moved && above.includes(moved)) || above.length + below > LEVELS_MAX) return 'CategoryTooDeep';
  const isTaken = categories.some((each) => each !== moved && each.parent === parent && each.name === name);
  return isTaken ? 'CategoryNameTaken' : 'Category';
}

function wayUp(category: ModelCategory | null): ModelCategory[] {
  return category ? [category, ...wayUp(category.parent)] : [];
}

function heightOf(categories: readonly ModelCategory[], category: ModelCategory): number {
  const below = categories.filter(({ parent }) => parent === category);
  return 1 + Math.max(0, ...below.map((each) => heightOf(categories, each)));
}
