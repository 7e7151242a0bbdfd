import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { PrivacyConsent } from './privacy-consent.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The text that was shown is not the one of today: show the new one, and ask again.',
})
export class ConsentTextChanged extends Refusal {
  @Field(() => PrivacyConsent, { description: 'The purpose with its text as it is today.' })
  readonly consent: PrivacyConsent;

  constructor(consent: PrivacyConsent) {
    super({ zh: '说明内容已更新，请阅读后再决定。', en: 'The text has changed. Please read it and decide again.' });
    this.consent = consent;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The service needs it, so nobody is asked; only erasing the account ends it.',
})
export class ConsentNotAsked extends Refusal {
  constructor() {
    super({
      zh: '这是提供服务所必需的，无需同意；如不再使用，可以注销账号。',
      en: 'The service cannot do without, so no consent is asked. If you no longer use it, you can erase your account.',
    });
  }
}

export const ConsentGiveResult = createUnionType({
  name: 'ConsentGiveResult',
  description: 'How one now stands to the purpose, or why not.',
  types: () => [PrivacyConsent, ConsentTextChanged, ConsentNotAsked] as const,
});

export const ConsentWithdrawResult = createUnionType({
  name: 'ConsentWithdrawResult',
  description: 'How one now stands to the purpose, or why not.',
  types: () => [PrivacyConsent, ConsentNotAsked] as const,
});
