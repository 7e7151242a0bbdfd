import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProfileUpdateInput } from './identity.inputs.js';
import { ProfilesService } from './profiles.service.js';
import { User } from './user.entity.js';
import { Allow, type Caller, CurrentViewer, MaybeCaller, type Viewer } from './viewer.js';

@Resolver(() => User)
export class ProfilesResolver {
  constructor(private readonly profiles: ProfilesService) {}

  @Allow('BUYER')
  @Mutation(() => User, { description: 'Change what the shop knows about oneself. Repeating it changes nothing.' })
  profileUpdate(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What to change.' }) input: ProfileUpdateInput,
  ): Promise<User> {
    return this.profiles.update(viewer.id, input);
  }

  /** Whoever has no token yet gets a person only as the answer to their own login; a test keeps it that way. */
  @ResolveField(() => String, {
    nullable: true,
    description: 'One’s own name, in full; null if one has given none. Nobody else’s is ever told.',
  })
  nickname(@Parent() user: User, @MaybeCaller() caller: Caller | null): string | null {
    const isOneself = caller === null || caller.id === user.id;
    return isOneself ? this.profiles.nicknameOf(user) : null;
  }
}
