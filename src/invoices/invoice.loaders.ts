import { In } from 'typeorm';
import { defineLoader, groupInOrder } from '#common';
import type { OrderId } from '#orders';
import { Invoice, type InvoiceId, InvoiceStatus } from './invoice.entity.js';
import { InvoiceLine } from './invoice-line.entity.js';
import { InvoiceStep } from './invoice-step.entity.js';

const STATUSES = Object.values(InvoiceStatus);

/** The newest invoice of each order; null where none was asked for. */
export const newestInvoiceOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const invoices = await db.find(Invoice, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, invoices, ({ orderId }) => orderId).map((all) => all.at(-1) ?? null);
});

export const linesOfInvoice = defineLoader(async (db, ids: readonly InvoiceId[]) => {
  const lines = await db.find(InvoiceLine, { where: { invoiceId: In(ids) }, order: { lineId: 'ASC' } });
  return groupInOrder(ids, lines, ({ invoiceId }) => invoiceId);
});

export const stepsOfInvoice = defineLoader(async (db, ids: readonly InvoiceId[]) => {
  // Several may have come in the same moment; the list of statuses is in the order in which they are reached.
  const steps = await db.findBy(InvoiceStep, { invoiceId: In(ids) });
  steps.sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status));
  return groupInOrder(ids, steps, ({ invoiceId }) => invoiceId);
});
