import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { BulkActId } from '#audit';
import type { SkuBatch, SkuId } from '#catalog';
import { type Id, IdColumn } from '#common';

export type RecallId = Id<'recall'>;

@ObjectType({ description: 'A batch of a SKU that is recalled: whoever was sent some of it gets the money back.' })
@Entity()
export class Recall {
  @Field(() => ID, { description: 'The recall’s id.' })
  @IdColumn('recall')
  id: RecallId;

  /** What two of the staff decide about, and by which it is worked off. */
  @IdColumn('bulk', { primary: false, update: false })
  bulkActId: BulkActId;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  @IdColumn('batch', { primary: false, update: false })
  batchId: SkuBatch['id'];

  @Field(() => String, { description: 'The batch’s number.' })
  @Column({ type: 'varchar', update: false })
  batchNumber: string;

  @Field(() => String, { description: 'What is wrong with it; buyers read it.' })
  @Column({ type: 'varchar', update: false })
  reason: string;

  @Field(() => String, { description: 'What buyers are to do with it; they read it.' })
  @Column({ type: 'varchar', update: false })
  advice: string;

  @Field(() => Boolean, { description: 'Whether parcels of which nobody said the batch are left out.' })
  @Column({ type: 'boolean', update: false })
  onlyCertain: boolean;

  @Field(() => Date, { description: 'When it was proposed; of what was shipped later it says nothing.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  proposedAt: Date;
}
