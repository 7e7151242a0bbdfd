import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Page, PageArgs } from '#common';
import { BlocksService } from './blocks.service.js';
import { PersonUnblockInput } from './identity.inputs.js';
import { UserBlock, UserBlockConnection } from './user-block.entity.js';
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
}
