import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { SkuId } from '#catalog';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { UserId } from '#identity';
import type { OfferId } from './offer.entity.js';

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
    FAILED: { description: 'It expired first; every paid seat is refunded.' },
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

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  @IdColumn('user', { primary: false })
  openedById: UserId;

  @Field(() => TeamStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: TeamStatus;

  @Field(() => Int, { description: 'How many buyers make it, fixed when it opened.' })
  @Column({ type: 'int', update: false })
  size: number;

  @Field(() => Minor, { description: 'The price of a unit in minor units, fixed when it opened.' })
  @MinorColumn({ update: false })
  priceMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the price’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Column({ type: 'int', update: false })
  ttlSeconds: number;

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
