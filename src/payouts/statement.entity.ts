import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { SupplierId } from '#catalog';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';

export type StatementId = Id<'statement'>;

@ObjectType({
  description:
    'What a supplier was owed at the beginning and at the end of a month, and why it changed. Never changed once it is closed.',
})
@Entity()
export class SupplierStatement {
  @Field(() => ID, { description: 'The statement’s id.' })
  @IdColumn('statement')
  id: StatementId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => Date, { description: 'When the month began in the shop’s time zone.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  startsAt: Date;

  @Field(() => Date, { description: 'When it was over; what was booked then is in the next statement.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  endsAt: Date;

  @Field(() => Minor, { description: 'What was owed at the beginning, in minor units; negative if the supplier owed.' })
  @MinorColumn({ update: false })
  openingMinor: number;

  @Field(() => Minor, { description: 'What completed orders brought, in minor units.' })
  @MinorColumn({ update: false })
  settledMinor: number;

  @Field(() => Minor, { description: 'What went back to buyers of settled orders, in minor units.' })
  @MinorColumn({ update: false })
  returnedMinor: number;

  @Field(() => Minor, { description: 'What was set aside to be paid out, less what was cancelled, in minor units.' })
  @MinorColumn({ update: false })
  paidMinor: number;

  @Field(() => Minor, {
    description: 'What was owed at the end, in minor units: `openingMinor + settledMinor - returnedMinor - paidMinor`.',
  })
  @MinorColumn({ update: false })
  closingMinor: number;

  @Field(() => Int, { description: 'How many entries it sums.' })
  @Column({ type: 'int', update: false })
  entries: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Date, { description: 'When it was closed.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  closedAt: Date;
}
