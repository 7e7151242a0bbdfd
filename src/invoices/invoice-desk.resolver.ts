import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import type { ImageUploadForm } from '#media';
import { Invoice } from './invoice.entity.js';
import { InvoiceDeskService } from './invoice-desk.service.js';
import { InvoiceFailInput, InvoiceFileUploadInput, InvoiceInput, InvoiceIssueInput } from './invoice.inputs.js';
import { InvoiceFileUploadResult, InvoiceIssueResult, InvoiceTakeResult } from './invoice.refusals.js';
import { InvoiceConnection } from './invoices.resolver.js';
import { InvoicesService } from './invoices.service.js';

/** The door of whoever issues invoices by hand. */
@Resolver(() => Invoice)
@UseInterceptors(RefusalsAsResults)
export class InvoiceDeskResolver {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly desk: InvoiceDeskService,
  ) {}

  @Allow('FINANCE')
  @Query(() => InvoiceConnection, {
    description: 'Invoices that people are to issue, the longest waiting first. For FINANCE.',
  })
  invoicesToIssue(@Args() page: PageArgs): Promise<Page<Invoice>> {
    return this.invoices.waiting('ISSUE', page);
  }

  @Allow('FINANCE')
  @Query(() => InvoiceConnection, {
    description: 'Issued invoices that people are to take back, because money has gone back. For FINANCE.',
  })
  invoicesToReverse(@Args() page: PageArgs): Promise<Page<Invoice>> {
    return this.invoices.waiting('REVERSE', page);
  }

  @Allow('FINANCE')
  @Mutation(() => InvoiceTakeResult, {
    description: 'Take a request to issue it, so that nobody else does; what is on it is fixed then. For FINANCE.',
  })
  invoiceTake(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one.' }) { invoiceId }: InvoiceInput,
  ): Promise<Invoice> {
    return this.desk.take(staff.id, invoiceId);
  }

  @Allow('FINANCE')
  @Mutation(() => InvoiceFileUploadResult, {
    description: 'Get a form for the PDF of an invoice that one issues or takes back. For FINANCE.',
  })
  invoiceFileUpload(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which one, and how large it is.' }) input: InvoiceFileUploadInput,
  ): Promise<ImageUploadForm> {
    return this.desk.formFor(staff.id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => InvoiceIssueResult, {
    description:
      'Enter an invoice as it was issued; its file is posted before. Doing it again changes nothing. For FINANCE.',
  })
  invoiceIssue(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'What is on it.' }) input: InvoiceIssueInput,
  ): Promise<Invoice> {
    return this.desk.issue(staff.id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => InvoiceTakeResult, {
    description: 'Say why an invoice that one has taken cannot be issued; the buyer reads it. For FINANCE.',
  })
  invoiceFail(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: InvoiceFailInput,
  ): Promise<Invoice> {
    return this.desk.fail(staff.id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => InvoiceIssueResult, {
    description: 'Enter the red-letter invoice that takes an invoice back; its file is posted before. For FINANCE.',
  })
  invoiceReverse(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'What is on it.' }) input: InvoiceIssueInput,
  ): Promise<Invoice> {
    return this.desk.reverse(staff.id, input);
  }
}
