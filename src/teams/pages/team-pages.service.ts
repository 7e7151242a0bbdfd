import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BusinessTime, decodeCursor, foreignCursor, isId, notFound, type Page, type PageArgs, pageOf } from '#common';
import { BlocksService, type UserBlock, type UserId } from '#identity';
import { Offer, type OfferId } from '../offers/offer.entity.js';
import { Team, type TeamId } from '../team.entity.js';
import { joinableKey, joinableTeams } from './team.queries.js';
import { isVisibleTo } from '../team.rules.js';

/** What pages show of offers and teams. */
@Injectable()
export class TeamPagesService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly blocks: BlocksService,
  ) {}

  now(): Promise<Date> {
    return this.businessTime.read(this.source.manager);
  }

  offer(id: OfferId): Promise<Offer | null> {
    return this.source.manager.findOneBy(Offer, { id });
  }

  /** A team; but one whose opener has not paid is seen by nobody else. */
  async team(id: TeamId, viewerId: UserId | null): Promise<Team | null> {
    const team = await this.source.manager.findOneBy(Team, { id });
    return team && isVisibleTo(team, viewerId) ? team : null;
  }

  /**
   * Keeps the viewer and whoever a team belongs to apart; asking again gives the same block.
   *
   * @throws RequestError if the viewer sees no such team; Refused with CannotBlockOneself or TooManyBlocks
   */
  async blockOpener(id: TeamId, viewerId: UserId): Promise<UserBlock> {
    const team = await this.team(id, viewerId);
    if (!team) throw notFound('input.teamId');
    return this.blocks.block(viewerId, team.openedById);
  }

  /** Teams of an offer that the viewer could join now, nearest to full first. */
  async joinable(offerId: OfferId, viewerId: UserId | null, { first, after }: PageArgs): Promise<Page<Team>> {
    const cursor = decodeCursor(after, [0, 'team_'] as [number, string]);
    const [paid = 0, id] = cursor ?? [];
    if (id !== undefined && !isId('team', id)) throw foreignCursor();
    const teams = await joinableTeams(
      this.source.manager,
      offerId,
      { viewerId, now: await this.now() },
      first + 1,
      id === undefined ? null : [paid, id],
    );
    return pageOf(teams, first, joinableKey);
  }
}
