import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RefusalsAsResults } from '#common';
import { LoginInput, SessionRefreshInput } from './identity.inputs.js';
import { type Login, LoginResult, SessionRefreshResult } from './identity.refusals.js';
import { IdentityService } from './identity.service.js';
import { User } from './user.entity.js';
import { Allow, CurrentViewer, type Viewer } from './viewer.js';

@Resolver(() => User)
@UseInterceptors(RefusalsAsResults)
export class IdentityResolver {
  constructor(private readonly identity: IdentityService) {}

  @Allow('ANYONE')
  @Mutation(() => LoginResult, { description: 'Log in with the code of `wx.login`.' })
  login(@Args('input', { description: 'The code.' }) { code }: LoginInput): Promise<Login> {
    return this.identity.login(code);
  }

  @Allow('ANYONE')
  @Mutation(() => SessionRefreshResult, { description: 'Replace both tokens; the refresh token given ends.' })
  sessionRefresh(
    @Args('input', { description: 'The refresh token.' }) { refreshToken }: SessionRefreshInput,
  ): Promise<Login> {
    return this.identity.refresh(refreshToken);
  }

  @Allow('BUYER')
  @Mutation(() => Boolean, { description: 'End this session. Always true.' })
  async logout(@CurrentViewer() viewer: Viewer): Promise<boolean> {
    await this.identity.logout(viewer);
    return true;
  }

  @Allow('BUYER')
  @Query(() => User, { description: 'Who is logged in.' })
  me(@CurrentViewer() viewer: Viewer): Promise<User> {
    return this.identity.user(viewer.id);
  }
}
