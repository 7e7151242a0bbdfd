import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { AllotmentId, ProductId, SkuId } from '#catalog';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';

export type OfferId = Id<'offer'>;

@ObjectType({ description: 'A SKU that can be bought cheaper by a team.' })
@Entity()
export class Offer {
  @Field(() => ID, { description: 'The offer’s id.' })
  @IdColumn('offer')
  id: OfferId;

  @IdColumn('product', { primary: false, update: false })
  productId: ProductId;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  /** The share of the SKU's stock that its teams may take. */
  @IdColumn('allotment', { primary: false, update: false })
  allotmentId: AllotmentId;

  @Field(() => Int, { description: 'How many buyers make a team, 2 to 100.' })
  @Column('int')
  size: number;

  @Field(() => Minor, { description: 'The team price of a unit, in minor units.' })
  @MinorColumn()
  priceMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the price’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Int, {
    description: 'How long a team may take to fill, in seconds, from the moment its opener has paid.',
  })
  @Column('int')
  ttlSeconds: number;

  @Field(() => Int, { description: 'How many units one buyer may hold or have bought by this offer.' })
  @Column('int')
  unitsPerBuyer: number;

  @Field(() => Date, { description: 'When teams can first be opened.' })
  @Column('datetime', { precision: 3 })
  startsAt: Date;

  @Field(() => Date, { description: 'When no team can be opened any more; those that form go on.' })
  @Column('datetime', { precision: 3 })
  endsAt: Date;
}
