import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { WechatModule } from '#wechat';
import { AccessGuard } from './access.guard.js';
import { BlocksResolver } from './blocks.resolver.js';
import { BlocksService } from './blocks.service.js';
import { ClientConfigResolver } from './client-config.resolver.js';
import { AddressesResolver } from './contact/addresses.resolver.js';
import { AddressesService } from './contact/addresses.service.js';
import { PhonesResolver } from './contact/phones.resolver.js';
import { PhonesService } from './contact/phones.service.js';
import { IdentityService } from './identity.service.js';
import { IdentityWorker } from './identity.worker.js';
import { LoginLimits } from './login-limits.js';
import { PeopleResolver } from './people.resolver.js';
import { PeopleService } from './people.service.js';
import { ProfilesResolver } from './profiles.resolver.js';
import { ProfilesService } from './profiles.service.js';
import { SessionsResolver } from './sessions.resolver.js';
import { SessionsService } from './sessions.service.js';
import { Tokens } from './tokens.js';
import { Viewers } from './viewers.js';

/** Who someone is and wants to be called, how they are reached, whom they do not want to meet: login through WeChat, sessions, roles, and the guard in front of every field. */
@Module({
  imports: [WechatModule],
  providers: [
    ...[Tokens, Viewers, LoginLimits],
    ...[IdentityService, SessionsService, PeopleService, ProfilesService, BlocksService],
    ...[PhonesService, PhonesResolver, AddressesService, AddressesResolver, ClientConfigResolver],
    ...[SessionsResolver, PeopleResolver, ProfilesResolver, BlocksResolver, IdentityWorker],
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [IdentityService, PeopleService, BlocksService, AddressesService, Viewers],
})
export class IdentityModule {}
