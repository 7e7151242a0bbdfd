import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { WechatModule } from '#wechat';
import { AccessGuard } from './access.guard.js';
import { IdentityResolver } from './identity.resolver.js';
import { IdentityService } from './identity.service.js';
import { Tokens } from './tokens.js';

/** Who someone is: login through WeChat, sessions, and the guard in front of every field. */
@Module({
  imports: [WechatModule],
  providers: [Tokens, IdentityService, IdentityResolver, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [IdentityService],
})
export class IdentityModule {}
