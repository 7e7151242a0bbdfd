import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { UserId } from '#identity';
import type { OrderId } from '#orders';
import type { OfferId } from './offers/offer.entity.js';
import type { TeamId } from './team.entity.js';

export type SeatId = Id<'seat'>;

export const SeatStatus = {
  HELD: 'HELD',
  PAID: 'PAID',
  CONFIRMED: 'CONFIRMED',
  RELEASED: 'RELEASED',
  REFUNDING: 'REFUNDING',
  REFUNDED: 'REFUNDED',
  REFUNDED_AFTER: 'REFUNDED_AFTER',
} as const;
export type SeatStatus = keyof typeof SeatStatus;
registerEnumType(SeatStatus, {
  name: 'SeatStatus',
  description: 'How far a seat has come.',
  valuesMap: {
    HELD: { description: 'Kept free while its buyer pays.' },
    PAID: { description: 'Paid; it waits for the others.' },
    CONFIRMED: { description: 'The team is formed.' },
    RELEASED: { description: 'It was not paid in time, or cancelled.' },
    REFUNDING: { description: 'Its buyer left, or the team failed; its money is on the way back.' },
    REFUNDED: { description: 'Its money is back.' },
    REFUNDED_AFTER: { description: 'The team formed; its money went back later. The team stays formed.' },
  },
});

@ObjectType({ description: 'One buyer’s place in a team.' })
@Entity()
export class Seat {
  @Field(() => ID, { description: 'The seat’s id.' })
  @IdColumn('seat')
  id: SeatId;

  @IdColumn('team', { primary: false, update: false })
  teamId: TeamId;

  @IdColumn('offer', { primary: false, update: false })
  offerId: OfferId;

  @IdColumn('user', { primary: false, update: false })
  buyerId: UserId;

  @IdColumn('order', { primary: false, update: false })
  orderId: OrderId;

  @Field(() => SeatStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: SeatStatus;

  @Field(() => Int, { description: 'How many units its buyer takes.' })
  @Column({ type: 'int', update: false })
  quantity: number;

  @Field(() => Date, { description: 'Until when its buyer can pay.' })
  @Column('datetime', { precision: 3 })
  heldUntil: Date;

  @Field(() => Date, { nullable: true, description: 'When its payment was counted; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  paidAt: Date | null;
}
