import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { WechatModule } from '#wechat';
import { AccessGuard } from './access.guard.js';
import { BlocksResolver } from './blocks.resolver.js';
import { BlocksService } from './blocks.service.js';
import { ClientConfigResolver } from './client-config.resolver.js';
import { AddressesResolver } from './contact/addresses.resolver.js';
import { AddressesService } from './contact/addresses.service.js';
import { ContactPersonalData } from './contact/contact.personal-data.js';
import { PhonesResolver } from './contact/phones.resolver.js';
import { PhonesService } from './contact/phones.service.js';
import { IdentityPersonalData } from './identity.personal-data.js';
import { IdentityService } from './identity.service.js';
import { IdentityWorker } from './identity.worker.js';
import { LeavingPeopleService } from './leaving-people.service.js';
import { LoginLimits } from './login-limits.js';
import { PeopleResolver } from './people.resolver.js';
import { PeopleService } from './people.service.js';
import { ProfilesResolver } from './profiles.resolver.js';
import { ProfilesService } from './profiles.service.js';
import { SessionRenewal } from './session-renewal.service.js';
import { SessionsResolver } from './sessions.resolver.js';
import { SessionsService } from './sessions.service.js';
import { Passwords } from './staff/passwords.js';
import { SecondFactor } from './staff/second-factor.js';
import { StaffAccountsService } from './staff/staff-accounts.service.js';
import { StaffEnrolmentService } from './staff/staff-enrolment.service.js';
import { StaffLimits } from './staff/staff-limits.js';
import { StaffLoginService } from './staff/staff-login.service.js';
import { StaffResolver } from './staff/staff.resolver.js';
import { Tokens } from './tokens.js';
import { Viewers } from './viewers.js';

/** Who someone is and wants to be called, how they are reached, whom they do not want to meet: login through WeChat, the staff with their passwords and roles, sessions, and the guard in front of every field. */
@Module({
  imports: [WechatModule],
  providers: [
    ...[Tokens, Viewers, LoginLimits],
    ...[IdentityService, SessionsService, SessionRenewal, PeopleService, ProfilesService, BlocksService],
    ...[PhonesService, PhonesResolver, AddressesService, AddressesResolver, ClientConfigResolver],
    ...[SessionsResolver, PeopleResolver, ProfilesResolver, BlocksResolver, IdentityWorker],
    ...[Passwords, SecondFactor, StaffLimits],
    ...[LeavingPeopleService, IdentityPersonalData, ContactPersonalData],
    ...[StaffAccountsService, StaffEnrolmentService, StaffLoginService, StaffResolver],
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    ...[IdentityService, PeopleService, StaffAccountsService, BlocksService, AddressesService],
    ...[LeavingPeopleService, Viewers],
  ],
})
export class IdentityModule {}
