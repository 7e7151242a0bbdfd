import { UseInterceptors } from '@nestjs/common';
import { Args, Context, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import {
  type ApiContext,
  connectionOf,
  type Load,
  Loader,
  type Page,
  PageArgs,
  RefusalsAsResults,
  type Sealed,
  Vault,
} from '#common';
import type { SkuBatch, SkuBatchId } from '#catalog';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import {
  deliveryOf,
  linesOfOrder,
  Order,
  ORDER_SEALS,
  orderById,
  OrderDelivery,
  type OrderId,
  OrderLine,
  sealedDeliveryOfOrder,
} from '#orders';
import { lookKey, type LookKey, noteLook } from '#privacy';
import { Carrier } from './carrier.js';
import { CARRIERS } from './carriers.js';
import { OrderToShip } from './order-to-ship.js';
import { OrdersToShipService } from './orders-to-ship.service.js';
import { Parcel, PARCEL_SEALS, type ParcelId, ParcelLine } from './parcel.entity.js';
import { ParcelCorrectInput, ParcelInput, ParcelShipInput } from './parcel.inputs.js';
import { batchById, linesOfParcel, parcelsOfOrder } from './parcel.loaders.js';
import { ParcelCorrectResult, ParcelShipResult } from './parcel.refusals.js';
import { ParcelsService } from './parcels.service.js';

const OrderToShipConnection = connectionOf(OrderToShip);

/** The door of whoever ships: suppliers their own orders, and the shop's staff any. */
@Resolver(() => OrderToShip)
@UseInterceptors(RefusalsAsResults)
export class OrdersToShipResolver {
  constructor(
    private readonly waiting: OrdersToShipService,
    private readonly parcels: ParcelsService,
    private readonly vault: Vault,
  ) {}

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Query(() => OrderToShipConnection, {
    description:
      'Orders of which something is to be shipped, the longest waiting first: those of the supplier that one works for, or all. For SUPPLIER and SUPPORT.',
  })
  ordersToShip(@CurrentStaff() staff: StaffViewer, @Args() page: PageArgs): Promise<Page<OrderToShip>> {
    return this.waiting.page(staff, page);
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Query(() => [Carrier], { description: 'By whom parcels may go. For SUPPLIER and SUPPORT.' })
  carriers(@Context() { language }: ApiContext): Carrier[] {
    return CARRIERS.map(({ id }) => new Carrier(id, language));
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Mutation(() => ParcelShipResult, {
    description:
      'Note that a parcel of an order was handed to a carrier; with the last of it the order is SHIPPED. For SUPPLIER and SUPPORT.',
  })
  parcelShip(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'By whom, under which number, and what is in it.' }) input: ParcelShipInput,
  ): Promise<Parcel> {
    return this.parcels.ship(staff, input);
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Mutation(() => ParcelCorrectResult, {
    description:
      'Put the carrier and number of a parcel right until its buyer has it; once all of a payment is shipped, WeChat takes that once. For SUPPLIER and SUPPORT.',
  })
  parcelCorrect(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one, and what it should have said.' }) input: ParcelCorrectInput,
  ): Promise<Parcel> {
    return this.parcels.correct(staff, input);
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Mutation(() => Parcel, {
    description:
      'Note that a parcel was handed over; saying so again changes nothing. Once all of a payment is, WeChat asks the buyer to confirm. For SUPPLIER and SUPPORT.',
  })
  parcelDelivered(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one.' }) { parcelId }: ParcelInput,
  ): Promise<Parcel> {
    return this.parcels.deliver(staff, parcelId);
  }

  @ResolveField(() => [OrderLine], { description: 'What was bought, and how much of it is shipped.' })
  lines(@Parent() { id }: OrderToShip, @Loader(linesOfOrder) load: Load<OrderId, OrderLine[]>): Promise<OrderLine[]> {
    return load(id);
  }

  @ResolveField(() => [Parcel], { description: 'What is shipped of it already.' })
  shipped(@Parent() { id }: OrderToShip, @Loader(parcelsOfOrder) load: Load<OrderId, Parcel[]>): Promise<Parcel[]> {
    return load(id);
  }

  @ResolveField(() => OrderDelivery, {
    nullable: true,
    description: 'Where it goes, whole; null if it was placed before orders kept that.',
  })
  async delivery(
    @Parent() { id, buyerId }: OrderToShip,
    @Loader(sealedDeliveryOfOrder) load: Load<OrderId, Sealed | null>,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrderDelivery | null> {
    const sealed = await load(id);
    if (!sealed) return null;
    await note(lookKey(info, 'DELIVERIES', buyerId));
    return deliveryOf(this.vault.open(ORDER_SEALS.delivery, id, sealed));
  }
}

/** `orders` does not know parcels, so this module adds the field. */
@Resolver(() => Order)
export class OrderParcelsResolver {
  @ResolveField(() => [Parcel], { description: 'How it travels, the first parcel first; none until it is shipped.' })
  parcels(@Parent() { id }: Order, @Loader(parcelsOfOrder) load: Load<OrderId, Parcel[]>): Promise<Parcel[]> {
    return load(id);
  }
}

/** Whoever sees a parcel is its buyer or one of the staff. */
@Resolver(() => Parcel)
export class ParcelResolver {
  constructor(private readonly vault: Vault) {}

  @ResolveField(() => Carrier, { description: 'Who brings it.' })
  carrier(@Parent() { carrier }: Parcel, @Context() { language }: ApiContext): Carrier {
    return new Carrier(carrier, language);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The carrier’s number of it; null three years after the order is over.',
  })
  async trackingNumber(
    @Parent() { id, orderId, trackingNumber }: Parcel,
    @Loader(orderById) load: Load<OrderId, Order>,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    if (!trackingNumber) return null;
    const { buyerId } = await load(orderId);
    await note(lookKey(info, 'PARCELS', buyerId));
    return this.vault.open(PARCEL_SEALS.trackingNumber, id, trackingNumber);
  }

  @ResolveField(() => [ParcelLine], { description: 'What is in it.' })
  lines(@Parent() { id }: Parcel, @Loader(linesOfParcel) load: Load<ParcelId, ParcelLine[]>): Promise<ParcelLine[]> {
    return load(id);
  }
}

@Resolver(() => ParcelLine)
export class ParcelLineResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'The number of the batch of all of them; null if nobody said.',
  })
  async batchNumber(
    @Parent() { batchId }: ParcelLine,
    @Loader(batchById) load: Load<SkuBatchId, SkuBatch | null>,
  ): Promise<string | null> {
    return batchId && ((await load(batchId))?.number ?? null);
  }
}
