import { Field, ID, InputType } from '@nestjs/graphql';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsOptional, IsString, ValidateBy } from 'class-validator';
import { IsId, MaxCharacters, Reason, type Texts } from '#common';
import { isNameOfLength, isNameLegible, NICKNAME_CHARACTERS_MAX, tidyName } from './name.rules.js';
import type { UserBlockId } from './user-block.entity.js';
import type { UserId } from './user.entity.js';

@InputType({ description: 'What `wx.login` gave the phone.' })
export class LoginInput {
  @IsString()
  @IsNotEmpty()
  @MaxCharacters(128)
  @Field(() => String, { description: 'The one-time code of `wx.login`; it lives for five minutes.' })
  code: string;
}

@InputType({ description: 'A refresh token, to be replaced.' })
export class SessionRefreshInput {
  @IsString()
  @IsNotEmpty()
  @MaxCharacters(128)
  @Field(() => String, { description: 'The refresh token of the last login or refresh.' })
  refreshToken: string;
}

@InputType({ description: 'A decision about a person.' })
export class UserChangeInput {
  @IsId('user')
  @Field(() => ID, { description: 'Whom it is about.' })
  userId: UserId;

  @Reason()
  reason: string;
}

const LENGTH_TEXTS: Texts = {
  zh: `必须是 1 至 ${NICKNAME_CHARACTERS_MAX} 个字符。`,
  en: `Must be 1 to ${NICKNAME_CHARACTERS_MAX} characters long.`,
};
const LEGIBLE_TEXTS: Texts = {
  zh: '不能含有换行、控制字符、不可见字符或堆叠的附加符号。',
  en: 'Must not contain line breaks, control characters, invisible characters or stacked marks.',
};

@InputType({ description: 'What to change about oneself; what is left out stays as it is.' })
export class ProfileUpdateInput {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? tidyName(value) : value))
  @IsOptional()
  @ValidateBy({ name: 'isNameOfLength', validator: { validate: isNameOfLength } }, { context: LENGTH_TEXTS })
  @ValidateBy({ name: 'isNameLegible', validator: { validate: isNameLegible } }, { context: LEGIBLE_TEXTS })
  @Field(() => String, {
    nullable: true,
    description: `What one wants to be called, 1 to ${NICKNAME_CHARACTERS_MAX} characters as people count them, without space around it; null takes the name away.`,
  })
  nickname?: string | null;
}

@InputType({ description: 'A block, to be taken back.' })
export class PersonUnblockInput {
  @IsId('block')
  @Field(() => ID, { description: 'The `id` in `blockedPeople`.' })
  blockId: UserBlockId;
}
