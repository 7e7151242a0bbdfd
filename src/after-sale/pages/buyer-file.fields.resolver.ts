import { Args, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type Load, Loader, type Page, PageArgs } from '#common';
import { BuyerFile, lookKey, type LookKey, noteLook } from '#privacy';
import { AfterSale } from '../cases/after-sale.entity.js';
import { AfterSaleConnection } from '../own/own-cases.resolver.js';
import { AfterSaleListsService } from './after-sale-lists.service.js';

/** What after-sale knows of a buyer. */
@Resolver(() => BuyerFile)
export class BuyerFileAfterSalesResolver {
  constructor(private readonly lists: AfterSaleListsService) {}

  @ResolveField(() => AfterSaleConnection, { description: 'What the buyer has asked back, newest first.' })
  async afterSales(
    @Parent() { buyer }: BuyerFile,
    @Args() page: PageArgs,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<AfterSale>> {
    await note(lookKey(info, 'AFTER_SALES', buyer.id));
    return this.lists.own(buyer.id, page);
  }
}
