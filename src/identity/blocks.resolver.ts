import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, type Page, PageArgs } from '#common';
import { BlocksService } from './blocks.service.js';
import { PersonUnblockInput } from './identity.inputs.js';
import { maskedNameOf } from './name.loaders.js';
import { UserBlock, UserBlockConnection } from './user-block.entity.js';
import type { UserId } from './user.entity.js';
import { Allow, CurrentViewer, type Viewer } from './viewer.js';

@Resolver(() => UserBlock)
export class BlocksResolver {
  constructor(private readonly blocks: BlocksService) {}

  @Allow('BUYER')
  @Query(() => UserBlockConnection, { description: 'Whom one has blocked, the newest block first.' })
  blockedPeople(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Page<UserBlock>> {
    return this.blocks.blockedBy(viewer.id, page);
  }

  @Allow('BUYER')
  @Mutation(() => Boolean, {
    description: 'Take a block back. True if it stood until now, false if it had been taken back before.',
  })
  personUnblock(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which block.' }) { blockId }: PersonUnblockInput,
  ): Promise<boolean> {
    return this.blocks.lift(viewer.id, blockId);
  }

  @ResolveField(() => String, { description: 'The name of who is blocked, masked as everywhere.' })
  maskedName(@Parent() { blockedId }: UserBlock, @Loader(maskedNameOf) load: Load<UserId, string>): Promise<string> {
    return load(blockedId);
  }
}
