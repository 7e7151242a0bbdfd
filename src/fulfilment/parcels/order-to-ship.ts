import assert from 'node:assert/strict';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { UserId } from '#identity';
import type { Order, OrderId } from '#orders';
import { shipBy } from './parcel.rules.js';

@ObjectType({
  description:
    'An order as whoever ships it sees it, with where it goes. It leads to nothing else of the buyer, and stands in a list only until all of it is shipped.',
})
export class OrderToShip {
  @Field(() => ID, { description: 'The order’s id.' })
  readonly id: OrderId;

  @Field(() => Date, { description: 'When it was placed.' })
  readonly placedAt: Date;

  @Field(() => Date, { description: 'Since when it is to be shipped.' })
  readonly toFulfilAt: Date;

  @Field(() => Date, { description: 'Until when it should be shipped: two days later.' })
  readonly shipBy: Date;

  @Field(() => Boolean, { description: 'Whether that is over.' })
  readonly isOverdue: boolean;

  readonly buyerId: UserId;

  constructor({ id, buyerId, placedAt, toFulfilAt }: Order, now: Date) {
    assert(toFulfilAt, `${id} is to be shipped since nobody knows when`);
    this.id = id;
    this.buyerId = buyerId;
    this.placedAt = placedAt;
    this.toFulfilAt = toFulfilAt;
    this.shipBy = shipBy(toFulfilAt);
    this.isOverdue = now >= this.shipBy;
  }
}
