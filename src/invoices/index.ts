export { Invoice, INVOICE_SEALS, type InvoiceId } from './invoice.entity.js';
export { InvoiceFiles } from './invoice-files.js';
export { type InvoiceIssuer, InvoiceIssuers, type IssueOutcome, type IssueRequest } from './invoice-issuer.js';
export { sweepInvoiceUploads } from './invoice.jobs.js';
export { InvoiceLine } from './invoice-line.entity.js';
export { invoiceLife } from './invoice.rules.js';
export { InvoicesModule } from './invoices.module.js';
export { InvoicesService } from './invoices.service.js';
export { InvoiceStep } from './invoice-step.entity.js';
