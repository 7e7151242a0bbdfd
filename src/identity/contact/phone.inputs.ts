import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsString, ValidateBy } from 'class-validator';
import { MaxCharacters, type Texts } from '#common';
import { Rewritten } from './line.js';
import { isKeptPhone, normalPhone } from './phone.rules.js';

const PHONE_TEXTS: Texts = {
  zh: '必须是电话号码，中国大陆以外的号码须以加号和国家或地区代码开头。',
  en: 'Must be a telephone number; one from outside mainland China begins with a plus and its country code.',
};

@InputType({ description: 'What the `getPhoneNumber` button gave.' })
export class PhoneUpdateInput {
  @IsString()
  @IsNotEmpty()
  @MaxCharacters(128)
  @Field(() => String, { description: 'The one-time `code` of the button’s event; it lives for five minutes.' })
  code: string;
}

@ArgsType()
export class PhoneArgs {
  @Rewritten(normalPhone)
  @ValidateBy({ name: 'isPhone', validator: { validate: isPhone } }, { context: PHONE_TEXTS })
  @Field(() => String, { description: 'The whole number; of mainland China with +86 or without.' })
  phone: string;
}

function isPhone(value: unknown): boolean {
  return typeof value === 'string' && isKeptPhone(value);
}
