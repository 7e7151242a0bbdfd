import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type Allotment,
  allotmentById,
  type AllotmentId,
  Product,
  productById,
  type ProductId,
  Sku,
  skuById,
  type SkuId,
  type Stock,
  stockOfSku,
} from '#catalog';
import { type ApiContext, businessNow, IdPipe, type Load, Loader, Minor, Refusal } from '#common';
import { Allow } from '#identity';
import { Offer, type OfferId } from './offer.entity.js';
import { OfferPrice } from './offer-price.entity.js';
import { whyNotOpen } from '../pages/button.rules.js';
import type { StandingByOffer } from '../pages/standing.js';
import {
  JOINABLE_SHOWN,
  joinableTeamsOfOffer,
  offersOfProduct,
  standingByOffer,
  pricesOfRevision,
  type RevisionKey,
} from '../team.loaders.js';
import { Team } from '../team.entity.js';
import { TeamPagesService } from '../pages/team-pages.service.js';

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

  @ResolveField(() => Product, { description: 'What it makes cheaper.' })
  product(@Parent() { productId }: Offer, @Loader(productById) load: Load<ProductId, Product>): Promise<Product> {
    return load(productId);
  }

  @ResolveField(() => [OfferPrice], { description: 'What teams that are opened now pay, for each SKU.' })
  prices(
    @Parent() { id, revision }: Offer,
    @Loader(pricesOfRevision) load: Load<RevisionKey, OfferPrice[]>,
  ): Promise<OfferPrice[]> {
    return load(`${id}@${revision}`);
  }

  @ResolveField(() => [Team], {
    description: 'Up to five teams that one can join now, nearest to full first; `teams` lists them all.',
  })
  async joinableTeams(
    @Parent() { id }: Offer,
    @Loader(joinableTeamsOfOffer) load: Load<OfferId, Team[]>,
  ): Promise<Team[]> {
    const teams = await load(id);
    return teams.slice(0, JOINABLE_SHOWN);
  }

  @ResolveField(() => Refusal, {
    nullable: true,
    description: 'Why one cannot open a team now: what `teamOpen` would answer; null if it would give a seat.',
  })
  async whyNotOpen(
    @Parent() offer: Offer,
    @Loader(standingByOffer) standingOf: Load<OfferId, StandingByOffer>,
    @Loader(businessNow) read: Load<'now', Date>,
    @Context() { language }: ApiContext,
  ): Promise<Refusal | null> {
    const [standing, now] = await Promise.all([standingOf(offer.id), read('now')]);
    return whyNotOpen(offer, standing, now)?.speak(language) ?? null;
  }
}

@Resolver(() => OfferPrice)
export class TeamPriceResolver {
  @ResolveField(() => Sku, { description: 'What costs so much; its own price is that of buying alone.' })
  sku(@Parent() { skuId }: OfferPrice, @Loader(skuById) load: Load<SkuId, Sku>): Promise<Sku> {
    return load(skuId);
  }

  @ResolveField(() => Minor, { description: 'What buying it alone costs, per unit, in minor units.' })
  async singlePriceMinor(@Parent() { skuId }: OfferPrice, @Loader(skuById) load: Load<SkuId, Sku>): Promise<number> {
    const { priceMinor } = await load(skuId);
    return priceMinor;
  }

  @ResolveField(() => Int, {
    description: 'How many units teams can still buy: stock and the offer’s share of it allow no more.',
  })
  async unitsLeft(
    @Parent() { skuId, allotmentId }: OfferPrice,
    @Loader(stockOfSku) stockOf: Load<SkuId, Stock>,
    @Loader(allotmentById) allotmentOf: Load<AllotmentId, Allotment>,
  ): Promise<number> {
    const [{ onHand }, { unitsMax, unitsTaken }] = await Promise.all([stockOf(skuId), allotmentOf(allotmentId)]);
    return Math.min(onHand, unitsMax - unitsTaken);
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
