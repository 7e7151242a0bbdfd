import { Context, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type ApiContext, type Load, Loader, Vault } from '#common';
import { Carrier } from '#fulfilment';
import { type Caller, isAllowed, MaybeCaller } from '#identity';
import { Image } from '#media';
import type { OrderId } from '#orders';
import { Refund, refundsOfOrder } from '#payments';
import { lookKey, type LookKey, noteLook } from '#privacy';
import { AFTER_SALE_SEALS, AfterSale, type AfterSaleId } from '../cases/after-sale.entity.js';
import { AfterSaleLine } from '../cases/after-sale-line.entity.js';
import { ACTOR_TEXTS, AfterSaleStep } from '../cases/after-sale-step.entity.js';
import { afterSaleById, imagesOfAfterSale, linesOfAfterSale, stepsOfAfterSale } from '../cases/case.loaders.js';
import { newestOf } from './newest-refund.rules.js';

/** Under which looks at cases are noted. */
const LOOKED_AT = 'AFTER_SALES';

/** Whoever sees a case is its buyer, its supplier or one of the shop's staff. */
@Resolver(() => AfterSale)
export class AfterSaleResolver {
  constructor(private readonly vault: Vault) {}

  @ResolveField(() => [AfterSaleLine], { description: 'What it is about.' })
  lines(
    @Parent() { id }: AfterSale,
    @Loader(linesOfAfterSale) load: Load<AfterSaleId, AfterSaleLine[]>,
  ): Promise<AfterSaleLine[]> {
    return load(id);
  }

  @ResolveField(() => [AfterSaleStep], { description: 'What has become of it, the first step first.' })
  steps(
    @Parent() { id }: AfterSale,
    @Loader(stepsOfAfterSale) load: Load<AfterSaleId, AfterSaleStep[]>,
  ): Promise<AfterSaleStep[]> {
    return load(id);
  }

  @ResolveField(() => [Image], {
    description:
      'Photos of what is wrong; to the staff, of SUPPLIER and SUPPORT only. None three years after the order is over.',
  })
  async images(
    @Parent() { id, buyerId }: AfterSale,
    @MaybeCaller() caller: Caller | null,
    @Loader(imagesOfAfterSale) load: Load<AfterSaleId, Image[]>,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Image[]> {
    const isTheirs = caller !== null && (caller.id === buyerId || isAllowed(caller, ['SUPPLIER', 'SUPPORT']));
    if (!isTheirs) return [];
    const images = await load(id);
    if (images.length > 0) await note(lookKey(info, LOOKED_AT, buyerId));
    return images;
  }

  @ResolveField(() => Refund, {
    nullable: true,
    description: 'The money on its way or back, under its newest number; null until it is promised.',
  })
  async refund(
    @Parent() { orderId, refundId }: AfterSale,
    @Loader(refundsOfOrder) load: Load<OrderId, Refund[]>,
  ): Promise<Refund | null> {
    return refundId && newestOf(await load(orderId), refundId);
  }

  @ResolveField(() => Carrier, { nullable: true, description: 'Who brings the goods back; null until they are sent.' })
  carrier(@Parent() { carrier }: AfterSale, @Context() { language }: ApiContext): Carrier | null {
    return carrier === null ? null : new Carrier(carrier, language);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The carrier’s number of them; null until they are sent, and three years after the order is over.',
  })
  async trackingNumber(
    @Parent() { id, buyerId, trackingNumber }: AfterSale,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    if (!trackingNumber) return null;
    await note(lookKey(info, LOOKED_AT, buyerId));
    return this.vault.open(AFTER_SALE_SEALS.trackingNumber, id, trackingNumber);
  }
}

@Resolver(() => AfterSaleStep)
export class AfterSaleStepResolver {
  constructor(private readonly vault: Vault) {}

  @ResolveField(() => String, { description: 'Who has taken it, as a page says it, in the language of the request.' })
  actorText(@Parent() { actor }: AfterSaleStep, @Context() { language }: ApiContext): string {
    return ACTOR_TEXTS[actor][language];
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What was said with it; null if nothing, and three years after the order is over.',
  })
  async note(
    @Parent() { id, afterSaleId, note: sealed }: AfterSaleStep,
    @Loader(afterSaleById) load: Load<AfterSaleId, AfterSale>,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    if (!sealed) return null;
    const { buyerId } = await load(afterSaleId);
    await note(lookKey(info, LOOKED_AT, buyerId));
    return this.vault.open(AFTER_SALE_SEALS.note, id, sealed);
  }
}
