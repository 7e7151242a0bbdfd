import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn, type Sealed, SealedColumn } from '#common';
import type { StaffId, UserId } from '#identity';
import type { OrderId } from '#orders';

export type InvoiceId = Id<'invoice'>;

export const InvoiceStatus = {
  REQUESTED: 'REQUESTED',
  ISSUING: 'ISSUING',
  ISSUED: 'ISSUED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
  REVERSING: 'REVERSING',
  REVERSED: 'REVERSED',
} as const;
export type InvoiceStatus = keyof typeof InvoiceStatus;
registerEnumType(InvoiceStatus, {
  name: 'InvoiceStatus',
  description: 'How far an invoice has come.',
  valuesMap: {
    REQUESTED: { description: 'It is asked for; the buyer can still cancel it.' },
    ISSUING: { description: 'What is on it is fixed, and it is being issued.' },
    ISSUED: { description: 'It has a number, a date and a file.' },
    FAILED: { description: 'It could not be issued; `whyFailed` says why, and it may be asked for again.' },
    CANCELLED: { description: 'The buyer does not want it any more.' },
    REVERSING: { description: 'Money has gone back since it was issued, so it is being taken back.' },
    REVERSED: { description: 'A red-letter invoice has taken it back; another may be asked for what is left.' },
  },
});

export const TitleKind = { PERSONAL: 'PERSONAL', COMPANY: 'COMPANY' } as const;
export type TitleKind = keyof typeof TitleKind;
registerEnumType(TitleKind, {
  name: 'InvoiceTitleKind',
  description: 'To whom an invoice is made out.',
  valuesMap: {
    PERSONAL: { description: 'A person; there is no tax number.' },
    COMPANY: { description: 'An enterprise or another body with a unified social credit code.' },
  },
});

/** Why an invoice was not issued; `invoice.rules.ts` has the words. */
export type InvoiceFailure = 'NOTHING_LEFT' | 'REFUSED';

/** The places that seals of an invoice are bound to. */
export const INVOICE_SEALS = {
  title: 'invoice.title',
  taxNumber: 'invoice.tax_number',
  email: 'invoice.email',
} as const;

@ObjectType({ description: 'An invoice (fapiao) of an order, from the request to the file.' })
@Entity()
export class Invoice {
  @Field(() => ID, { description: 'The invoice’s id.' })
  @IdColumn('invoice')
  id: InvoiceId;

  @Field(() => ID, { description: 'Of which order.' })
  @IdColumn('order', { primary: false, update: false })
  orderId: OrderId;

  @IdColumn('user', { primary: false, update: false })
  buyerId: UserId;

  @Field(() => InvoiceStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: InvoiceStatus;

  @Field(() => TitleKind, { description: 'To whom it is made out.' })
  @Column({ type: 'varchar', update: false })
  titleKind: TitleKind;

  @SealedColumn({ nullable: true })
  title: Sealed | null;

  @SealedColumn({ nullable: true })
  taxNumber: Sealed | null;

  @SealedColumn({ nullable: true })
  email: Sealed | null;

  @Field(() => Minor, {
    nullable: true,
    description:
      'What it is about in all, in minor units: its lines and freight. Null until it is ISSUING, and fixed then.',
  })
  @MinorColumn({ nullable: true })
  amountMinor: number | null;

  @Field(() => Minor, { nullable: true, description: 'How much of that is freight; null until it is ISSUING.' })
  @MinorColumn({ nullable: true })
  freightMinor: number | null;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  /** The registered issuer that works on it; null if people do. */
  @Column('varchar', { nullable: true })
  issuer: string | null;

  /** Who of the staff has taken it to issue it. */
  @IdColumn('staff', { primary: false, nullable: true })
  takenById: StaffId | null;

  /** Why the issuer left it to people, in its words. */
  @Column('varchar', { nullable: true })
  problem: string | null;

  @Column('varchar', { nullable: true })
  failure: InvoiceFailure | null;

  /** What whoever did not issue it says to the buyer. */
  @Column('varchar', { nullable: true })
  failureNote: string | null;

  @Field(() => String, { nullable: true, description: 'Its number: 20 digits; null until it is issued.' })
  @Column('char', { nullable: true })
  number: string | null;

  @Field(() => String, { nullable: true, description: 'The day on it, `2026-11-22`; null until it is issued.' })
  @Column('date', { nullable: true })
  issuedOn: string | null;

  /** SHA-256 of the file; its place in the storage follows from it. */
  @Column('binary', { length: 32, nullable: true })
  fileHash: Buffer | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number of the red-letter invoice; null unless it is REVERSED.',
  })
  @Column('char', { nullable: true })
  redNumber: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The day on the red-letter invoice; null unless it is REVERSED.',
  })
  @Column('date', { nullable: true })
  redIssuedOn: string | null;

  @Column('binary', { length: 32, nullable: true })
  redFileHash: Buffer | null;

  /** When it came to where it stands, in business time. */
  @Column('datetime', { precision: 3 })
  movedAt: Date;
}
