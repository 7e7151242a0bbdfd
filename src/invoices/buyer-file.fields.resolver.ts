import { Args, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type Load, Loader, type Page, PageArgs } from '#common';
import { BuyerFile, lookKey, type LookKey, noteLook } from '#privacy';
import type { Invoice } from './invoice.entity.js';
import { InvoiceConnection } from './invoices.resolver.js';
import { InvoicesService } from './invoices.service.js';

/** What invoices know of a buyer. */
@Resolver(() => BuyerFile)
export class BuyerFileInvoicesResolver {
  constructor(private readonly service: InvoicesService) {}

  @ResolveField(() => InvoiceConnection, { description: 'The invoices that the buyer has asked for, newest first.' })
  async invoices(
    @Parent() { buyer }: BuyerFile,
    @Args() page: PageArgs,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Invoice>> {
    await note(lookKey(info, 'INVOICES', buyer.id));
    return this.service.ownedBy(buyer.id, page);
  }
}
