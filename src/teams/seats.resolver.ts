import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader } from '#common';
import { Order, orderById, type OrderId } from '#orders';
import { Seat } from './seat.entity.js';
import { Team, type TeamId } from './team.entity.js';
import { seatOfOrder, teamById } from './team.loaders.js';

/** Seats lead to orders, so nobody gets to see one but its buyer, and operators by the refund of its order. */
@Resolver(() => Seat)
export class SeatResolver {
  @ResolveField(() => Team, { description: 'The team it is a place in.' })
  team(@Parent() { teamId }: Seat, @Loader(teamById) load: Load<TeamId, Team>): Promise<Team> {
    return load(teamId);
  }

  @ResolveField(() => Order, { description: 'The order that pays for it.' })
  order(@Parent() { orderId }: Seat, @Loader(orderById) load: Load<OrderId, Order>): Promise<Order> {
    return load(orderId);
  }
}

/** `orders` does not know teams, so teams adds the field. */
@Resolver(() => Order)
export class OrderSeatResolver {
  @ResolveField(() => Seat, { nullable: true, description: 'The seat this order pays for, if it was a Team Purchase.' })
  seat(@Parent() { id }: Order, @Loader(seatOfOrder) load: Load<OrderId, Seat | null>): Promise<Seat | null> {
    return load(id);
  }
}
