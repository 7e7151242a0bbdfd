import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { UserChangeInput } from './identity.inputs.js';
import { PeopleService } from './people.service.js';
import { User } from './user.entity.js';
import { Allow, CurrentStaff, CurrentViewer, type StaffViewer, type Viewer } from './viewer.js';

@Resolver(() => User)
export class PeopleResolver {
  constructor(private readonly people: PeopleService) {}

  @Allow('BUYER')
  @Query(() => User, { description: 'Who is logged in.' })
  me(@CurrentViewer() viewer: Viewer): Promise<User> {
    return this.people.user(viewer.id);
  }

  @Allow('ADMIN')
  @Mutation(() => User, {
    description: 'Shut somebody out at once, on every phone. What was bought stays owed. For ADMIN.',
  })
  userDisable(
    @CurrentStaff() viewer: StaffViewer,
    @Args('input', { description: 'Whom, and why.' }) input: UserChangeInput,
  ): Promise<User> {
    return this.people.disable(input, viewer.id);
  }

  @Allow('ADMIN')
  @Mutation(() => User, { description: 'Let somebody in again, who must then log in anew. For ADMIN.' })
  userEnable(
    @CurrentStaff() viewer: StaffViewer,
    @Args('input', { description: 'Whom, and why.' }) input: UserChangeInput,
  ): Promise<User> {
    return this.people.enable(input, viewer.id);
  }
}
