import { Field, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type Actor, type Currency, IdColumn, Minor, MinorColumn } from '#common';
import type { SkuId } from '../products/sku.entity.js';

/** A price that a SKU has had, or has: the newest row is the price now. The database refuses to change or delete it. */
@ObjectType({ description: 'A price that a SKU has had, or has.' })
@Entity()
export class SkuPrice {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  @Field(() => Minor, { description: 'What a unit cost alone, in minor units.' })
  @MinorColumn({ update: false })
  priceMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the price’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Date, { description: 'Since when.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  setAt: Date;

  @Column({ type: 'varchar', update: false })
  setBy: Actor;

  @Column({ type: 'varchar', update: false })
  reason: string;
}
