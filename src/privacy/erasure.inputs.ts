import { Field, InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsString, Matches } from 'class-validator';
import { MaxCharacters, type Texts } from '#common';

const MUST_BE_ERASE: Texts = { zh: '请输入确认词。', en: 'Must be the word ERASE.' };

@InputType({ description: 'The wish to erase one’s account for good.' })
export class AccountEraseInput {
  @IsString()
  @IsNotEmpty()
  @MaxCharacters(128)
  @Field(() => String, {
    description: 'A fresh one-time code of `wx.login`, from the phone of this account; a token alone is not enough.',
  })
  code: string;

  @Matches(/^ERASE$/, { context: MUST_BE_ERASE })
  @Field(() => String, { description: 'The word `ERASE`, sent only after the person has said so in so many words.' })
  confirmation: string;
}
