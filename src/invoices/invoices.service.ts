import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, MoreThan } from 'typeorm';
import {
  badInput,
  BusinessTime,
  decodeIdCursor,
  Idempotency,
  notFound,
  orRefuse,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  type Sealed,
  Transactor,
  Vault,
} from '#common';
import { holdAccount, type UserId } from '#identity';
import { type JobClaim, Jobs } from '#jobs';
import { Order, type OrderId } from '#orders';
import { Invoice, type InvoiceId, INVOICE_SEALS } from './invoice.entity.js';
import type { InvoiceRequestInput } from './invoice.inputs.js';
import { issueInvoice } from './invoice.jobs.js';
import { InvoiceLife } from './invoice-life.js';
import { InvoiceAlreadyRequested, TaxNumberWrong } from './invoice.refusals.js';
import { LIVE, mayCancel, mayRequest } from './invoice.rules.js';
import { wrongSignOf } from './tax-number.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** What buyers do about invoices, and what becomes of one when money goes back. Every decision holds the order's lock. */
@Injectable()
export class InvoicesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly vault: Vault,
    private readonly jobs: Jobs,
    private readonly life: InvoiceLife,
  ) {}

  /**
   * Asks for an invoice of one's own order; a job, or people of the staff, do the rest.
   *
   * @throws RequestError NOT_FOUND if it is none of the buyer's own, BAD_USER_INPUT unless there is a tax number just for COMPANY; Refused with
   *   TaxNumberWrong, InvoiceTooEarly, NothingToInvoice or InvoiceAlreadyRequested
   */
  request(buyerId: UserId, input: InvoiceRequestInput): Promise<Invoice> {
    const taxNumber = taxNumberIn(input);
    return this.idempotency.once(Invoice, { actorId: buyerId, key: input.idempotencyKey, input }, async (db, id) => {
      await holdAccount(db, buyerId);
      const order = await db.findOne(Order, { where: { id: input.orderId, buyerId }, lock: LOCK });
      if (!order) throw notFound('input.orderId');
      const live = await db.findOneBy(Invoice, { orderId: order.id, status: In(LIVE) });
      if (live) refuse(new InvoiceAlreadyRequested(live));
      orRefuse(mayRequest(order));
      const invoice = db.create(Invoice, {
        ...{
          id,
          orderId: order.id,
          buyerId,
          status: 'REQUESTED',
          titleKind: input.titleKind,
          currency: order.currency,
        },
        title: this.vault.seal(INVOICE_SEALS.title, id, input.title),
        taxNumber: this.#sealed('taxNumber', id, taxNumber),
        email: this.#sealed('email', id, input.email ?? null),
        ...{ amountMinor: null, freightMinor: null, issuer: null, takenById: null, problem: null },
        ...{ failure: null, failureNote: null, number: null, issuedOn: null, fileHash: null },
        ...{ redNumber: null, redIssuedOn: null, redFileHash: null },
        movedAt: await this.businessTime.read(db),
      });
      await this.life.begin(db, invoice);
      await this.jobs.enqueue(db, issueInvoice, { invoiceId: id });
      return invoice;
    });
  }

  /**
   * Takes a request back before anybody works on it. Doing it again changes nothing.
   *
   * @throws RequestError NOT_FOUND if it is none of the buyer's own; Refused with InvoiceNotCancellable
   */
  cancel(buyerId: UserId, invoiceId: InvoiceId): Promise<Invoice> {
    return this.transactor.run(async (db) => {
      const { invoice } = await this.life.lock(db, { invoiceId });
      if (invoice.buyerId !== buyerId) throw notFound('input.invoiceId');
      if (invoice.status === 'CANCELLED') return invoice;
      orRefuse(mayCancel(invoice));
      await this.life.cancel(db, invoice);
      return invoice;
    });
  }

  /** A buyer's own, newest first. */
  async ownedBy(buyerId: UserId, { first, after }: PageArgs): Promise<Page<Invoice>> {
    const last = decodeIdCursor(after, 'invoice');
    const where = { buyerId, ...(last ? { id: LessThan(last) } : {}) };
    const rows = await this.source.manager.find(Invoice, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Those that people of the staff are to issue, or to take back, the longest waiting first. */
  async waiting(what: 'ISSUE' | 'REVERSE', { first, after }: PageArgs): Promise<Page<Invoice>> {
    const last = decodeIdCursor(after, 'invoice');
    const status = In(what === 'ISSUE' ? ['REQUESTED', 'ISSUING'] : ['REVERSING']);
    const where = { status, issuer: IsNull(), ...(last ? { id: MoreThan(last) } : {}) };
    const rows = await this.source.manager.find(Invoice, { where, order: { id: 'ASC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Looks at the invoice of an order of which money went back. Hearing of the same refund again changes nothing. */
  async noteRefund(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const issued = await db.findOneBy(Invoice, { orderId, status: 'ISSUED' });
      if (issued) await this.life.reverseIfNeeded(db, await this.life.lock(db, { invoiceId: issued.id }));
    });
  }

  #sealed(field: 'taxNumber' | 'email', id: InvoiceId, text: string | null): Sealed | null {
    return text === null ? null : this.vault.seal(INVOICE_SEALS[field], id, text);
  }
}

/** The tax number of a company, checked; null for a person. */
function taxNumberIn({ titleKind, taxNumber = null }: InvoiceRequestInput): string | null {
  const path = 'input.taxNumber';
  if (titleKind === 'PERSONAL') {
    if (taxNumber === null) return null;
    throw badInput({ path, texts: { zh: '个人抬头无需填写。', en: 'Is for COMPANY only.' } });
  }
  if (taxNumber === null) throw badInput({ path, texts: { zh: '单位抬头必须填写。', en: 'Is required for COMPANY.' } });
  const position = wrongSignOf(taxNumber);
  return position === null ? taxNumber : refuse(new TaxNumberWrong(position));
}
