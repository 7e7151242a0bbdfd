import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditTrail, BusinessTime, checkDay, Config, notFound, refuse, Transactor } from '#common';
import type { StaffId } from '#identity';
import type { ImageUploadForm } from '#media';
import { invoiceFailed, invoiceIssued, invoiceReversed } from './invoice.acts.js';
import { Invoice, type InvoiceId } from './invoice.entity.js';
import type { InvoiceFailInput, InvoiceFileUploadInput, InvoiceIssueInput } from './invoice.inputs.js';
import { type Colour, InvoiceFiles } from './invoice-files.js';
import { InvoiceLife, type LockedInvoice } from './invoice-life.js';
import { InvoiceNotYours } from './invoice.refusals.js';
import { isForPeople } from './invoice.rules.js';

/** What FINANCE does about invoices where no issuer does it: takes them, enters them, or says why not. */
@Injectable()
export class InvoiceDeskService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly config: Config,
    private readonly trail: AuditTrail,
    private readonly files: InvoiceFiles,
    private readonly life: InvoiceLife,
  ) {}

  /**
   * Takes a request, so that nobody else issues it as well; what is on it is fixed from then on. One that a colleague has taken is taken over.
   *
   * @throws RequestError NOT_FOUND; Refused with InvoiceNotYours if nobody of the staff is to issue it
   */
  take(by: StaffId, invoiceId: InvoiceId): Promise<Invoice> {
    return this.transactor.run(async (db) => {
      const locked = await this.life.lock(db, { invoiceId });
      const { invoice } = locked;
      if (!isForPeople(invoice)) refuse(new InvoiceNotYours(invoice.status));
      if (invoice.status === 'REQUESTED') await this.life.hand(db, locked, { issuer: null, takenById: by });
      else await this.life.takeOver(db, invoice, by);
      return invoice;
    });
  }

  /**
   * A form for the file of an invoice that one has taken, or of the red-letter invoice of one that is to be taken back.
   *
   * @throws RequestError NOT_FOUND; Refused with InvoiceNotYours
   */
  async formFor(by: StaffId, { invoiceId, sizeBytes }: InvoiceFileUploadInput): Promise<ImageUploadForm> {
    const invoice = await this.#known(invoiceId);
    const colour = colourFor(invoice, by) ?? refuse(new InvoiceNotYours(invoice.status));
    return this.files.formFor({ invoiceId, staffId: by, colour }, sizeBytes);
  }

  /**
   * Enters what the tax bureau's platform has issued: its number, its day and the file that was posted. Entering the same again changes nothing.
   *
   * @throws RequestError NOT_FOUND, or BAD_USER_INPUT if the day is none or not yet; Refused with InvoiceNotYours, InvoiceFileMissing,
   *   InvoiceFileUnfit or InvoiceNumberTaken; StorageError
   */
  issue(by: StaffId, input: InvoiceIssueInput): Promise<Invoice> {
    return this.#enter(by, input, 'BLUE');
  }

  /**
   * Enters the red-letter invoice that takes an invoice back.
   *
   * @throws as `issue`
   */
  reverse(by: StaffId, input: InvoiceIssueInput): Promise<Invoice> {
    return this.#enter(by, input, 'RED');
  }

  /**
   * Says why an invoice that one has taken cannot be issued; the buyer reads it, and may ask again.
   *
   * @throws RequestError NOT_FOUND; Refused with InvoiceNotYours
   */
  fail(by: StaffId, { invoiceId, reason }: InvoiceFailInput): Promise<Invoice> {
    return this.transactor.run(async (db) => {
      const { invoice } = await this.life.lock(db, { invoiceId });
      const { status } = invoice;
      if (colourFor(invoice, by) !== 'BLUE') refuse(new InvoiceNotYours(status));
      await this.life.fail(db, invoice, reason);
      const states = { before: { status }, after: { status: invoice.status } };
      await this.trail.record(db, invoiceFailed, { subject: invoiceId, by, reason, ...states });
      return invoice;
    });
  }

  async #enter(by: StaffId, input: InvoiceIssueInput, colour: Colour): Promise<Invoice> {
    const { invoiceId, number, issuedOn, reason } = input;
    const now = await this.businessTime.read(this.source.manager);
    checkDay(issuedOn, 'input.issuedOn', { now, timeZone: this.config.SHOP_TIME_ZONE });
    const known = await this.#known(invoiceId);
    if (numberOf(known, colour) === number) return known;
    if (colourFor(known, by) !== colour) refuse(new InvoiceNotYours(known.status));
    // The file is kept before anything is written: an invoice without one would be worse than a file without an invoice.
    const fileHash = await this.files.take({ invoiceId, staffId: by, colour });
    return this.transactor.run(async (db) => {
      const locked = await this.life.lock(db, { invoiceId });
      const { invoice } = locked;
      const { status } = invoice;
      if (colourFor(invoice, by) !== colour) refuse(new InvoiceNotYours(status));
      const entry = { number, issuedOn, fileHash };
      if (colour === 'BLUE') await this.life.issue(db, locked, entry);
      else await this.life.reverse(db, invoice, entry);
      const states = { before: { status }, after: { status: invoice.status, number, issuedOn } };
      await this.trail.record(db, colour === 'BLUE' ? invoiceIssued : invoiceReversed, {
        ...{ subject: invoiceId, by, reason },
        ...states,
      });
      return invoice;
    });
  }

  async #known(id: InvoiceId): Promise<Invoice> {
    const invoice = await this.source.manager.findOneBy(Invoice, { id });
    if (!invoice) throw notFound('input.invoiceId');
    return invoice;
  }
}

/** Which file of an invoice one of the staff is to enter; null if none. Whoever takes it back need not be who has issued it. */
function colourFor({ status, issuer, takenById }: LockedInvoice['invoice'], by: StaffId): Colour | null {
  if (issuer !== null) return null;
  if (status === 'REVERSING') return 'RED';
  return status === 'ISSUING' && takenById === by ? 'BLUE' : null;
}

function numberOf({ number, redNumber }: Invoice, colour: Colour): string | null {
  return colour === 'BLUE' ? number : redNumber;
}
