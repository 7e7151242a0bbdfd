import { Field, InputType } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import type { Texts } from '#common';
import { Line, nullIfBlank, Rewritten } from './line.js';
import { normalPhone, PHONE } from './phone.rules.js';

const NAME_CHARACTERS_MAX = 50;
const REGION_CHARACTERS_MAX = 50;
const DETAIL_CHARACTERS_MAX = 200;

const PHONE_TEXTS: Texts = {
  zh: '必须是中国大陆的手机号码，或带区号的固定电话号码。',
  en: 'Must be a mobile number, or a landline number with its area code, of mainland China.',
};
const POSTAL_CODE: Texts = { zh: '必须是 6 位数字的邮政编码。', en: 'Must be a postal code of 6 digits.' };
const NATIONAL_CODE: Texts = { zh: '必须是 6 位数字的行政区划代码。', en: 'Must be a region code of 6 digits.' };

@InputType({
  description:
    'An address in mainland China, as `wx.chooseAddress` gives it. Blanks around a text are left out; a text that may be missing may also be blank.',
})
export class DeliveryAddressInput {
  @Line(NAME_CHARACTERS_MAX)
  @Field(() => String, { description: `Who receives it (\`userName\`). 1 to ${NAME_CHARACTERS_MAX} characters.` })
  recipientName: string;

  @Rewritten(normalPhone)
  @Matches(PHONE, { context: PHONE_TEXTS })
  @Field(() => String, {
    description:
      'A mobile number, or a landline number with its area code (`telNumber`); with +86 and separators or without.',
  })
  phone: string;

  @Line(REGION_CHARACTERS_MAX)
  @Field(() => String, {
    description: `The province, or the city that is one (\`provinceName\`). 1 to ${REGION_CHARACTERS_MAX} characters.`,
  })
  province: string;

  @Line(REGION_CHARACTERS_MAX)
  @Field(() => String, { description: `The city (\`cityName\`). 1 to ${REGION_CHARACTERS_MAX} characters.` })
  city: string;

  @Line(REGION_CHARACTERS_MAX)
  @Field(() => String, {
    description: `The district or county (\`countyName\`); the city again where there is none. 1 to ${REGION_CHARACTERS_MAX} characters.`,
  })
  district: string;

  @IsOptional()
  @Rewritten(nullIfBlank)
  @Line(REGION_CHARACTERS_MAX)
  @Field(() => String, {
    nullable: true,
    description: `The street or town (\`streetName\`). At most ${REGION_CHARACTERS_MAX} characters.`,
  })
  street?: string | null;

  @Line(DETAIL_CHARACTERS_MAX)
  @Field(() => String, {
    description: `The house, the flat and so on (\`detailInfo\`). 1 to ${DETAIL_CHARACTERS_MAX} characters.`,
  })
  detail: string;

  @IsOptional()
  @Rewritten(nullIfBlank)
  @Matches(/^\d{6}$/, { context: POSTAL_CODE })
  @Field(() => String, { nullable: true, description: 'Six digits (`postalCode`).' })
  postalCode?: string | null;

  @IsOptional()
  @Rewritten(nullIfBlank)
  @Matches(/^\d{6}$/, { context: NATIONAL_CODE })
  @Field(() => String, {
    nullable: true,
    description: 'The six digits of the district by GB/T 2260 (`nationalCode`).',
  })
  nationalCode?: string | null;
}
