import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Page, PageArgs, RefusalsAsResults } from '#common';
import { ClientAddress } from './client-address.js';
import { LoginInput, SessionRefreshInput } from './identity.inputs.js';
import { type Login, LoginResult, SessionRefreshResult } from './identity.refusals.js';
import { IdentityService } from './identity.service.js';
import { Session, SessionConnection } from './session.entity.js';
import { SessionRenewal } from './session-renewal.service.js';
import { SessionsService } from './sessions.service.js';
import { Allow, type Caller, CurrentCaller } from './viewer.js';

@Resolver(() => Session)
@UseInterceptors(RefusalsAsResults)
export class SessionsResolver {
  constructor(
    private readonly identity: IdentityService,
    private readonly renewal: SessionRenewal,
    private readonly sessionsOfPeople: SessionsService,
  ) {}

  @Allow('ANYONE')
  @Mutation(() => LoginResult, { description: 'Log in with the code of `wx.login`.' })
  login(
    @Args('input', { description: 'The code.' }) { code }: LoginInput,
    @ClientAddress() address: string,
  ): Promise<Login> {
    return this.identity.login(code, address);
  }

  @Allow('ANYONE')
  @Mutation(() => SessionRefreshResult, { description: 'Replace both tokens; the refresh token given ends.' })
  sessionRefresh(
    @Args('input', { description: 'The refresh token.' }) { refreshToken }: SessionRefreshInput,
    @ClientAddress() address: string,
  ): Promise<Login> {
    return this.renewal.refresh(refreshToken, address);
  }

  @Allow('SIGNED_IN')
  @Mutation(() => Boolean, {
    description: 'End this session; its tokens are good for nothing from now on. Always true.',
  })
  async logout(@CurrentCaller() caller: Caller): Promise<boolean> {
    await this.sessionsOfPeople.logout(caller);
    return true;
  }

  @Allow('SIGNED_IN')
  @Mutation(() => Boolean, { description: 'End all of one’s sessions, this one too. Always true.' })
  async logoutEverywhere(@CurrentCaller() caller: Caller): Promise<boolean> {
    await this.sessionsOfPeople.logoutEverywhere(caller);
    return true;
  }

  @Allow('SIGNED_IN')
  @Query(() => SessionConnection, { description: 'Where one is logged in, the newest login first.' })
  sessions(@CurrentCaller() caller: Caller, @Args() page: PageArgs): Promise<Page<Session>> {
    return this.sessionsOfPeople.liveOf(caller, page);
  }

  @ResolveField(() => Boolean, { description: 'Whether it is the session that asks.' })
  isThis(@Parent() { id }: Session, @CurrentCaller() { sessionId }: Caller): boolean {
    return id === sessionId;
  }
}
