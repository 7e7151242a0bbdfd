import { applyDecorators } from '@nestjs/common';
import { Field, InputType } from '@nestjs/graphql';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsString, ValidateBy } from 'class-validator';
import { MaxCharacters, type Texts } from '#common';
import { isPasswordOfLength, PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from './password.rules.js';
import { plainLoginName } from './login-name.rules.js';
import { plainCode } from './staff-codes.js';

const LENGTH_TEXTS: Texts = {
  zh: `必须是 ${PASSWORD_CHARACTERS_MIN} 至 ${PASSWORD_CHARACTERS_MAX} 个字符。`,
  en: `Must be ${PASSWORD_CHARACTERS_MIN} to ${PASSWORD_CHARACTERS_MAX} characters long.`,
};

/** A password to be set. */
const IsNewPassword = (): PropertyDecorator =>
  ValidateBy({ name: 'isPasswordOfLength', validator: { validate: isPasswordOfLength } }, { context: LENGTH_TEXTS });

/** More than anybody was given, in whatever way a keyboard composes it. */
const GIVEN_CHARACTERS_MAX = 1_024;
const IsGiven = (): PropertyDecorator => applyDecorators(IsString(), IsNotEmpty(), MaxCharacters(GIVEN_CHARACTERS_MAX));

const Plain = (plain: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? plain(value) : value));

const PASSWORD = `${PASSWORD_CHARACTERS_MIN} to ${PASSWORD_CHARACTERS_MAX} characters of any kind.`;
const CODE = 'The six digits of the authenticator, or a recovery code. Each is good once.';

@InputType({ description: 'The first step of somebody who was given an account.' })
export class StaffEnrolInput {
  @Plain(plainCode)
  @IsGiven()
  @Field(() => String, { description: 'What `npm run staff` gave out; blanks, hyphens and case do not matter.' })
  enrolmentCode: string;

  @IsNewPassword()
  @Field(() => String, { description: `The password to log in with from now on: ${PASSWORD}` })
  password: string;
}

@InputType({ description: 'The second step of somebody who was given an account.' })
export class StaffEnrolConfirmInput {
  @Plain(plainCode)
  @IsGiven()
  @Field(() => String, { description: 'The same as in the first step; it is used up now.' })
  enrolmentCode: string;

  @Plain(plainCode)
  @IsGiven()
  @Field(() => String, { description: 'The six digits that the authenticator shows.' })
  code: string;
}

@InputType({ description: 'What one of the staff logs in with.' })
export class StaffLoginInput {
  @Plain(plainLoginName)
  @IsGiven()
  @Field(() => String, { description: 'Case does not matter.' })
  loginName: string;

  @IsGiven()
  @Field(() => String, { description: 'The password.' })
  password: string;

  @Plain(plainCode)
  @IsGiven()
  @Field(() => String, { description: CODE })
  code: string;
}

@InputType({ description: 'Another password for oneself.' })
export class StaffPasswordChangeInput {
  @IsGiven()
  @Field(() => String, { description: 'The password as it is.' })
  password: string;

  @Plain(plainCode)
  @IsGiven()
  @Field(() => String, { description: CODE })
  code: string;

  @IsNewPassword()
  @Field(() => String, { description: `The password from now on: ${PASSWORD}` })
  newPassword: string;
}
