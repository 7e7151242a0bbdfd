import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { SessionEnded, TooManyAttempts, UserDisabled } from '../identity.refusals.js';
import { Staff } from './staff.entity.js';

@ObjectType({ description: 'A login of one of the staff: what the browser keeps.' })
export class StaffLogin {
  @Field(() => String, { description: 'Send it as `Authorization: Bearer …`.' })
  accessToken: string;

  @Field(() => Date, { description: 'When the access token ends; refresh before.' })
  accessTokenExpiresAt: Date;

  @Field(() => String, { description: 'Good for one `staffSessionRefresh`.' })
  refreshToken: string;

  @Field(() => Staff, { description: 'Who is logged in.' })
  staff: Staff;
}

@ObjectType({ description: 'What an authenticator app needs. It is shown this once.' })
export class StaffEnrolment {
  @Field(() => String, { description: 'For a QR code: `otpauth://totp/…`.' })
  otpauthUri: string;

  @Field(() => String, { description: 'The secret in Base32, to be typed where no QR code can be read.' })
  secret: string;
}

@ObjectType({ description: 'An account that can be logged in to from now on.' })
export class StaffEnrolled {
  @Field(() => Staff, { description: 'Whose it is.' })
  staff: Staff;

  @Field(() => [String], {
    description:
      'Each stands in for the second factor once. They are shown this once: to be printed, and kept away from the phone.',
  })
  recoveryCodes: string[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Name, password or code is wrong, the code was used before, or the account cannot be used; which of it is not told.',
})
export class StaffLoginFailed extends Refusal {
  constructor() {
    super({
      zh: '登录名、密码或验证码不正确，或验证码已使用过。',
      en: 'The login name, password or code is wrong, or the code was used before.',
    });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The enrolment code is wrong, used or too old, or the code of the authenticator is wrong.',
})
export class EnrolmentFailed extends Refusal {
  constructor() {
    super({
      zh: '开通码无效、已使用或已过期，或验证码不正确。',
      en: 'The enrolment code is wrong, used or expired, or the authenticator’s code is wrong.',
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The password is the login name.' })
export class PasswordObvious extends Refusal {
  constructor() {
    super({ zh: '密码不能是登录名。', en: 'The password must not be the login name.' });
  }
}

export const StaffLoginResult = createUnionType({
  name: 'StaffLoginResult',
  description: 'A login, or why not.',
  types: () => [StaffLogin, StaffLoginFailed, TooManyAttempts] as const,
});

export const StaffSessionRefreshResult = createUnionType({
  name: 'StaffSessionRefreshResult',
  description: 'Fresh tokens, or why not.',
  types: () => [StaffLogin, SessionEnded, UserDisabled, TooManyAttempts] as const,
});

export const StaffEnrolResult = createUnionType({
  name: 'StaffEnrolResult',
  description: 'What the authenticator needs, or why not.',
  types: () => [StaffEnrolment, EnrolmentFailed, PasswordObvious, TooManyAttempts] as const,
});

export const StaffEnrolConfirmResult = createUnionType({
  name: 'StaffEnrolConfirmResult',
  description: 'The account with its recovery codes, or why not.',
  types: () => [StaffEnrolled, EnrolmentFailed, TooManyAttempts] as const,
});

export const StaffPasswordChangeResult = createUnionType({
  name: 'StaffPasswordChangeResult',
  description: 'Whose password is another now, or why not.',
  types: () => [Staff, StaffLoginFailed, PasswordObvious, TooManyAttempts] as const,
});
