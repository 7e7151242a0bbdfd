import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { Currency } from '#common';
import type { InvoiceId, TitleKind } from './invoice.entity.js';
import type { Sheet } from './invoice.rules.js';

/** What an issuer is asked for: all that is on the invoice, and under which number it is asked. */
export interface IssueRequest extends Sheet {
  /** Ours, the same however often it is asked: an issuer that has it already answers as it did then. */
  readonly invoiceId: InvoiceId;
  readonly currency: Currency;
  readonly titleKind: TitleKind;
  readonly title: string;
  readonly taxNumber: string | null;
  readonly email: string | null;
}

/** Which invoice is to be taken back whole, by a red-letter invoice. */
export interface ReverseRequest {
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly amountMinor: number;
}

/** An invoice as it is, of either colour. */
export interface Issued {
  readonly outcome: 'ISSUED';
  /** 20 digits. */
  readonly number: string;
  /** The day on it, `2026-11-22`. */
  readonly issuedOn: string;
  /** A PDF. */
  readonly file: Buffer;
}

/** What comes of asking. What is thrown is tried again by the job. */
export type IssueOutcome =
  | Issued
  /** It is under way: ask again then, in machine time. */
  | { readonly outcome: 'LATER'; readonly at: Date }
  /** It cannot be issued as it was asked for; the buyer reads why. */
  | { readonly outcome: 'REFUSED'; readonly note: string }
  /** The issuer does not get it done; people of the staff read why and go on. */
  | { readonly outcome: 'GIVEN_UP'; readonly problem: string };

/** Whoever issues invoices by itself: a tax service, reached over its own interface. A later module registers one. */
export interface InvoiceIssuer {
  /** By which requests know who works on them. */
  readonly name: string;
  /** Asks for an invoice, or how it stands. Outside of every transaction. */
  issue(request: IssueRequest): Promise<IssueOutcome>;
  /** Asks for the red-letter invoice, or how it stands. A refusal is for people too. */
  reverse(request: ReverseRequest): Promise<Exclude<IssueOutcome, { outcome: 'REFUSED' }>>;
}

/** The issuer that this shop has. None ships with it: then people of the staff issue what is asked for. */
@Injectable()
export class InvoiceIssuers {
  #issuer: InvoiceIssuer | null = null;

  register(issuer: InvoiceIssuer): void {
    assert(this.#issuer === null, `${issuer.name} comes beside another issuer of invoices`);
    this.#issuer = issuer;
  }

  get issuer(): InvoiceIssuer | null {
    return this.#issuer;
  }
}
