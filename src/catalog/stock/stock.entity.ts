import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { SkuId } from '../products/sku.entity.js';

@ObjectType({ description: 'How much of a SKU there is.' })
@Entity()
export class Stock {
  @IdColumn('sku')
  skuId: SkuId;

  @Field(() => Int, { description: 'Units that can be bought now.' })
  @Column('int')
  onHand: number;

  /** Held for unpaid orders and for teams that are still forming. */
  @Column('int')
  reserved: number;

  @Column('int')
  sold: number;
}

export type AllotmentId = Id<'allotment'>;

/** A part of a SKU's stock that one use may take, and no more. */
@Entity()
export class Allotment {
  @IdColumn('allotment')
  id: AllotmentId;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  @Column('int')
  unitsMax: number;

  @Column('int')
  unitsTaken: number;
}
