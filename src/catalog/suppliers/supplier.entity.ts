import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';

export type SupplierId = Id<'supplier'>;

@ObjectType({ description: 'Who sells and ships; a checkout makes one order for each.' })
@Entity()
export class Supplier {
  @Field(() => ID, { description: 'The supplier’s id.' })
  @IdColumn('supplier')
  id: SupplierId;

  @Field(() => String, { description: 'The name buyers see.' })
  @Column('varchar')
  name: string;
}
