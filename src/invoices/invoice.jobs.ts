import { defineJob } from '#jobs';
import type { InvoiceId } from './invoice.entity.js';

/** Has the registered issuer issue an invoice, if there is one; otherwise people take it from the queue. */
export const issueInvoice = defineJob<{ invoiceId: InvoiceId }>('invoices.issue');

/** Has the issuer take an invoice back that it has issued. */
export const reverseInvoice = defineJob<{ invoiceId: InvoiceId }>('invoices.reverse');

/** Scheduled: removes uploaded files that nobody has entered. */
export const sweepInvoiceUploads = defineJob<Record<string, never>>('invoices.sweepUploads');
