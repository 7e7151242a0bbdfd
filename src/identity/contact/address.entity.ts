import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn, type Sealed, SealedColumn } from '#common';
import type { UserId } from '../user.entity.js';

export type AddressId = Id<'address'>;

/** The places that seals of an address are bound to. */
export const ADDRESS_SEALS = { contents: 'address.contents' } as const;

@ObjectType({ description: 'An address of one’s own address book.' })
@Entity()
export class Address {
  @Field(() => ID, { description: 'The address’s id.' })
  @IdColumn('address')
  id: AddressId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  /** Everything that it says, as one value; null once it is removed. */
  @SealedColumn({ nullable: true })
  contents: Sealed | null;

  @Field(() => Boolean, {
    description: 'Whether it is the one that is offered first. Of some addresses exactly one is.',
  })
  @Column('boolean')
  isDefault: boolean;

  /** A removed address says nothing any more, but is remembered for a while, so that the phone may ask again. */
  @Column('datetime', { precision: 3, nullable: true })
  removedAt: Date | null;
}
