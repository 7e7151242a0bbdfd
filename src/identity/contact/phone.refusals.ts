import { createUnionType, ObjectType } from '@nestjs/graphql';
import { ConsentMissing, Refusal } from '#common';
import { TooManyAttempts } from '../identity.refusals.js';
import { User } from '../user.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'WeChat does not accept the code: wrong, used before, too old, or given to another phone.',
})
export class PhoneCodeInvalid extends Refusal {
  constructor() {
    super({
      zh: '手机号授权已失效，请重新点击授权。',
      en: 'This authorisation is no longer valid. Please tap the button again.',
    });
  }
}

export const PhoneUpdateResult = createUnionType({
  name: 'PhoneUpdateResult',
  description: 'The person, with the number; or why not.',
  types: () => [User, ConsentMissing, PhoneCodeInvalid, TooManyAttempts] as const,
});
