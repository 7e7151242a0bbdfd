import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader } from '#common';
import { UserBlock, type UserId } from '#identity';
import { shownNameOf } from './profile.loaders.js';

/** `identity` does not know who agrees to be shown, so privacy adds the field. */
@Resolver(() => UserBlock)
export class BlockedNamesResolver {
  @ResolveField(() => String, { description: 'The name of who is blocked, as everybody sees it.' })
  maskedName(@Parent() { blockedId }: UserBlock, @Loader(shownNameOf) load: Load<UserId, string>): Promise<string> {
    return load(blockedId);
  }
}
