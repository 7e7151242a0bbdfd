import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { refundSucceeded } from '#payments';
import { InvoiceFiles } from './invoice-files.js';
import { issueInvoice, reverseInvoice, sweepInvoiceUploads } from './invoice.jobs.js';
import { InvoicesService } from './invoices.service.js';
import { IssuingDriver } from './issuing.driver.js';

/** What the clock and other modules' facts ask of invoices. */
@Injectable()
export class InvoicesWorker {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly driver: IssuingDriver,
    private readonly files: InvoiceFiles,
  ) {}

  @Handles(issueInvoice)
  issue({ invoiceId }: ArgsOf<typeof issueInvoice>): Promise<Outcome> {
    return this.driver.issue(invoiceId);
  }

  @Handles(reverseInvoice)
  reverse({ invoiceId }: ArgsOf<typeof reverseInvoice>): Promise<Outcome> {
    return this.driver.reverse(invoiceId);
  }

  @Handles(refundSucceeded)
  async noteRefund({ orderId }: ArgsOf<typeof refundSucceeded>, claim: JobClaim): Promise<Outcome> {
    await this.invoices.noteRefund(orderId, claim);
    return 'done';
  }

  @Handles(sweepInvoiceUploads)
  async sweep(): Promise<Outcome> {
    await this.files.sweepUploads();
    return 'done';
  }
}
