import { Field, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn } from '#common';
import { type InvoiceId, InvoiceStatus } from './invoice.entity.js';

/** An invoice comes to each status once at most. */
@ObjectType({ description: 'When an invoice came to a status.' })
@Entity()
export class InvoiceStep {
  @IdColumn('invoice')
  invoiceId: InvoiceId;

  @Field(() => InvoiceStatus, { description: 'Which status.' })
  @PrimaryColumn('varchar')
  status: InvoiceStatus;

  @Field(() => Date, { description: 'When it came to it.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  reachedAt: Date;
}
