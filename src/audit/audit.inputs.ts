import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional, Matches, MaxDate, MinDate } from 'class-validator';
import { type Actor, type Id, MaxCharacters, type Texts } from '#common';
import type { AuditFilter } from './audit.service.js';

const ACTOR: Texts = {
  zh: '必须是员工或用户的编号，或命令的全名。',
  en: 'Must be the id of one of the staff or of a user, or the whole name of a command.',
};
const SUBJECT: Texts = { zh: '必须是一个编号。', en: 'Must be an id.' };
const YEARS: Texts = { zh: '必须在 2000 年至 2099 年之间。', en: 'Must lie in the years from 2000 to 2099.' };
const [EARLIEST_AT, LATEST_AT] = [new Date('2000-01-01T00:00:00Z'), new Date('2100-01-01T00:00:00Z')];

@InputType({ description: 'Which entries of the audit trail; what is left out is not asked.' })
export class AuditFilterInput implements AuditFilter {
  @IsOptional()
  @Matches(/^((staff|user)_[0-7][0-9a-hjkmnp-tv-z]{25}|command:.{1,56})$/, { context: ACTOR })
  @Field(() => String, {
    nullable: true,
    description:
      'Who did it: the id of one of the staff, or of a user from before the staff had accounts; or `command:` and a name.',
  })
  actor?: Actor | null;

  @IsOptional()
  @Matches(/^[a-z]{1,16}_[0-7][0-9a-hjkmnp-tv-z]{25}$/, { context: SUBJECT })
  @Field(() => ID, {
    nullable: true,
    description: 'To what: the id of a person, one of the staff, an offer, an order.',
  })
  subject?: Id | null;

  @IsOptional()
  @MaxCharacters(64)
  @Field(() => String, { nullable: true, description: 'What was done, such as `identity.userDisabled`.' })
  kind?: string | null;

  @IsOptional()
  @MinDate(EARLIEST_AT, { context: YEARS })
  @MaxDate(LATEST_AT, { context: YEARS })
  @Field(() => Date, { nullable: true, description: 'Recorded then or later.' })
  since?: Date | null;

  @IsOptional()
  @MinDate(EARLIEST_AT, { context: YEARS })
  @MaxDate(LATEST_AT, { context: YEARS })
  @Field(() => Date, { nullable: true, description: 'Recorded before.' })
  until?: Date | null;
}
