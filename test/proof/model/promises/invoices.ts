import type { Purchase } from './records.js';

const SHIPPED: readonly Purchase['order'][] = ['SHIPPED', 'RECEIVED', 'COMPLETED'];
const OVER: readonly Purchase['order'][] = ['REFUNDED', 'CANCELLED'];

/** Whether an invoice of it is asked for or being issued; none of these runs comes to its file. */
export function hasLiveInvoice({ invoice }: Purchase): boolean {
  return invoice?.status === 'REQUESTED' || invoice?.status === 'ISSUING';
}

/** What asking for an invoice of it is answered with; null if it is done. */
export function whyNotInvoice(purchase: Purchase): string | null {
  const { order } = purchase;
  if (hasLiveInvoice(purchase)) return 'InvoiceAlreadyRequested';
  if (!OVER.includes(order) && !SHIPPED.includes(order)) return 'InvoiceTooEarly';
  return OVER.includes(order) || isNothingLeft(purchase) ? 'NothingToInvoice' : null;
}

export function isNothingLeft({ payableMinor, promisedMinor }: Purchase): boolean {
  return promisedMinor >= payableMinor;
}
