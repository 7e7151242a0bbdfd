import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { SupplierId } from '#catalog';
import { type Id, IdColumn } from '#common';

export type SupplierRateId = Id<'rate'>;

@ObjectType({
  description: 'What commission the shop takes of a supplier’s goods that are ordered from a time on, until the next.',
})
@Entity()
export class SupplierRate {
  @Field(() => ID, { description: 'The rate’s id.' })
  @IdColumn('rate')
  id: SupplierRateId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => Int, { description: 'The commission, in basis points of the goods.' })
  @Column({ type: 'smallint', update: false })
  commissionBps: number;

  @Field(() => Date, { description: 'Since when, or from when, it holds for what is ordered.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  validFrom: Date;
}
