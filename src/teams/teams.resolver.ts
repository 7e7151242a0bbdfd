import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { businessNow, connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, MaybeViewer, type UserBlock, type Viewer } from '#identity';
import { LeavingService } from './leaving.service.js';
import type { OfferId } from './offers/offer.entity.js';
import type { Seat } from './seat.entity.js';
import { SeatingService } from './seating.service.js';
import { Team, type TeamId } from './team.entity.js';
import { TeamJoinInput, TeamLeaveInput, TeamOpenerBlockInput, TeamOpenInput } from './team.inputs.js';
import { TeamPage } from './pages/team-page.js';
import { TeamPagesService } from './pages/team-pages.service.js';
import { TeamJoinResult, TeamLeaveResult, TeamOpenerBlockResult, TeamOpenResult } from './team.refusals.js';

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
  @Query(() => TeamPage, {
    nullable: true,
    description: 'All that the page of a team shows, in one query; null where `team` is.',
  })
  async teamPage(
    @Args('id', { type: () => ID, description: 'The team’s id.' }, new IdPipe('team')) id: TeamId,
    @MaybeViewer() viewer: Viewer | null,
    @Loader(businessNow) read: Load<'now', Date>,
  ): Promise<TeamPage | null> {
    const team = await this.pages.team(id, viewer?.id ?? null);
    return team && new TeamPage(team, await read('now'));
  }

  @Allow('ANYONE')
  @Query(() => TeamConnection, {
    description:
      'Teams of an offer that one can join now, nearest to full first; those in which one has a seat already are left out.',
  })
  teams(
    @Args('offerId', { type: () => ID, description: 'Which offer.' }, new IdPipe('offer')) offerId: OfferId,
    @Args() page: PageArgs,
    @MaybeViewer() viewer: Viewer | null,
  ): Promise<Page<Team>> {
    return this.pages.joinable(offerId, viewer?.id ?? null, page);
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
  @Mutation(() => TeamOpenerBlockResult, {
    description:
      'Not meet whoever a team belongs to any more: their teams and one’s own are left out of each other’s lists. They are not told.',
  })
  teamOpenerBlock(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Whose team.' }) { teamId }: TeamOpenerBlockInput,
  ): Promise<UserBlock> {
    return this.pages.blockOpener(teamId, viewer.id);
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
}
