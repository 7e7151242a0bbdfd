import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '#common';
import { User } from './user.entity.js';

@ObjectType({ description: 'A login: what the phone keeps.' })
export class Login {
  @Field(() => String, { description: 'Send it as `Authorization: Bearer …`.' })
  accessToken: string;

  @Field(() => Date, { description: 'When the access token ends; refresh before.' })
  accessTokenExpiresAt: Date;

  @Field(() => String, { description: 'Good for one `sessionRefresh`.' })
  refreshToken: string;

  @Field(() => User, { description: 'Who is logged in.' })
  user: User;
}

@ObjectType({
  implements: () => Refusal,
  description: 'WeChat does not accept the code: wrong, used before, or too old.',
})
export class LoginCodeInvalid extends Refusal {
  constructor() {
    super({ zh: '登录凭证无效或已使用，请重新登录。', en: 'The login code is invalid or used. Please log in again.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The person may not use the shop.' })
export class UserDisabled extends Refusal {
  constructor() {
    super({ zh: '该账号已停用，请联系客服。', en: 'This account is disabled. Please contact customer service.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The session is over: logged out, expired, or its token was used twice.',
})
export class SessionEnded extends Refusal {
  /** @param isGuess whether the token is none that we gave to a phone; the phone is not told */
  constructor(readonly isGuess: boolean) {
    super({ zh: '登录已失效，请重新登录。', en: 'The session has ended. Please log in again.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'So many attempts in a short time are not made by people.' })
export class TooManyAttempts extends Refusal {
  @Field(() => Int, { description: 'After how many seconds it is worth trying again.' })
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super({
      zh: `尝试次数过多，请在${retryAfterSeconds}秒后再试。`,
      en: `Too many attempts. Please try again in ${retryAfterSeconds} seconds.`,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The refusal for a limit that is used up. */
export function tooManyAttempts({ msBeforeNext }: RateLimiterRes): TooManyAttempts {
  return new TooManyAttempts(Math.max(1, Math.ceil(msBeforeNext / 1_000)));
}

export const LoginResult = createUnionType({
  name: 'LoginResult',
  description: 'A login, or why not.',
  types: () => [Login, LoginCodeInvalid, UserDisabled, TooManyAttempts] as const,
});

export const SessionRefreshResult = createUnionType({
  name: 'SessionRefreshResult',
  description: 'Fresh tokens, or why not.',
  types: () => [Login, SessionEnded, UserDisabled, TooManyAttempts] as const,
});
