import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import { IdPipe, notFound } from '#common';
import { Allow, MaybeViewer, type Viewer } from '#identity';
import type { TeamId } from '../team.entity.js';
import { TeamChange } from './team-change.js';
import { TeamWatch } from './team-watch.js';
import type { TeamWatcher } from './team-watcher.js';

@Resolver(() => TeamChange)
export class TeamChangesResolver {
  constructor(private readonly watch: TeamWatch) {}

  @Allow('ANYONE')
  @Subscription(() => TeamChange, {
    description:
      'How a team stands, at once and again when somebody joins, pays or leaves; it completes when the team has formed or failed. NOT_FOUND where `team` is null.',
  })
  async teamChanged(
    @Args('teamId', { type: () => ID, description: 'Which team.' }, new IdPipe('team')) teamId: TeamId,
    @MaybeViewer() viewer: Viewer | null,
  ): Promise<TeamWatcher> {
    const watcher = await this.watch.watch(teamId, viewer?.id ?? null);
    if (!watcher) throw notFound('teamId');
    return watcher;
  }
}
