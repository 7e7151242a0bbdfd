import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, businessNow, type Load, Loader, Refusal } from '#common';
import { MaybeViewer, type UserId, type Viewer } from '#identity';
import { shownNameOf } from '#privacy';
import { whyNotJoin, whyNotLeave } from './button.rules.js';
import { Offer, type OfferId } from '../offers/offer.entity.js';
import { OfferPrice } from '../offers/offer-price.entity.js';
import { Seat } from '../seat.entity.js';
import type { StandingInTeam } from './standing.js';
import { Team, type TeamId } from '../team.entity.js';
import {
  JOINABLE_SHOWN,
  joinableTeamsOfOffer,
  lastOwnSeatInTeam,
  liveSeatsOfTeam,
  offerById,
  pricesOfRevision,
  type RevisionKey,
  standingInTeam,
} from '../team.loaders.js';
import { TeamMember } from './team-member.js';
import { TeamPage } from './team-page.js';

/** What a team shows beyond its own columns. */
@Resolver(() => Team)
export class TeamFieldsResolver {
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
      buyerId,
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

  @ResolveField(() => Refusal, {
    nullable: true,
    description: 'Why one cannot join it now: what `teamJoin` would answer; null if it would give a seat.',
  })
  async whyNotJoin(
    @Parent() team: Team,
    @Loader(standingInTeam) standingOf: Load<TeamId, StandingInTeam>,
    @Loader(businessNow) read: Load<'now', Date>,
    @Context() { language }: ApiContext,
  ): Promise<Refusal | null> {
    const [standing, now] = await Promise.all([standingOf(team.id), read('now')]);
    return whyNotJoin(team, standing, now)?.speak(language) ?? null;
  }

  @ResolveField(() => Refusal, {
    nullable: true,
    description: 'Why one cannot leave it now: what `teamLeave` would answer; null if one can, or is not in it.',
  })
  async whyNotLeave(
    @Parent() team: Team,
    @Loader(standingInTeam) standingOf: Load<TeamId, StandingInTeam>,
    @Context() { language }: ApiContext,
  ): Promise<Refusal | null> {
    return whyNotLeave(team, await standingOf(team.id))?.speak(language) ?? null;
  }
}

@Resolver(() => TeamMember)
export class TeamMemberResolver {
  @ResolveField(() => String, {
    description:
      'Their name with all but its ends hidden, if they agree to that; otherwise a word that is the same for all.',
  })
  name(@Parent() { buyerId }: TeamMember, @Loader(shownNameOf) load: Load<UserId, string>): Promise<string> {
    return load(buyerId);
  }
}

@Resolver(() => TeamPage)
export class TeamPageResolver {
  @ResolveField(() => Seat, {
    nullable: true,
    description: 'One’s newest seat in it, whatever became of it: `team.mySeat` shows it only while it is live.',
  })
  myLastSeat(
    @Parent() { team }: TeamPage,
    @Loader(lastOwnSeatInTeam) load: Load<TeamId, Seat | null>,
  ): Promise<Seat | null> {
    return load(team.id);
  }

  @ResolveField(() => [Team], {
    description: 'Up to five other teams of the same offer that one can join now, nearest to full first.',
  })
  async otherTeams(
    @Parent() { team }: TeamPage,
    @Loader(joinableTeamsOfOffer) load: Load<OfferId, Team[]>,
  ): Promise<Team[]> {
    const teams = await load(team.offerId);
    return teams.filter(({ id }) => id !== team.id).slice(0, JOINABLE_SHOWN);
  }
}
