import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { type OpenMatter, OpenMatterKind, Refusal } from '#common';
import { LoginCodeInvalid, TooManyAttempts } from '#identity';

@ObjectType({ description: 'Something that is still open between a person and the shop.' })
export class AccountMatter implements OpenMatter {
  @Field(() => OpenMatterKind, { description: 'What it is.' })
  readonly kind: OpenMatterKind;

  @Field(() => Int, { description: 'How many there are.' })
  readonly count: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Money or goods are still under way; the account can be erased once nothing is.',
})
export class AccountStillOpen extends Refusal {
  @Field(() => [AccountMatter], { description: 'What is open.' })
  readonly matters: readonly AccountMatter[];

  constructor(matters: readonly AccountMatter[]) {
    super({
      zh: '您还有未完结的订单、付款或退款，完结后即可注销。',
      en: 'Orders, payments or refunds of yours are still open. You can erase your account once they are over.',
    });
    this.matters = matters;
  }
}

@ObjectType({
  description: 'The account is erased: nobody is logged in to it any more, and what it held goes within minutes.',
})
export class AccountErased {
  @Field(() => Date, { description: 'Since when.' })
  readonly erasingSince: Date;
}

export const AccountEraseResult = createUnionType({
  name: 'AccountEraseResult',
  description: 'The account is erased, or why not.',
  types: () => [AccountErased, AccountStillOpen, LoginCodeInvalid, TooManyAttempts] as const,
});
