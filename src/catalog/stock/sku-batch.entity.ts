import { Field, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { SkuId } from '../products/sku.entity.js';

export type SkuBatchId = Id<'batch'>;

@ObjectType({ description: 'Units of a SKU that were made together.' })
@Entity()
export class SkuBatch {
  @IdColumn('batch')
  id: SkuBatchId;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  @Field(() => String, { description: 'Its number as it is printed on the goods, in capital letters.' })
  @Column({ type: 'varchar', update: false })
  number: string;

  @Field(() => String, {
    nullable: true,
    description: 'The day on which it was made, `2026-11-22`; null if nobody said.',
  })
  @Column('date', { nullable: true })
  producedOn: string | null;

  @Field(() => String, { nullable: true, description: 'The last day on which it is good; null if nobody said.' })
  @Column('date', { nullable: true })
  expiresOn: string | null;

  @Field(() => Date, { description: 'When the first of it came in.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  receivedAt: Date;
}
