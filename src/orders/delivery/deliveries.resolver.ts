import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type Load, Loader, type Sealed, Vault } from '#common';
import { MaybeViewer, type Viewer } from '#identity';
import { lookKey, type LookKey, noteLook } from '#privacy';
import { OrderDelivery } from './delivery.js';
import { deliveryOf, deliverySeenBy } from './delivery.rules.js';
import { Order, ORDER_SEALS, type OrderId } from '../order.entity.js';
import { sealedDeliveryOfOrder } from '../order.loaders.js';

@Resolver(() => Order)
export class OrderDeliveryResolver {
  constructor(private readonly vault: Vault) {}

  @ResolveField(() => OrderDelivery, {
    nullable: true,
    description: 'Where it goes, masked to whoever is not its buyer; null if it was placed before orders kept that.',
  })
  async delivery(
    @Parent() { id, buyerId }: Order,
    @Loader(sealedDeliveryOfOrder) load: Load<OrderId, Sealed | null>,
    @MaybeViewer() viewer: Viewer | null,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrderDelivery | null> {
    const sealed = await load(id);
    if (!sealed) return null;
    await note(lookKey(info, 'DELIVERIES', buyerId));
    const delivery = deliveryOf(this.vault.open(ORDER_SEALS.delivery, id, sealed));
    return deliverySeenBy(viewer?.id ?? null, { buyerId, delivery });
  }
}
