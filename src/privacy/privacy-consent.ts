import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type Language, Purpose } from '#common';
import type { Consent } from './consent.entity.js';
import { stands } from './consent.rules.js';
import { isAsked, noticeOf, versionOf } from './purposes.js';

@ObjectType({ description: 'The text that somebody has agreed to, as it was shown.' })
export class GivenConsent {
  @Field(() => Int, { description: 'The version of the text.' })
  readonly version: number;

  @Field(() => String, { description: 'The text, in the language in which it was shown.' })
  readonly text: string;

  @Field(() => Date, { description: 'When it was agreed to.' })
  readonly givenAt: Date;
}

@ObjectType({ description: 'A purpose for which the shop processes personal data, and how one stands to it.' })
export class PrivacyConsent {
  @Field(() => Purpose, { description: 'The purpose.' })
  readonly purpose: Purpose;

  @Field(() => Boolean, {
    description: 'Whether the shop cannot do without. Then nobody is asked, and only erasing the account ends it.',
  })
  readonly isNeeded: boolean;

  @Field(() => Int, { description: 'The version of the text as it is today; `consentGive` takes it.' })
  readonly version: number;

  @Field(() => String, { description: 'The text as it is today: show it before asking.' })
  readonly text: string;

  @Field(() => String, { description: 'Which data it is about.' })
  readonly covers: string;

  @Field(() => Boolean, {
    description: 'Whether one agrees to the text as it is today. A consent to an older text does not count.',
  })
  readonly isGiven: boolean;

  @Field(() => GivenConsent, { nullable: true, description: 'What one has agreed to last and not taken back.' })
  readonly given: GivenConsent | null;

  @Field(() => Date, { nullable: true, description: 'When it was taken back, if that was the last that one did.' })
  readonly withdrawnAt: Date | null;
}

/** How a person stands to a purpose whose newest act is known. */
export function privacyConsent(purpose: Purpose, newest: Consent | null, language: Language): PrivacyConsent {
  const { texts, covers } = noticeOf(purpose);
  const version = versionOf(purpose);
  return Object.assign(new PrivacyConsent(), {
    ...{ purpose, version, isNeeded: !isAsked(purpose) },
    text: texts.at(-1)?.[language] ?? '',
    covers: covers[language],
    isGiven: stands(newest, version),
    given: newest?.kind === 'GIVEN' ? givenConsent(newest) : null,
    withdrawnAt: newest?.kind === 'WITHDRAWN' ? newest.actedAt : null,
  });
}

function givenConsent({ purpose, version, language, actedAt }: Consent): GivenConsent {
  const text = noticeOf(purpose).texts[version - 1]?.[language] ?? '';
  return Object.assign(new GivenConsent(), { version, text, givenAt: actedAt });
}
