import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
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
  constructor() {
    super({ zh: '登录已失效，请重新登录。', en: 'The session has ended. Please log in again.' });
  }
}

export const LoginResult = createUnionType({
  name: 'LoginResult',
  description: 'A login, or why not.',
  types: () => [Login, LoginCodeInvalid, UserDisabled] as const,
});

export const SessionRefreshResult = createUnionType({
  name: 'SessionRefreshResult',
  description: 'Fresh tokens, or why not.',
  types: () => [Login, SessionEnded, UserDisabled] as const,
});
