import { Field, InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

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
