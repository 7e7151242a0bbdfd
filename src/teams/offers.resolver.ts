import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Product, type ProductId, Sku, skuById, type SkuId } from '#catalog';
import { IdPipe, type Load, Loader } from '#common';
import { Allow } from '#identity';
import { Offer, type OfferId } from './offer.entity.js';
import { joinableTeamsOfOffer, offersOfProduct } from './team.loaders.js';
import { Team } from './team.entity.js';
import { TeamPagesService } from './team-pages.service.js';

@Resolver(() => Offer)
export class OffersResolver {
  constructor(private readonly pages: TeamPagesService) {}

  @Allow('ANYONE')
  @Query(() => Offer, { nullable: true, description: 'One offer; null if there is none with this id.' })
  offer(
    @Args('id', { type: () => ID, description: 'The offer’s id.' }, new IdPipe('offer')) id: OfferId,
  ): Promise<Offer | null> {
    return this.pages.offer(id);
  }

  @ResolveField(() => Sku, { description: 'What it makes cheaper.' })
  sku(@Parent() { skuId }: Offer, @Loader(skuById) load: Load<SkuId, Sku>): Promise<Sku> {
    return load(skuId);
  }

  @ResolveField(() => [Team], {
    description: 'Up to five teams that can be joined now, nearest to full first; `teams` lists them all.',
  })
  joinableTeams(@Parent() { id }: Offer, @Loader(joinableTeamsOfOffer) load: Load<OfferId, Team[]>): Promise<Team[]> {
    return load(id);
  }
}

/** `catalog` does not know offers, so teams adds the field. */
@Resolver(() => Product)
export class ProductOffersResolver {
  @ResolveField(() => [Offer], { description: 'Its team offers, those to come and those that are over included.' })
  offers(@Parent() { id }: Product, @Loader(offersOfProduct) load: Load<ProductId, Offer[]>): Promise<Offer[]> {
    return load(id);
  }
}
