import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, RefusalsAsResults } from '#common';
import { ClientAddress } from '../client-address.js';
import { SessionRefreshInput } from '../identity.inputs.js';
import { SessionRenewal } from '../session-renewal.service.js';
import { Allow, CurrentStaff, type StaffViewer } from '../viewer.js';
import { StaffAccountsService } from './staff-accounts.service.js';
import { StaffEnrolmentService } from './staff-enrolment.service.js';
import { StaffLoginService } from './staff-login.service.js';
import { StaffRole } from './staff-role.js';
import { Staff, type StaffId } from './staff.entity.js';
import { StaffEnrolConfirmInput, StaffEnrolInput, StaffLoginInput, StaffPasswordChangeInput } from './staff.inputs.js';
import { rolesOfStaff } from './staff.loaders.js';
import {
  StaffEnrolConfirmResult,
  type StaffEnrolled,
  type StaffEnrolment,
  StaffEnrolResult,
  type StaffLogin,
  StaffLoginResult,
  StaffPasswordChangeResult,
  StaffSessionRefreshResult,
} from './staff.refusals.js';

/** The staff's own door: getting an account to work, getting in, and who one is. */
@Resolver(() => Staff)
@UseInterceptors(RefusalsAsResults)
export class StaffResolver {
  constructor(
    private readonly accounts: StaffAccountsService,
    private readonly enrolment: StaffEnrolmentService,
    private readonly logins: StaffLoginService,
    private readonly renewal: SessionRenewal,
  ) {}

  @Allow('ANYONE')
  @Mutation(() => StaffEnrolResult, {
    description:
      'Set a password with an enrolment code, and get the secret for an authenticator. Repeat it until it is confirmed; the last one counts.',
  })
  staffEnrol(
    @Args('input', { description: 'The code, and the password.' }) input: StaffEnrolInput,
    @ClientAddress() address: string,
  ): Promise<StaffEnrolment> {
    return this.enrolment.enrol(input, address);
  }

  @Allow('ANYONE')
  @Mutation(() => StaffEnrolConfirmResult, {
    description: 'Show that the authenticator has the secret. It ends the enrolment code and gives recovery codes.',
  })
  staffEnrolConfirm(
    @Args('input', { description: 'Both codes.' }) input: StaffEnrolConfirmInput,
    @ClientAddress() address: string,
  ): Promise<StaffEnrolled> {
    return this.enrolment.confirm(input, address);
  }

  @Allow('ANYONE')
  @Mutation(() => StaffLoginResult, { description: 'Log in as one of the staff, for twelve hours at most.' })
  staffLogin(
    @Args('input', { description: 'Name, password and code.' }) input: StaffLoginInput,
    @ClientAddress() address: string,
  ): Promise<StaffLogin> {
    return this.logins.login(input, address);
  }

  @Allow('ANYONE')
  @Mutation(() => StaffSessionRefreshResult, {
    description:
      'Replace both tokens of one of the staff; the refresh token given ends. It does not make the session last longer.',
  })
  staffSessionRefresh(
    @Args('input', { description: 'The refresh token.' }) { refreshToken }: SessionRefreshInput,
    @ClientAddress() address: string,
  ): Promise<StaffLogin> {
    return this.renewal.refreshStaff(refreshToken, address);
  }

  @Allow('STAFF')
  @Mutation(() => StaffPasswordChangeResult, {
    description: 'Give oneself another password. All other sessions end. For all of the staff.',
  })
  staffPasswordChange(
    @CurrentStaff() viewer: StaffViewer,
    @Args('input', { description: 'The old password, a code, and the new password.' }) input: StaffPasswordChangeInput,
    @ClientAddress() address: string,
  ): Promise<Staff> {
    return this.logins.changePassword(viewer, input, address);
  }

  @Allow('STAFF')
  @Query(() => Staff, { description: 'Which of the staff is logged in. For all of the staff.' })
  staffMe(@CurrentStaff() viewer: StaffViewer): Promise<Staff> {
    return this.accounts.staff(viewer.id);
  }

  @ResolveField(() => [StaffRole], { description: 'What the person may do, in the order of the alphabet.' })
  roles(@Parent() { id }: Staff, @Loader(rolesOfStaff) load: Load<StaffId, StaffRole[]>): Promise<StaffRole[]> {
    return load(id);
  }
}
