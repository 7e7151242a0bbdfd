import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, IdColumn, Minor, MinorColumn } from '#common';
import type { LineId } from '#orders';
import type { InvoiceId } from './invoice.entity.js';

/** Written when issuing begins, and never changed: the database refuses to. */
@ObjectType({ description: 'What an invoice says of one line of the order.' })
@Entity()
export class InvoiceLine {
  @IdColumn('invoice')
  invoiceId: InvoiceId;

  @Field(() => ID, { description: 'Which line of the order.' })
  @IdColumn('line')
  lineId: LineId;

  @Field(() => String, { description: 'What was bought, as it was called then.' })
  @Column({ type: 'varchar', update: false })
  title: string;

  @Field(() => Int, { description: 'How many units.' })
  @Column({ type: 'int', update: false })
  quantity: number;

  @Field(() => Minor, { description: 'The price of a unit, in minor units.' })
  @MinorColumn({ update: false })
  unitPriceMinor: number;

  @Field(() => Minor, {
    description: 'What is invoiced of it, in minor units; what it is below quantity times unit price is a discount.',
  })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Column({ type: 'char', update: false })
  currency: Currency;
}
