import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, RefusalsAsResults } from '#common';
import { UserChangeInput } from './identity.inputs.js';
import { UserDisableResult } from './identity.refusals.js';
import { PeopleService } from './people.service.js';
import { Role } from './role.js';
import { rolesOfUser } from './role.loaders.js';
import { User, type UserId } from './user.entity.js';
import { Allow, CurrentViewer, type Viewer } from './viewer.js';

@Resolver(() => User)
@UseInterceptors(RefusalsAsResults)
export class PeopleResolver {
  constructor(private readonly people: PeopleService) {}

  @Allow('BUYER')
  @Query(() => User, { description: 'Who is logged in.' })
  me(@CurrentViewer() viewer: Viewer): Promise<User> {
    return this.people.user(viewer.id);
  }

  @Allow('OPERATOR')
  @Mutation(() => UserDisableResult, {
    description: 'Shut somebody out at once, on every phone. What was bought stays owed.',
  })
  userDisable(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Whom, and why.' }) input: UserChangeInput,
  ): Promise<User> {
    return this.people.disable(input, viewer.id);
  }

  @Allow('OPERATOR')
  @Mutation(() => User, { description: 'Let somebody in again, who must then log in anew.' })
  userEnable(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Whom, and why.' }) input: UserChangeInput,
  ): Promise<User> {
    return this.people.enable(input, viewer.id);
  }

  @ResolveField(() => [Role], { description: 'What the person may do.' })
  roles(@Parent() { id }: User, @Loader(rolesOfUser) load: Load<UserId, Role[]>): Promise<Role[]> {
    return load(id);
  }
}
