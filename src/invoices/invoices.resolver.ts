import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { connectionOf, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { Order, type OrderId } from '#orders';
import { Invoice } from './invoice.entity.js';
import { InvoiceInput, InvoiceRequestInput } from './invoice.inputs.js';
import { newestInvoiceOfOrder } from './invoice.loaders.js';
import { InvoiceCancelResult, InvoiceRequestResult } from './invoice.refusals.js';
import { InvoicesService } from './invoices.service.js';

export const InvoiceConnection = connectionOf(Invoice);

@Resolver(() => Invoice)
@UseInterceptors(RefusalsAsResults)
export class InvoicesResolver {
  constructor(private readonly service: InvoicesService) {}

  @Allow('BUYER')
  @Query(() => InvoiceConnection, { description: 'The invoices that one has asked for, newest first.' })
  invoices(@CurrentViewer() { id }: Viewer, @Args() page: PageArgs): Promise<Page<Invoice>> {
    return this.service.ownedBy(id, page);
  }

  @Allow('BUYER')
  @Mutation(() => InvoiceRequestResult, {
    description: 'Ask for an invoice of one’s own order, once all of it is shipped.',
  })
  invoiceRequest(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Of which order, and to whom.' }) input: InvoiceRequestInput,
  ): Promise<Invoice> {
    return this.service.request(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => InvoiceCancelResult, {
    description: 'Take a request back before anybody works on it. Doing it again changes nothing.',
  })
  invoiceCancel(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which one.' }) { invoiceId }: InvoiceInput,
  ): Promise<Invoice> {
    return this.service.cancel(viewer.id, invoiceId);
  }
}

/** `orders` does not know invoices, so this module adds the field. */
@Resolver(() => Order)
export class OrderInvoiceResolver {
  @ResolveField(() => Invoice, {
    nullable: true,
    description: 'The invoice that was asked for last; null if none was.',
  })
  invoice(
    @Parent() { id }: Order,
    @Loader(newestInvoiceOfOrder) load: Load<OrderId, Invoice | null>,
  ): Promise<Invoice | null> {
    return load(id);
  }
}
