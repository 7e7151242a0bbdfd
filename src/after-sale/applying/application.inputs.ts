import { applyDecorators } from '@nestjs/common';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsId, MaxCharacters, RepeatableInput } from '#common';
import type { ImageId } from '#media';
import { type LineId, LINES_MAX, type OrderId, UNITS_PER_LINE_MAX } from '#orders';
import { AfterSaleKind, AfterSaleReason } from '../cases/after-sale.entity.js';
import { EVIDENCE_MAX } from './application.rules.js';

export const WORDS_CHARACTERS_MAX = 500;

/** What a buyer says of it. */
export function Words(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    Matches(/\S/, { context: { zh: '不能为空白。', en: 'Must not be blank.' } }),
    MaxCharacters(WORDS_CHARACTERS_MAX),
    Field(() => String, {
      nullable: true,
      description: `What one says of it; whoever decides reads it. At most ${WORDS_CHARACTERS_MAX} characters.`,
    }),
  );
}

@InputType({ description: 'Units of a line of the order.' })
export class AfterSaleLineInput {
  @IsId('line')
  @Field(() => ID, { description: 'Which line: its `id`.' })
  lineId: LineId;

  @IsInt()
  @Min(1)
  @Max(UNITS_PER_LINE_MAX)
  @Field(() => Int, { description: 'How many units: at most what can still be asked back.' })
  quantity: number;
}

@InputType({ description: 'What a buyer asks back, and why.' })
export class AfterSaleApplyInput extends RepeatableInput {
  @IsId('order')
  @Field(() => ID, { description: 'Of which order of one’s own.' })
  orderId: OrderId;

  @IsIn(Object.values(AfterSaleKind))
  @Field(() => AfterSaleKind, { description: 'What is asked for.' })
  kind: AfterSaleKind;

  @IsIn(Object.values(AfterSaleReason))
  @Field(() => AfterSaleReason, { description: 'Why.' })
  reason: AfterSaleReason;

  @Type(() => AfterSaleLineInput)
  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(LINES_MAX)
  @ArrayUnique(({ lineId }: AfterSaleLineInput) => lineId, {
    context: { zh: '每个明细只能出现一次。', en: 'Must name each line only once.' },
  })
  @Field(() => [AfterSaleLineInput], { description: 'For what, each line once.' })
  lines: AfterSaleLineInput[];

  @IsOptional()
  @IsId('image', { each: true })
  @ArrayMaxSize(EVIDENCE_MAX)
  @ArrayUnique({ context: { zh: '每张图片只能出现一次。', en: 'Must name each image only once.' } })
  @Field(() => [ID], {
    nullable: true,
    description: `Photos of what is wrong: up to ${EVIDENCE_MAX} READY images of one’s own for AFTER_SALE, each once. They are kept as evidence.`,
  })
  imageIds?: ImageId[] | null;

  @Words()
  note?: string | null;
}
