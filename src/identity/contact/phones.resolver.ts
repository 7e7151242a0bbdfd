import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RefusalsAsResults } from '#common';
import { User } from '../user.entity.js';
import {
  Allow,
  type Caller,
  CurrentStaff,
  CurrentViewer,
  MaybeCaller,
  type StaffViewer,
  type Viewer,
} from '../viewer.js';
import { PhoneArgs, PhoneUpdateInput } from './phone.inputs.js';
import { PhoneUpdateResult } from './phone.refusals.js';
import { maskedPhone } from './phone.rules.js';
import { PhonesService } from './phones.service.js';

@Resolver(() => User)
@UseInterceptors(RefusalsAsResults)
export class PhonesResolver {
  constructor(private readonly phones: PhonesService) {}

  @Allow('BUYER')
  @Mutation(() => PhoneUpdateResult, {
    description:
      'Give one’s telephone number with the code of the `getPhoneNumber` button, in place of an earlier one.',
  })
  phoneUpdate(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The code.' }) { code }: PhoneUpdateInput,
  ): Promise<User> {
    return this.phones.update(viewer.id, code);
  }

  @Allow('BUYER')
  @Mutation(() => User, { description: 'Take one’s telephone number back. Repeating it changes nothing.' })
  phoneRemove(@CurrentViewer() viewer: Viewer): Promise<User> {
    return this.phones.remove(viewer.id);
  }

  @Allow('SUPPORT')
  @Query(() => [User], {
    description:
      'For SUPPORT. Who has given this telephone number, the newest person first, 20 at most; none if nobody has.',
  })
  people(@CurrentStaff() staff: StaffViewer, @Args() { phone }: PhoneArgs): Promise<User[]> {
    return this.phones.peopleWith(phone, staff.id);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The person’s telephone number, masked: `138****5678`. Null if they have given none.',
  })
  phone(@Parent() user: User): string | null {
    const phone = this.phones.phoneOf(user);
    return phone && maskedPhone(phone);
  }

  /** Whoever has no token yet gets a person only as the answer to their own login, as with `nickname`. */
  @ResolveField(() => String, {
    nullable: true,
    description:
      'One’s own number, whole: `13812345678`, or from outside mainland China `+85261234567`. Nobody else’s is ever told.',
  })
  wholePhone(@Parent() user: User, @MaybeCaller() caller: Caller | null): string | null {
    const isOneself = caller === null || caller.id === user.id;
    return isOneself ? this.phones.phoneOf(user) : null;
  }
}
