import { UseInterceptors } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Load, Loader, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { CategoriesService } from './categories.service.js';
import { Category, type CategoryId } from './category.entity.js';
import { CategoryAddInput, CategoryChangeInput, CategoryRemoveInput } from './category.inputs.js';
import { shownBelow } from './category.loaders.js';
import { CategoryAddResult, CategoryChangeResult, CategoryRemoveResult } from './category.refusals.js';

@Resolver(() => Category)
@UseInterceptors(RefusalsAsResults)
export class CategoriesResolver {
  constructor(private readonly service: CategoriesService) {}

  @Allow('ANYONE')
  @Query(() => [Category], {
    description: 'The categories at the top of the tree that are shown, in order; `children` leads further down.',
  })
  categories(): Promise<Category[]> {
    return this.service.shownAtTop();
  }

  @Allow('CATALOG')
  @Query(() => [Category], {
    description:
      'Every category of the shop, shown or not, by position; `parentId` tells where it stands. For CATALOG.',
  })
  allCategories(): Promise<Category[]> {
    return this.service.all();
  }

  @Allow('CATALOG')
  @Mutation(() => CategoryAddResult, { description: 'Make a category. For CATALOG.' })
  categoryAdd(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'What it is called, where it stands, and why.' }) input: CategoryAddInput,
  ): Promise<Category> {
    return this.service.add({ ...input, by });
  }

  @Allow('CATALOG')
  @Mutation(() => CategoryChangeResult, {
    description: 'Give a category other names or another place, with all that is in it and below it. For CATALOG.',
  })
  categoryChange(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, all that it is to be, and why.' })
    { categoryId, ...input }: CategoryChangeInput,
  ): Promise<Category> {
    return this.service.change(categoryId, { ...input, by });
  }

  @Allow('CATALOG')
  @Mutation(() => CategoryRemoveResult, { description: 'Remove a category in which nothing stands. For CATALOG.' })
  categoryRemove(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) { categoryId, reason }: CategoryRemoveInput,
  ): Promise<Category> {
    return this.service.remove(categoryId, { by, reason });
  }

  @ResolveField(() => String, { description: 'What it is called, in the language of the request.' })
  name(@Parent() { nameZh, nameEn }: Category, @Context() { language }: ApiContext): string {
    return language === 'zh' ? nameZh : nameEn;
  }

  @ResolveField(() => [Category], { description: 'What is shown of the categories right below it, in order.' })
  children(@Parent() { id }: Category, @Loader(shownBelow) load: Load<CategoryId, Category[]>): Promise<Category[]> {
    return load(id);
  }
}
