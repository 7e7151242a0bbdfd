import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn, type Sealed, SealedColumn } from '#common';
import type { SkuBatchId } from '#catalog';
import type { StaffId } from '#identity';
import type { LineId, OrderId } from '#orders';

export type ParcelId = Id<'parcel'>;

/** The places that seals of a parcel are bound to. */
export const PARCEL_SEALS = {
  trackingNumber: 'parcel.tracking_number',
  trackingIndex: 'parcel.tracking_index',
} as const;

@ObjectType({ description: 'Goods of one order that were handed to a carrier together.' })
@Entity()
export class Parcel {
  @Field(() => ID, { description: 'The parcel’s id.' })
  @IdColumn('parcel')
  id: ParcelId;

  @IdColumn('order', { primary: false, update: false })
  orderId: OrderId;

  /** WeChat's id of who brings it. */
  @Column('varchar')
  carrier: string;

  /** Tells whoever asks the carrier where somebody lives; null once nobody needs it any more. */
  @SealedColumn({ nullable: true })
  trackingNumber: Sealed | null;

  /** No carrier gives a number twice. */
  @Column('binary', { length: 32, nullable: true })
  trackingIndex: Buffer | null;

  @IdColumn('staff', { primary: false, update: false })
  shippedById: StaffId;

  @Field(() => Date, { description: 'When it was handed to the carrier.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  shippedAt: Date;

  @IdColumn('staff', { primary: false, nullable: true })
  deliveredById: StaffId | null;

  @Field(() => Date, { nullable: true, description: 'When it was handed over, as the shop was told; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  deliveredAt: Date | null;
}

@ObjectType({ description: 'How much of a line of the order is in a parcel.' })
@Entity()
export class ParcelLine {
  @IdColumn('parcel')
  parcelId: ParcelId;

  @Field(() => ID, { description: 'Which line of the order.' })
  @IdColumn('line')
  lineId: LineId;

  @Field(() => Int, { description: 'How many units.' })
  @Column({ type: 'int', update: false })
  quantity: number;

  /** The batch of all of them; null if nobody said. */
  @IdColumn('batch', { primary: false, nullable: true, update: false })
  batchId: SkuBatchId | null;
}
