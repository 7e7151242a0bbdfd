import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { SkuId } from '../products/sku.entity.js';

export type StockWarningId = Id<'stock_warning'>;

@ObjectType({ description: 'A SKU of which little is left, since some moment and until it is stocked up again.' })
@Entity()
export class StockWarning {
  @Field(() => ID, { description: 'The warning’s id.' })
  @IdColumn('stock_warning')
  id: StockWarningId;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  @Field(() => Date, { description: 'Since when; the clock looks once a minute.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  since: Date;

  @Field(() => Int, { description: 'The fewest units on hand that were seen since.' })
  @Column('int')
  lowestUnits: number;

  @Field(() => Date, { nullable: true, description: 'Until when; null while it stands.' })
  @Column('datetime', { precision: 3, nullable: true })
  endedAt: Date | null;
}
