import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { UserId } from '#identity';
import { TeamKindName } from './kinds/team-kind-name.js';
import type { OfferId } from './offers/offer.entity.js';

export type TeamId = Id<'team'>;

export const TeamStatus = {
  PENDING: 'PENDING',
  FORMING: 'FORMING',
  FORMED: 'FORMED',
  FAILED: 'FAILED',
  ABORTED: 'ABORTED',
  MERGED: 'MERGED',
  CLOSED: 'CLOSED',
} as const;
export type TeamStatus = keyof typeof TeamStatus;
registerEnumType(TeamStatus, {
  name: 'TeamStatus',
  description: 'How far a team has come.',
  valuesMap: {
    PENDING: { description: 'Its opener has not paid yet; nobody else sees it.' },
    FORMING: { description: 'Its opener has paid; seats are left and it has not expired.' },
    FORMED: { description: 'Every seat is paid for; the orders go to fulfilment.' },
    FAILED: { description: 'It expired first, or everybody left; every paid seat is refunded.' },
    ABORTED: { description: 'Its opener never paid.' },
    MERGED: { description: 'Its members went on in another team.' },
    CLOSED: { description: 'All its orders are finished.' },
  },
});

@ObjectType({ description: 'A Team Purchase: buyers who share one price if enough of them pay before it expires.' })
@Entity()
export class Team {
  @Field(() => ID, { description: 'The team’s id.' })
  @IdColumn('team')
  id: TeamId;

  @IdColumn('offer', { primary: false, update: false })
  offerId: OfferId;

  @Field(() => TeamKindName, { description: 'By which rules it plays.' })
  @Column({ type: 'varchar', update: false })
  kind: TeamKindName;

  /** Which revision of the offer's terms it was opened under: its prices are those of `OfferPrice`. */
  @Column({ type: 'int', update: false })
  revision: number;

  /** Who opened it, or took over as the earliest paid member when the opener left. */
  @IdColumn('user', { primary: false })
  openedById: UserId;

  @Field(() => TeamStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: TeamStatus;

  @Field(() => Int, { description: 'How many buyers make it, fixed when it opened.' })
  @Column({ type: 'int', update: false })
  size: number;

  @Column({ type: 'int', update: false })
  ttlSeconds: number;

  @Field(() => Int, { description: 'How many units one order may have, fixed when it opened.' })
  @Column({ type: 'int', update: false })
  unitsPerOrder: number;

  @Field(() => Int, { description: 'How many units one buyer may have by its offer, fixed when it opened.' })
  @Column({ type: 'int', update: false })
  unitsPerBuyer: number;

  @Field(() => Int, { description: 'Seats that are held or paid: nobody else can have them.' })
  @Column('int')
  seatsLive: number;

  @Field(() => Int, { description: 'Seats that are paid.' })
  @Column('int')
  seatsPaid: number;

  @Field(() => Date, { description: 'When it was opened.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  openedAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it fails unless it is full; known once its opener has paid.',
  })
  @Column('datetime', { precision: 3, nullable: true })
  expiresAt: Date | null;
}
