import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { CATEGORIES_MAX, CATEGORY_LEVELS_MAX } from './category.limits.js';
import { Category } from './category.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The tree of categories would have too many levels, or a category would be a part of itself.',
})
export class CategoryTooDeep extends Refusal {
  @Field(() => Int, { description: 'How many levels the tree may have.' })
  readonly levelsMax: number = CATEGORY_LEVELS_MAX;

  constructor() {
    super({
      zh: `分类最多${CATEGORY_LEVELS_MAX}级，且不能放在自己的下级中。`,
      en: `Categories have at most ${CATEGORY_LEVELS_MAX} levels, and none can be a part of itself.`,
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'A neighbour has that name already.' })
export class CategoryNameTaken extends Refusal {
  constructor() {
    super({ zh: '同级已有同名分类。', en: 'There is a category of that name beside it already.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'There are as many categories as there may be.' })
export class TooManyCategories extends Refusal {
  @Field(() => Int, { description: 'How many there may be.' })
  readonly categoriesMax: number = CATEGORIES_MAX;

  constructor() {
    super({
      zh: `最多可有${CATEGORIES_MAX}个分类，请先整理现有分类。`,
      en: `There may be ${CATEGORIES_MAX} categories at most. Tidy up the present ones first.`,
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Products or further categories stand in it.' })
export class CategoryNotEmpty extends Refusal {
  constructor() {
    super({
      zh: '该分类下还有商品或下级分类，请先移走。',
      en: 'Products or further categories stand in this one. Move them elsewhere first.',
    });
  }
}

export const CategoryAddResult = createUnionType({
  name: 'CategoryAddResult',
  description: 'The new category, or why there is none.',
  types: () => [Category, CategoryNameTaken, CategoryTooDeep, TooManyCategories] as const,
});

export const CategoryChangeResult = createUnionType({
  name: 'CategoryChangeResult',
  description: 'The category as it is now, or why it stays as it was.',
  types: () => [Category, CategoryNameTaken, CategoryTooDeep] as const,
});

export const CategoryRemoveResult = createUnionType({
  name: 'CategoryRemoveResult',
  description: 'The category as it was, or why it stays.',
  types: () => [Category, CategoryNotEmpty] as const,
});
