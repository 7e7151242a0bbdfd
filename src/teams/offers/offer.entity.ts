import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { ProductId } from '#catalog';
import { type Id, IdColumn } from '#common';
import { TeamKindName } from '../kinds/team-kind-name.js';

export type OfferId = Id<'offer'>;

/**
 * The terms on which teams are opened. A team keeps those of its day, so a change concerns later teams only.
 * What a SKU costs is in `OfferPrice`, for each revision of the terms.
 */
@ObjectType({ description: 'A product that a team buys cheaper.' })
@Entity()
export class Offer {
  @Field(() => ID, { description: 'The offer’s id.' })
  @IdColumn('offer')
  id: OfferId;

  @IdColumn('product', { primary: false, update: false })
  productId: ProductId;

  @Field(() => TeamKindName, { description: 'By which rules its teams play.' })
  @Column({ type: 'varchar', update: false })
  kind: TeamKindName;

  /** Which version of the terms holds for teams that are opened now; counts from 1. */
  @Column('int')
  revision: number;

  @Field(() => Int, { description: 'How many buyers make a team, 2 to 100.' })
  @Column('int')
  size: number;

  @Field(() => Int, {
    description: 'How long a team may take to fill, in seconds, from the moment its opener has paid.',
  })
  @Column('int')
  ttlSeconds: number;

  @Field(() => Int, { description: 'How many units one order may have.' })
  @Column('int')
  unitsPerOrder: number;

  @Field(() => Int, { description: 'How many units one buyer may hold or have bought by this offer.' })
  @Column('int')
  unitsPerBuyer: number;

  @Field(() => Date, { description: 'When teams can first be opened.' })
  @Column('datetime', { precision: 3 })
  startsAt: Date;

  @Field(() => Date, { description: 'When no team can be opened any more; those that form go on.' })
  @Column('datetime', { precision: 3 })
  endsAt: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'Since when the shop has stopped it: nobody opens or joins a team of it. Paid seats and payments under way go on.',
  })
  @Column('datetime', { precision: 3, nullable: true })
  frozenAt: Date | null;
}
