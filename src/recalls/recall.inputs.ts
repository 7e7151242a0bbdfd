import { Field, ID, InputType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, Matches } from 'class-validator';
import { BatchNumberField, type SkuId } from '#catalog';
import { IsId, MaxCharacters, RepeatableInput } from '#common';
import { RefundNote } from '#orders';

const ADVICE_CHARACTERS_MAX = 500;

@InputType({ description: 'A batch that is to be recalled.' })
export class RecallProposeInput extends RepeatableInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Of which SKU.' })
  skuId: SkuId;

  @BatchNumberField({ description: 'Which batch: its number.' })
  batchNumber: string;

  @IsOptional()
  @IsBoolean()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether to leave out what was shipped, since the batch first came in, in parcels of which nobody said the batch.',
  })
  onlyCertain?: boolean | null;

  /** The refund has it as its note. */
  @RefundNote()
  reason: string;

  @Matches(/\S/, { context: { zh: '请说明处理办法。', en: 'Must say what to do.' } })
  @MaxCharacters(ADVICE_CHARACTERS_MAX)
  @Field(() => String, {
    description: `What buyers are to do with it; they read it. 1 to ${ADVICE_CHARACTERS_MAX} characters.`,
  })
  advice: string;
}
