import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BulkAct, type BulkActId } from '#audit';
import { Sku, skuById, type SkuId } from '#catalog';
import { connectionOf, IdPipe, type Load, Loader, Minor, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { Order, type OrderId } from '#orders';
import { Refund, refundsOfOrder } from '#payments';
import { OrderRecall } from './order-recall.js';
import { Recall, type RecallId } from './recall.entity.js';
import { RecallProposeInput } from './recall.inputs.js';
import { RecallItem } from './recall-item.entity.js';
import { bulkActById, recallsOfOrder, type Tally, tallyOfRecall } from './recall.loaders.js';
import { RecallProposeResult } from './recall.refusals.js';
import { RecallWork } from './recall-work.js';
import { RecallsService } from './recalls.service.js';

const RecallConnection = connectionOf(Recall);
const RecallItemConnection = connectionOf(RecallItem);
type LoadTally = Load<RecallId, Tally>;

@Resolver(() => Recall)
@UseInterceptors(RefusalsAsResults)
export class RecallsResolver {
  constructor(
    private readonly service: RecallsService,
    private readonly work: RecallWork,
  ) {}

  @Allow('FINANCE')
  @Mutation(() => RecallProposeResult, {
    description:
      'Propose to recall a batch: whoever was sent some of it gets the money back, and its product goes off sale, once another operator has approved it within 24 hours. For FINANCE.',
  })
  recallPropose(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which batch, and why.' }) input: RecallProposeInput,
  ): Promise<BulkAct> {
    return this.work.propose(staff.id, input);
  }

  @Allow('FINANCE')
  @Query(() => Recall, { description: 'A recall. For FINANCE.' })
  recall(
    @Args('id', { type: () => ID, description: 'Which one.' }, new IdPipe('recall')) id: RecallId,
  ): Promise<Recall> {
    return this.service.one(id);
  }

  @Allow('FINANCE')
  @Query(() => RecallConnection, { description: 'Recalls, newest first. For FINANCE.' })
  recalls(@Args() page: PageArgs): Promise<Page<Recall>> {
    return this.service.page(page);
  }

  @Allow('FINANCE')
  @Query(() => RecallItemConnection, {
    description: 'The lines of orders that a recall is about, in the order in which they are worked off. For FINANCE.',
  })
  recallItems(
    @Args('recallId', { type: () => ID, description: 'Of which recall.' }, new IdPipe('recall')) recallId: RecallId,
    @Args() page: PageArgs,
    @Args('onlyFailed', { type: () => Boolean, nullable: true, description: 'Only those of which nothing goes back.' })
    onlyFailed?: boolean | null,
  ): Promise<Page<RecallItem>> {
    return this.service.items(recallId, page, onlyFailed ?? false);
  }

  @ResolveField(() => Sku, { description: 'The SKU as it is today.' })
  sku(@Parent() { skuId }: Recall, @Loader(skuById) load: Load<SkuId, Sku>): Promise<Sku> {
    return load(skuId);
  }

  @ResolveField(() => BulkAct, { description: 'Who has proposed and approved it, and how many items were tried.' })
  bulkAct(@Parent() { bulkActId }: Recall, @Loader(bulkActById) load: Load<BulkActId, BulkAct>): Promise<BulkAct> {
    return load(bulkActId);
  }

  @ResolveField(() => Int, { description: 'How many units it is about.' })
  async units(@Parent() { id }: Recall, @Loader(tallyOfRecall) load: LoadTally): Promise<number> {
    return (await load(id)).units;
  }

  @ResolveField(() => Int, { description: 'How many of them are of the batch for certain.' })
  async certainUnits(@Parent() { id }: Recall, @Loader(tallyOfRecall) load: LoadTally): Promise<number> {
    return (await load(id)).certainUnits;
  }

  @ResolveField(() => Int, { description: 'Of how many items the money goes back.' })
  async itemsRefunded(@Parent() { id }: Recall, @Loader(tallyOfRecall) load: LoadTally): Promise<number> {
    return (await load(id)).refunded;
  }

  @ResolveField(() => Int, { description: 'Of how many items nothing can go back.' })
  async itemsFailed(@Parent() { id }: Recall, @Loader(tallyOfRecall) load: LoadTally): Promise<number> {
    return (await load(id)).failed;
  }

  @ResolveField(() => Minor, { description: 'How much goes back so far, in minor units.' })
  async refundedMinor(@Parent() { id }: Recall, @Loader(tallyOfRecall) load: LoadTally): Promise<number> {
    return (await load(id)).refundedMinor;
  }
}

/** `orders` does not know recalls, so this module adds the field. */
@Resolver(() => Order)
export class OrderRecallsResolver {
  @ResolveField(() => [OrderRecall], { description: 'What of it is recalled; nearly always nothing.' })
  recalls(@Parent() { id }: Order, @Loader(recallsOfOrder) load: Load<OrderId, OrderRecall[]>): Promise<OrderRecall[]> {
    return load(id);
  }
}

@Resolver(() => OrderRecall)
export class OrderRecallResolver {
  @ResolveField(() => Refund, {
    nullable: true,
    description: 'The money that goes back for it; null if none does, or not yet.',
  })
  async refund(
    @Parent() { orderId, refundId }: OrderRecall,
    @Loader(refundsOfOrder) load: Load<OrderId, Refund[]>,
  ): Promise<Refund | null> {
    return (await load(orderId)).find(({ id }) => id === refundId) ?? null;
  }
}
