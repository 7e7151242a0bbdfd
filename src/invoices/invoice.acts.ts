import { defineAct } from '#common';

/** One of the staff entered the number, date and file of an invoice. */
export const invoiceIssued = defineAct('invoices.invoiceIssued', 'invoice');

/** One of the staff said why an invoice cannot be issued. */
export const invoiceFailed = defineAct('invoices.invoiceFailed', 'invoice');

/** One of the staff entered the red-letter invoice that takes an invoice back. */
export const invoiceReversed = defineAct('invoices.invoiceReversed', 'invoice');
