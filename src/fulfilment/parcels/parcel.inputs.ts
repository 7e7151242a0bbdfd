import { applyDecorators } from '@nestjs/common';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { BatchNumberField } from '#catalog';
import { IsId, MaxCharacters, Reason, RepeatableInput } from '#common';
import { type LineId, LINES_MAX, type OrderId, UNITS_PER_LINE_MAX } from '#orders';
import type { ParcelId } from './parcel.entity.js';

const CARRIER_CHARACTERS_MAX = 32;
const NUMBER = /^[\dA-Z-]{6,40}$/;

/** Whether there is such a carrier is the business's to say. */
export function CarrierField(): PropertyDecorator {
  return applyDecorators(
    MaxCharacters(CARRIER_CHARACTERS_MAX),
    Field(() => ID, { description: 'By whom: the `id` of one of `carriers`.' }),
  );
}

/** Scanners and people write it in either case and with blanks. */
export function TrackingNumberField(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: TransformFnParams): unknown =>
      typeof value === 'string' ? value.replaceAll(/\s/g, '').toUpperCase() : value,
    ),
    Matches(NUMBER, {
      context: { zh: '必须是 6 至 40 个字母、数字或连字符。', en: 'Must be 6 to 40 letters, digits or hyphens.' },
    }),
    Field(() => String, { description: 'The carrier’s number of it: 6 to 40 letters, digits or hyphens.' }),
  );
}

@InputType({ description: 'How much of a line of the order is in a parcel.' })
export class ParcelLineInput {
  @IsId('line')
  @Field(() => ID, { description: 'Which line: its `id`.' })
  lineId: LineId;

  @IsInt()
  @Min(1)
  @Max(UNITS_PER_LINE_MAX)
  @Field(() => Int, { description: 'How many units: at most what is left to ship.' })
  quantity: number;

  @IsOptional()
  @BatchNumberField({
    nullable: true,
    description:
      'The number of the batch of all of them, as it came in; units of another batch go into another parcel.',
  })
  batchNumber?: string | null;
}

@InputType({ description: 'A parcel that was handed to a carrier.' })
export class ParcelShipInput extends RepeatableInput {
  @IsId('order')
  @Field(() => ID, { description: 'Of which order.' })
  orderId: OrderId;

  @CarrierField()
  carrier: string;

  @TrackingNumberField()
  trackingNumber: string;

  @IsOptional()
  @Type(() => ParcelLineInput)
  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(LINES_MAX)
  @ArrayUnique(({ lineId }: ParcelLineInput) => lineId, {
    context: { zh: '每个明细只能出现一次。', en: 'Must name each line only once.' },
  })
  @Field(() => [ParcelLineInput], {
    nullable: true,
    description: 'What is in it, each line once; all that is left to ship, if nothing is said.',
  })
  lines?: ParcelLineInput[] | null;
}

@InputType({ description: 'What a parcel should have said.' })
export class ParcelCorrectInput {
  @IsId('parcel')
  @Field(() => ID, { description: 'Which parcel.' })
  parcelId: ParcelId;

  @CarrierField()
  carrier: string;

  @TrackingNumberField()
  trackingNumber: string;

  @Reason()
  reason: string;
}

@InputType({ description: 'A parcel.' })
export class ParcelInput {
  @IsId('parcel')
  @Field(() => ID, { description: 'Which one.' })
  parcelId: ParcelId;
}
