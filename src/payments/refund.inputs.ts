import { Field, ID, InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsOptional, Matches } from 'class-validator';
import { IsId, MaxCharacters, Reason, RepeatableInput, type Texts } from '#common';
import type { RefundId } from './refund.entity.js';

@InputType({ description: 'A refund that waits for an operator.' })
export class RefundRetryInput {
  @IsId('refund')
  @Field(() => ID, { description: 'Which one.' })
  refundId: RefundId;

  @Reason()
  reason: string;
}

const BANK_TYPE: Texts = {
  zh: '必须是微信支付的借记卡银行类型。',
  en: 'Must be a debit card’s bank type of WeChat Pay.',
};
const BANK_ACCOUNT: Texts = { zh: '必须是 8 至 32 位数字。', en: 'Must be 8 to 32 digits.' };

const REFERENCE: Texts = {
  zh: '必须是 4 至 64 位字母、数字或连字符。',
  en: 'Must be 4 to 64 letters, digits or hyphens.',
};

@InputType({ description: 'A refund of the queue that was paid to the buyer by a bank transfer.' })
export class RefundSettledOutsideInput extends RepeatableInput {
  @IsId('refund')
  @Field(() => ID, { description: 'Which one.' })
  refundId: RefundId;

  @Matches(/^[\dA-Za-z-]{4,64}$/, { context: REFERENCE })
  @Field(() => String, { description: 'The bank’s number of the transfer: 4 to 64 letters, digits or hyphens.' })
  reference: string;

  @IsOptional()
  @Field(() => Date, { nullable: true, description: 'When it was paid; now, if it is left out.' })
  paidAt?: Date | null;

  @Reason()
  reason: string;
}

@InputType({
  description: 'A bank card of the buyer, to which a refund goes instead. It is passed on to WeChat and not kept.',
})
export class RefundToCardInput extends RefundRetryInput {
  @Matches(/^[A-Z0-9]{2,12}_DEBIT$/, { context: BANK_TYPE })
  @Field(() => String, {
    description: 'WeChat Pay’s name of the bank, such as `ICBC_DEBIT`; only debit cards can take a refund.',
  })
  bankType: string;

  @Matches(/^\d{8,32}$/, { context: BANK_ACCOUNT })
  @Field(() => String, { description: 'The number of the card, digits only.' })
  bankAccount: string;

  @IsNotEmpty()
  @MaxCharacters(100)
  @Field(() => String, { description: 'Whose card it is, as the bank knows the name.' })
  realName: string;
}
