import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BusinessTime, isDuplicate, move, notFound, refuse } from '#common';
import type { StaffId } from '#identity';
import { type ArgsOf, Jobs } from '#jobs';
import { Order, OrderLine } from '#orders';
import { Invoice, type InvoiceId, type InvoiceStatus } from './invoice.entity.js';
import type { issueInvoice } from './invoice.jobs.js';
import { reverseInvoice } from './invoice.jobs.js';
import { InvoiceLine } from './invoice-line.entity.js';
import { InvoiceStep } from './invoice-step.entity.js';
import { InvoiceNumberTaken } from './invoice.refusals.js';
import { invoiceLife, saysTooMuch, sheetOf } from './invoice.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** An invoice and its order, both locked. */
export interface LockedInvoice {
  readonly invoice: Invoice;
  readonly order: Order;
}

/** Who issues it: the registered issuer by its name, or one of the staff. */
type Worker = Pick<Invoice, 'issuer' | 'takenById'>;
export type Entry = Record<'number' | 'issuedOn', string> & { readonly fileHash: Buffer };

/** The moves of an invoice, each as part of the transaction of whoever decides it and holds the locks. */
@Injectable()
export class InvoiceLife {
  constructor(
    private readonly businessTime: BusinessTime,
    private readonly jobs: Jobs,
  ) {}

  /** Locks the order of an invoice, then the invoice. @throws RequestError NOT_FOUND */
  async lock(db: EntityManager, { invoiceId }: ArgsOf<typeof issueInvoice>): Promise<LockedInvoice> {
    const known = await db.findOneBy(Invoice, { id: invoiceId });
    if (!known) throw notFound('input.invoiceId');
    const order = await db.findOneOrFail(Order, { where: { id: known.orderId }, lock: LOCK });
    return { order, invoice: await db.findOneOrFail(Invoice, { where: { id: invoiceId }, lock: LOCK }) };
  }

  /** Writes down a new one. */
  async begin(db: EntityManager, invoice: Invoice): Promise<void> {
    await db.insert(Invoice, invoice);
    await this.#step(db, invoice.id, invoice.status, invoice.movedAt);
  }

  /** Fixes what is on it and hands it to whoever issues it. If nothing is left of the order, it has failed instead. */
  async hand(db: EntityManager, { invoice, order }: LockedInvoice, worker: Worker): Promise<void> {
    const lines = await db.find(OrderLine, { where: { orderId: order.id }, order: { id: 'ASC' } });
    const sheet = sheetOf(order, lines);
    if (!sheet) return this.#move(db, invoice, 'FAILED', { failure: 'NOTHING_LEFT' });
    const { amountMinor, freightMinor } = sheet;
    await this.#move(db, invoice, 'ISSUING', { ...worker, amountMinor, freightMinor });
    await db.insert(
      InvoiceLine,
      sheet.lines.map((line) => ({ ...line, invoiceId: invoice.id, currency: order.currency })),
    );
  }

  /**
   * Enters the number, date and file. If money has gone back since its amount was fixed, it is to be taken back at once.
   *
   * @throws Refused with InvoiceNumberTaken
   */
  async issue(db: EntityManager, { invoice, order }: LockedInvoice, entry: Entry): Promise<void> {
    await orTaken(this.#move(db, invoice, 'ISSUED', entry));
    await this.reverseIfNeeded(db, { invoice, order });
  }

  /** It cannot be issued, and its buyer reads why. */
  async fail(db: EntityManager, invoice: Invoice, failureNote: string): Promise<void> {
    await this.#move(db, invoice, 'FAILED', { failure: 'REFUSED', failureNote });
  }

  async cancel(db: EntityManager, invoice: Invoice): Promise<void> {
    await this.#move(db, invoice, 'CANCELLED', {});
  }

  /** Has an issued invoice taken back if it says more than is left of its order. */
  async reverseIfNeeded(db: EntityManager, { invoice, order }: LockedInvoice): Promise<void> {
    if (invoice.status !== 'ISSUED' || !saysTooMuch(invoice, order)) return;
    await this.#move(db, invoice, 'REVERSING', {});
    await this.jobs.enqueue(db, reverseInvoice, { invoiceId: invoice.id });
  }

  /** @throws Refused with InvoiceNumberTaken */
  async reverse(db: EntityManager, invoice: Invoice, { number, issuedOn, fileHash }: Entry): Promise<void> {
    const red = { redNumber: number, redIssuedOn: issuedOn, redFileHash: fileHash };
    await orTaken(this.#move(db, invoice, 'REVERSED', red));
  }

  /** Takes over what another of the staff has begun, or what an issuer did not get done. */
  async takeOver(db: EntityManager, invoice: Invoice, takenById: StaffId): Promise<void> {
    await db.update(Invoice, { id: invoice.id }, { takenById });
    Object.assign(invoice, { takenById });
  }

  async #move(db: EntityManager, invoice: Invoice, to: InvoiceStatus, set: Partial<Invoice>): Promise<void> {
    const movedAt = await this.businessTime.read(db);
    await move(db, Invoice, invoiceLife, invoice, to, { ...set, movedAt });
    await this.#step(db, invoice.id, to, movedAt);
  }

  async #step(db: EntityManager, invoiceId: InvoiceId, status: InvoiceStatus, reachedAt: Date): Promise<void> {
    await db.insert(InvoiceStep, { invoiceId, status, reachedAt });
  }
}

async function orTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    refuse(new InvoiceNumberTaken());
  }
}
