import { Module } from '@nestjs/common';
import { MediaModule } from '#media';
import { BuyerFileInvoicesResolver } from './buyer-file.fields.resolver.js';
import { InvoiceDeskResolver } from './invoice-desk.resolver.js';
import { InvoiceDeskService } from './invoice-desk.service.js';
import { InvoiceFieldsResolver } from './invoice.fields.resolver.js';
import { InvoiceFiles } from './invoice-files.js';
import { InvoiceIssuers } from './invoice-issuer.js';
import { InvoiceLife } from './invoice-life.js';
import { InvoicesPersonalData } from './invoices.personal-data.js';
import { InvoicesResolver, OrderInvoiceResolver } from './invoices.resolver.js';
import { InvoicesService } from './invoices.service.js';
import { InvoicesWorker } from './invoices.worker.js';
import { IssuingDriver } from './issuing.driver.js';

/** Invoices (fapiao): asked for by buyers, issued by people of the staff or by a registered issuer, taken back when money goes back. */
@Module({
  imports: [MediaModule],
  providers: [
    ...[InvoiceLife, InvoiceFiles, InvoiceIssuers, IssuingDriver, InvoicesService, InvoiceDeskService],
    ...[InvoicesResolver, OrderInvoiceResolver, InvoiceDeskResolver, InvoiceFieldsResolver],
    BuyerFileInvoicesResolver,
    ...[InvoicesPersonalData, InvoicesWorker],
  ],
  exports: [InvoicesService, InvoiceIssuers],
})
export class InvoicesModule {}
