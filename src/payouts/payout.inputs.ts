import { Field, ID, InputType } from '@nestjs/graphql';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsInt, Matches, Min } from 'class-validator';
import type { SupplierId } from '#catalog';
import { IsDay, IsId, MaxCharacters, Minor, Reason, RepeatableInput } from '#common';
import type { PayoutId } from './payout.entity.js';

const REFERENCE_CHARACTERS_MAX = 64;

@InputType({ description: 'Money to be paid to a supplier.' })
export class PayoutProposeInput extends RepeatableInput {
  @IsId('supplier')
  @Field(() => ID, { description: 'To which supplier.' })
  supplierId: SupplierId;

  @IsInt()
  @Min(1)
  @Field(() => Minor, { description: 'How much, in minor units; at most what the supplier is owed.' })
  amountMinor: number;

  @Reason()
  reason: string;
}

@InputType({ description: 'A payout, and why something is done about it.' })
export class PayoutDecideInput extends RepeatableInput {
  @IsId('payout')
  @Field(() => ID, { description: 'Which payout.' })
  payoutId: PayoutId;

  @Reason()
  reason: string;
}

@InputType({ description: 'A payout that the bank has transferred.' })
export class PayoutEnterInput extends PayoutDecideInput {
  @Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? value.trim() : value))
  @Matches(/^[^\p{C}]+$/u, { context: { zh: '请填写银行流水号。', en: 'Must be one line that is not blank.' } })
  @MaxCharacters(REFERENCE_CHARACTERS_MAX)
  @Field(() => String, {
    description: `The bank’s number of the transfer, at most ${REFERENCE_CHARACTERS_MAX} characters.`,
  })
  reference: string;

  @IsDay()
  @Field(() => String, { description: 'The day of the transfer, `2026-11-22`, not after today.' })
  paidOn: string;
}
