import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { IdColumn, Minor, MinorColumn } from '#common';
import type { ImageId } from '#media';
import type { LineId } from '#orders';
import type { AfterSaleId } from './after-sale.entity.js';

@ObjectType({ description: 'Units of a line of the order that a case is about.' })
@Entity()
export class AfterSaleLine {
  @IdColumn('aftersale')
  afterSaleId: AfterSaleId;

  @Field(() => ID, { description: 'Which line of the order.' })
  @IdColumn('line')
  lineId: LineId;

  @Field(() => Int, { description: 'How many units.' })
  @Column({ type: 'int', update: false })
  quantity: number;

  @Field(() => Minor, { description: 'What goes back for them, in minor units.' })
  @MinorColumn()
  amountMinor: number;
}

/** A photo of what is wrong. An image stands in one case only. */
@Entity()
export class AfterSaleImage {
  @IdColumn('image')
  imageId: ImageId;

  @IdColumn('aftersale', { primary: false, update: false })
  afterSaleId: AfterSaleId;

  /** From 1, as the buyer has put them. */
  @Column({ type: 'tinyint', update: false })
  position: number;
}
