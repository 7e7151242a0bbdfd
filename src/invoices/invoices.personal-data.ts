import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import {
  type Holding,
  inPages,
  type OpenMatter,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  Vault,
} from '#common';
import type { UserId } from '#identity';
import { Invoice, type InvoiceId, INVOICE_SEALS, type InvoiceStatus } from './invoice.entity.js';

/** Somebody is at it, or will be. */
const OPEN: readonly InvoiceStatus[] = ['REQUESTED', 'ISSUING', 'REVERSING'];
/** Nothing came of it, so there is no voucher to keep. */
const ENDED: readonly InvoiceStatus[] = ['FAILED', 'CANCELLED'];

/** To whom a person's invoices are made out. */
@Injectable()
export class InvoicesPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'INVOICES',
      what: {
        zh: '您申请的发票的抬头、税号、邮箱和处理结果。',
        en: 'The names, tax numbers and e-mail addresses of invoices that you have asked for, and what came of them.',
      },
      columns: [
        ...(['invoice.buyer_id', 'invoice.title', 'invoice.tax_number', 'invoice.email'] as const),
        'invoice.failure_note',
      ],
      purpose: 'ORDERS',
      basis: 'LEGAL_DUTY',
      kept: {
        zh: '已开具发票的抬头和税号作为会计凭证加密保存三十年，其余内容保存三年；注销账号时立即删除邮箱和未开具的申请内容。',
        en: 'Names and tax numbers of issued invoices encrypted for thirty years, as accounting vouchers; the rest for three years. E-mail addresses, and what was never issued, until you erase your account.',
      },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM invoice WHERE buyer_id = ?',
    },
  ];

  constructor(
    holders: PersonalDataHolders,
    private readonly vault: Vault,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, buyerId: UserId): AsyncGenerator<PersonalRecord> {
    for await (const invoice of inPages<Invoice>((after) => invoicesAfter(db, buyerId, after?.id ?? null))) {
      const { id, orderId, status, titleKind, amountMinor, currency, number, issuedOn, redNumber, failureNote } =
        invoice;
      const said = { title: this.#open(invoice, 'title'), taxNumber: this.#open(invoice, 'taxNumber') };
      const data = { id, orderId, status, titleKind, ...said, email: this.#open(invoice, 'email') };
      yield {
        category: 'INVOICES',
        data: { ...data, amountMinor, currency, number, issuedOn, redNumber, failureNote },
      };
    }
  }

  /** What was issued is a voucher, which the law wants for thirty years; what was not is no record of anything. */
  override async eraseSome(db: EntityManager, buyerId: UserId, after: string | null): Promise<string | null> {
    const invoices = await invoicesAfter(db, buyerId, after as InvoiceId | null);
    await db.update(Invoice, { id: In(invoices.map(({ id }) => id)) }, { email: null });
    const ended = invoices.filter(({ status }) => ENDED.includes(status)).map(({ id }) => id);
    await db.update(Invoice, { id: In(ended) }, { title: null, taxNumber: null, failureNote: null });
    return invoices.length === PERSONAL_PAGE ? (invoices.at(-1)?.id ?? null) : null;
  }

  override async openMatters(db: EntityManager, buyerId: UserId): Promise<readonly OpenMatter[]> {
    const count = await db.countBy(Invoice, { buyerId, status: In(OPEN) });
    return count > 0 ? [{ kind: 'INVOICE', count }] : [];
  }

  #open(invoice: Invoice, field: keyof typeof INVOICE_SEALS): string | null {
    const sealed = invoice[field];
    return sealed && this.vault.open(INVOICE_SEALS[field], invoice.id, sealed);
  }
}

/** A page of a person's invoices. */
function invoicesAfter(db: EntityManager, buyerId: UserId, after: InvoiceId | null): Promise<Invoice[]> {
  const where = { buyerId, ...(after && { id: MoreThan(after) }) };
  return db.find(Invoice, { where, order: { id: 'ASC' }, take: PERSONAL_PAGE });
}
