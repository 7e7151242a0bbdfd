import { Field, ID, InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { IsId, type Texts } from '#common';
import type { UserId } from './user.entity.js';

@InputType({ description: 'What `wx.login` gave the phone.' })
export class LoginInput {
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  @Field(() => String, { description: 'The one-time code of `wx.login`; it lives for five minutes.' })
  code: string;
}

@InputType({ description: 'A refresh token, to be replaced.' })
export class SessionRefreshInput {
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  @Field(() => String, { description: 'The refresh token of the last login or refresh.' })
  refreshToken: string;
}

@InputType({ description: 'A decision about a person.' })
export class UserChangeInput {
  @IsId('user')
  @Field(() => ID, { description: 'Whom it is about.' })
  userId: UserId;

  @Matches(/\S/, { context: { zh: '请说明原因。', en: 'Must say why.' } satisfies Texts })
  @MaxLength(255)
  @Field(() => String, { description: 'Why; kept with the change. At most 255 characters.' })
  reason: string;
}
