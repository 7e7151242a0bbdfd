import { Context, ID, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type ApiContext, type Load, Loader, Vault } from '#common';
import { type Caller, isStaff, MaybeCaller } from '#identity';
import { Order, orderById, type OrderId } from '#orders';
import { lookKey, type LookKey, noteLook } from '#privacy';
import { Invoice, type InvoiceId, INVOICE_SEALS } from './invoice.entity.js';
import { InvoiceFiles } from './invoice-files.js';
import { InvoiceLine } from './invoice-line.entity.js';
import { linesOfInvoice, stepsOfInvoice } from './invoice.loaders.js';
import { InvoiceStep } from './invoice-step.entity.js';
import { failureTexts, saysTooMuch } from './invoice.rules.js';

type Note = Load<LookKey, null>;

/** Whoever sees an invoice is its buyer or one of the staff, whose look is kept. */
@Resolver(() => Invoice)
export class InvoiceFieldsResolver {
  constructor(
    private readonly vault: Vault,
    private readonly files: InvoiceFiles,
  ) {}

  @ResolveField(() => String, { nullable: true, description: 'The name on it; null once it is not kept any more.' })
  title(
    @Parent() invoice: Invoice,
    @Loader(noteLook) note: Note,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    return this.#open(invoice, 'title', () => note(lookKey(info, 'INVOICES', invoice.buyerId)));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The unified social credit code on it; null for a person.',
  })
  taxNumber(
    @Parent() invoice: Invoice,
    @Loader(noteLook) note: Note,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    return this.#open(invoice, 'taxNumber', () => note(lookKey(info, 'INVOICES', invoice.buyerId)));
  }

  @ResolveField(() => String, { nullable: true, description: 'Where it may be sent as well; null if nowhere.' })
  email(
    @Parent() invoice: Invoice,
    @Loader(noteLook) note: Note,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    return this.#open(invoice, 'email', () => note(lookKey(info, 'INVOICES', invoice.buyerId)));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Where its PDF is fetched, for five minutes; null until it is issued.',
  })
  fileUrl(
    @Parent() invoice: Invoice,
    @Loader(noteLook) note: Note,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    return this.#url(invoice, invoice.fileHash, () => note(lookKey(info, 'INVOICES', invoice.buyerId)));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Where the PDF of the red-letter invoice is fetched, for five minutes; null unless it is REVERSED.',
  })
  redFileUrl(
    @Parent() invoice: Invoice,
    @Loader(noteLook) note: Note,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string | null> {
    return this.#url(invoice, invoice.redFileHash, () => note(lookKey(info, 'INVOICES', invoice.buyerId)));
  }

  @ResolveField(() => String, { nullable: true, description: 'Why it was not issued; null unless it has FAILED.' })
  whyFailed(@Parent() invoice: Invoice, @Context() { language }: ApiContext): string | null {
    return failureTexts(invoice)?.[language] ?? null;
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'Who of the staff has taken it; null if nobody has, and for buyers.',
  })
  takenById(@Parent() { takenById }: Invoice, @MaybeCaller() caller: Caller | null): string | null {
    return caller && isStaff(caller) ? takenById : null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Why the issuer left it to people, who must ask it first what it has done; null otherwise, and for buyers.',
  })
  problem(@Parent() { problem }: Invoice, @MaybeCaller() caller: Caller | null): string | null {
    return caller && isStaff(caller) ? problem : null;
  }

  @ResolveField(() => [InvoiceLine], { description: 'What is on it, beside freight; nothing until it is ISSUING.' })
  lines(
    @Parent() { id }: Invoice,
    @Loader(linesOfInvoice) load: Load<InvoiceId, InvoiceLine[]>,
  ): Promise<InvoiceLine[]> {
    return load(id);
  }

  @ResolveField(() => [InvoiceStep], { description: 'What it has come to so far, and when; the first step first.' })
  steps(
    @Parent() { id }: Invoice,
    @Loader(stepsOfInvoice) load: Load<InvoiceId, InvoiceStep[]>,
  ): Promise<InvoiceStep[]> {
    return load(id);
  }

  @ResolveField(() => Boolean, {
    description: 'Whether more has gone back, or is about to, than it allows; do not issue such a one, but fail it.',
  })
  async saysTooMuch(@Parent() invoice: Invoice, @Loader(orderById) load: Load<OrderId, Order>): Promise<boolean> {
    return saysTooMuch(invoice, await load(invoice.orderId));
  }

  async #open(invoice: Invoice, field: keyof typeof INVOICE_SEALS, note: () => Promise<null>): Promise<string | null> {
    const sealed = invoice[field];
    if (!sealed) return null;
    await note();
    return this.vault.open(INVOICE_SEALS[field], invoice.id, sealed);
  }

  async #url(invoice: Invoice, hash: Buffer | null, note: () => Promise<null>): Promise<string | null> {
    if (!hash) return null;
    await note();
    return this.files.urlOf(invoice, hash);
  }
}
