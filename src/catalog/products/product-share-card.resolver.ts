import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Id, type Load, Loader } from '#common';
import { cardOf, ownSceneOfTarget, ShareCard, type ShareSubject } from '#sharing';
import { Product, type ProductId } from './product.entity.js';
import { ProductShareTarget, subjectOfProduct } from './product.share-target.js';

@Resolver(() => Product)
export class ProductShareCardResolver {
  constructor(private readonly target: ProductShareTarget) {}

  @ResolveField(() => ShareCard, {
    nullable: true,
    description: 'What a chat shows of it; with one’s own scene, if `shareSceneCreate` was asked for one before.',
  })
  async shareCard(
    @Parent() { id }: Product,
    @Loader(subjectOfProduct) describe: Load<ProductId, ShareSubject | null>,
    @Loader(ownSceneOfTarget) sceneOf: Load<Id, string | null>,
    @Context() { language }: ApiContext,
  ): Promise<ShareCard | null> {
    const [subject, scene] = await Promise.all([describe(id), sceneOf(id)]);
    return subject && cardOf(this.target, id, subject, { scene, language });
  }
}
