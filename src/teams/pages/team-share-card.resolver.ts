import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Id, type Load, Loader } from '#common';
import { cardOf, ownSceneOfTarget, ShareCard, type ShareSubject } from '#sharing';
import { Team, type TeamId } from '../team.entity.js';
import { subjectOfTeam, TeamShareTarget } from './team.share-target.js';

@Resolver(() => Team)
export class TeamShareCardResolver {
  constructor(private readonly target: TeamShareTarget) {}

  @ResolveField(() => ShareCard, {
    nullable: true,
    description:
      'What a chat shows of it; with one’s own scene, if `shareSceneCreate` was asked for one before. Null until its opener has paid.',
  })
  async shareCard(
    @Parent() { id }: Team,
    @Loader(subjectOfTeam) describe: Load<TeamId, ShareSubject | null>,
    @Loader(ownSceneOfTarget) sceneOf: Load<Id, string | null>,
    @Context() { language }: ApiContext,
  ): Promise<ShareCard | null> {
    const [subject, scene] = await Promise.all([describe(id), sceneOf(id)]);
    return subject && cardOf(this.target, id, subject, { scene, language });
  }
}
