import { Args, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { DataSource, LessThan } from 'typeorm';
import { connectionOf, decodeIdCursor, type Load, Loader, type Page, PageArgs, pageOf } from '#common';
import { BuyerFile, lookKey, type LookKey, noteLook } from '#privacy';
import { Seat } from './seat.entity.js';

const SeatConnection = connectionOf(Seat);

/** What teams know of a buyer. */
@Resolver(() => BuyerFile)
export class BuyerFileSeatsResolver {
  constructor(private readonly source: DataSource) {}

  @ResolveField(() => SeatConnection, { description: 'The buyer’s seats in teams, newest first.' })
  async seats(
    @Parent() { buyer }: BuyerFile,
    @Args() { first, after }: PageArgs,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Seat>> {
    await note(lookKey(info, 'TEAMS', buyer.id));
    const last = decodeIdCursor(after, 'seat');
    const where = { buyerId: buyer.id, ...(last && { id: LessThan(last) }) };
    const seats = await this.source.manager.find(Seat, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(seats, first, ({ id }) => [id]);
  }
}
