import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, MaybeViewer, type Viewer } from '#identity';
import { Order, orderById, type OrderId } from '#orders';
import { Offer, type OfferId } from './offer.entity.js';
import { OfferPrice } from './offer-price.entity.js';
import { LeavingService } from './leaving.service.js';
import { Seat } from './seat.entity.js';
import { SeatingService } from './seating.service.js';
import { Team, type TeamId } from './team.entity.js';
import { TeamJoinInput, TeamLeaveInput, TeamOpenInput } from './team.inputs.js';
import {
  liveSeatsOfTeam,
  offerById,
  pricesOfRevision,
  type RevisionKey,
  seatOfOrder,
  teamById,
} from './team.loaders.js';
import { TeamMember } from './team-member.js';
import { TeamPagesService } from './team-pages.service.js';
import { TeamJoinResult, TeamLeaveResult, TeamOpenResult } from './team.refusals.js';

const TeamConnection = connectionOf(Team);

@Resolver(() => Team)
@UseInterceptors(RefusalsAsResults)
export class TeamsResolver {
  constructor(
    private readonly seating: SeatingService,
    private readonly leaving: LeavingService,
    private readonly pages: TeamPagesService,
  ) {}

  @Allow('ANYONE')
  @Query(() => Date, { description: 'The shop’s time now: what countdowns count from.' })
  serverTime(): Promise<Date> {
    return this.pages.now();
  }

  @Allow('ANYONE')
  @Query(() => Team, {
    nullable: true,
    description: 'One team; null if there is none with this id, or its opener has not paid yet and is somebody else.',
  })
  team(
    @Args('id', { type: () => ID, description: 'The team’s id.' }, new IdPipe('team')) id: TeamId,
    @MaybeViewer() viewer: Viewer | null,
  ): Promise<Team | null> {
    return this.pages.team(id, viewer?.id ?? null);
  }

  @Allow('ANYONE')
  @Query(() => TeamConnection, { description: 'Teams of an offer that can be joined now, nearest to full first.' })
  teams(
    @Args('offerId', { type: () => ID, description: 'Which offer.' }, new IdPipe('offer')) offerId: OfferId,
    @Args() page: PageArgs,
  ): Promise<Page<Team>> {
    return this.pages.joinable(offerId, page);
  }

  @Allow('BUYER')
  @Mutation(() => TeamOpenResult, {
    description: 'Open a team: take its first seat and get an unpaid order at the team price.',
  })
  teamOpen(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which offer, and how many units.' }) input: TeamOpenInput,
  ): Promise<Seat> {
    return this.seating.open(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => TeamJoinResult, {
    description: 'Join a team: take a seat and get an unpaid order at the team price.',
  })
  teamJoin(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which team, and how many units.' }) input: TeamJoinInput,
  ): Promise<Seat> {
    return this.seating.join(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => TeamLeaveResult, {
    description:
      'Leave a team before it forms, and get the money back. When the opener leaves, the earliest paid member takes over.',
  })
  teamLeave(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which seat to give up.' }) input: TeamLeaveInput,
  ): Promise<Seat> {
    return this.leaving.leave(viewer.id, input);
  }

  @ResolveField(() => Offer, { description: 'The offer it was opened by, as it is today.' })
  offer(@Parent() { offerId }: Team, @Loader(offerById) load: Load<OfferId, Offer>): Promise<Offer> {
    return load(offerId);
  }

  @ResolveField(() => [OfferPrice], { description: 'What its members pay, for each SKU; fixed when it opened.' })
  prices(
    @Parent() { offerId, revision }: Team,
    @Loader(pricesOfRevision) load: Load<RevisionKey, OfferPrice[]>,
  ): Promise<OfferPrice[]> {
    return load(`${offerId}@${revision}`);
  }

  @ResolveField(() => [TeamMember], { description: 'Who is in it or about to be, in order of arrival.' })
  async members(
    @Parent() team: Team,
    @Loader(liveSeatsOfTeam) load: Load<TeamId, Seat[]>,
    @MaybeViewer() viewer: Viewer | null,
  ): Promise<TeamMember[]> {
    const seats = await load(team.id);
    return seats.map(({ buyerId, status }) => ({
      isOpener: buyerId === team.openedById,
      isPaid: status !== 'HELD',
      isYou: buyerId === viewer?.id,
    }));
  }

  @ResolveField(() => Seat, { nullable: true, description: 'One’s own live seat in it.' })
  async mySeat(
    @Parent() { id }: Team,
    @Loader(liveSeatsOfTeam) load: Load<TeamId, Seat[]>,
    @MaybeViewer() viewer: Viewer | null,
  ): Promise<Seat | null> {
    const seats = await load(id);
    return seats.find(({ buyerId }) => buyerId === viewer?.id) ?? null;
  }
}

/** Seats lead to orders, so nobody gets to see one but its buyer. */
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
