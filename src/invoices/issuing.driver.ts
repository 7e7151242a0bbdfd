import assert from 'node:assert/strict';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactor, Vault } from '#common';
import type { Outcome } from '#jobs';
import { Invoice, type InvoiceId, INVOICE_SEALS } from './invoice.entity.js';
import { InvoiceFiles } from './invoice-files.js';
import { type InvoiceIssuer, InvoiceIssuers, type IssueOutcome, type IssueRequest } from './invoice-issuer.js';
import { type Entry, InvoiceLife, type LockedInvoice } from './invoice-life.js';
import { InvoiceLine } from './invoice-line.entity.js';
import { invoiceLife } from './invoice.rules.js';

const PROBLEM_CHARACTERS_MAX = 255;

/** Has the registered issuer do what is to be done. What it is asked is committed before, and no transaction is open while we wait for it. */
@Injectable()
export class IssuingDriver {
  readonly #logger = new Logger(IssuingDriver.name);

  constructor(
    private readonly transactor: Transactor,
    private readonly vault: Vault,
    private readonly issuers: InvoiceIssuers,
    private readonly files: InvoiceFiles,
    private readonly life: InvoiceLife,
  ) {}

  /** Issues an invoice; nothing to be done if people of the staff do it, or if it is done. */
  async issue(invoiceId: InvoiceId): Promise<Outcome> {
    const { issuer } = this.issuers;
    const request = await this.transactor.run((db) => this.#intend(db, invoiceId, issuer));
    if (!issuer || !request) return 'done';
    return this.#conclude(invoiceId, 'ISSUING', await issuer.issue(request), (db, locked, entry) =>
      this.life.issue(db, locked, entry),
    );
  }

  /** Takes back an invoice that the issuer has issued. */
  async reverse(invoiceId: InvoiceId): Promise<Outcome> {
    const { issuer } = this.issuers;
    const { status, number, amountMinor, ...invoice } = await this.transactor.run((db) =>
      this.#lock(db, invoiceId, issuer).then((locked) => locked.invoice),
    );
    if (!issuer || status !== 'REVERSING' || invoice.issuer !== issuer.name) return 'done';
    assert(number !== null && amountMinor !== null, `${invoiceId} is REVERSING and has nothing on it`);
    const outcome = await issuer.reverse({ invoiceId, number, amountMinor });
    return this.#conclude(invoiceId, 'REVERSING', outcome, (db, locked, entry) =>
      this.life.reverse(db, locked.invoice, entry),
    );
  }

  /** What the issuer is to be asked, the same each time; null if it has nothing to do with it. */
  async #intend(db: EntityManager, invoiceId: InvoiceId, issuer: InvoiceIssuer | null): Promise<IssueRequest | null> {
    const locked = await this.#lock(db, invoiceId, issuer);
    if (!issuer) return null;
    const { invoice } = locked;
    if (invoice.status === 'REQUESTED') await this.life.hand(db, locked, { issuer: issuer.name, takenById: null });
    if (invoice.status !== 'ISSUING' || invoice.issuer !== issuer.name) return null;
    const { amountMinor, freightMinor, titleKind, currency } = invoice;
    assert(amountMinor !== null && freightMinor !== null, `${invoiceId} is ISSUING and has no amount`);
    const lines = await db.find(InvoiceLine, { where: { invoiceId }, order: { lineId: 'ASC' } });
    const title = this.#open(invoice, 'title') ?? '';
    const [taxNumber, email] = [this.#open(invoice, 'taxNumber'), this.#open(invoice, 'email')];
    return { ...{ invoiceId, currency, titleKind, title, taxNumber, email }, amountMinor, freightMinor, lines };
  }

  /** What another issuer has begun, which is registered no more, is left to people. */
  async #lock(db: EntityManager, invoiceId: InvoiceId, issuer: InvoiceIssuer | null): Promise<LockedInvoice> {
    const locked = await this.life.lock(db, { invoiceId });
    const { invoice } = locked;
    const isForsaken = invoice.issuer !== null && invoice.issuer !== issuer?.name;
    if (isForsaken && !invoiceLife.isTerminal(invoice.status))
      await this.#handOver(db, invoice, `${String(invoice.issuer)} issues nothing any more`);
    return locked;
  }

  async #conclude(
    invoiceId: InvoiceId,
    from: 'ISSUING' | 'REVERSING',
    answer: IssueOutcome,
    enter: (db: EntityManager, locked: LockedInvoice, entry: Entry) => Promise<void>,
  ): Promise<Outcome> {
    if (answer.outcome === 'LATER') return { snoozeUntil: answer.at };
    const entry =
      answer.outcome === 'ISSUED' ? { ...answer, fileHash: await this.files.keep(invoiceId, answer.file) } : null;
    await this.transactor.run(async (db) => {
      const locked = await this.life.lock(db, { invoiceId });
      if (locked.invoice.status !== from) return;
      if (entry) await enter(db, locked, { number: entry.number, issuedOn: entry.issuedOn, fileHash: entry.fileHash });
      else if (answer.outcome === 'REFUSED') await this.life.fail(db, locked.invoice, brief(answer.note));
      else if (answer.outcome === 'GIVEN_UP') await this.#handOver(db, locked.invoice, answer.problem);
    });
    return 'done';
  }

  /** Who takes it over sees that the issuer may have it under our number. */
  async #handOver(db: EntityManager, invoice: Invoice, problem: string): Promise<void> {
    const left = { issuer: null, problem: brief(problem) };
    await db.update(Invoice, { id: invoice.id }, left);
    Object.assign(invoice, left);
    this.#logger.error(`${invoice.id} is left to people: ${problem}`);
  }

  #open(invoice: Invoice, field: keyof typeof INVOICE_SEALS): string | null {
    const sealed = invoice[field];
    return sealed && this.vault.open(INVOICE_SEALS[field], invoice.id, sealed);
  }
}

function brief(text: string): string {
  return [...text].slice(0, PROBLEM_CHARACTERS_MAX).join('');
}
