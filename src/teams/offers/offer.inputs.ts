import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsInt, Max, MaxDate, Min, MinDate, ValidateNested } from 'class-validator';
import type { SkuId } from '#catalog';
import { IsId, Minor, Reason, RepeatableInput, type Texts } from '#common';
import { UNITS_PER_LINE_MAX } from '#orders';
import type { OfferId } from './offer.entity.js';
import {
  EARLIEST_AT,
  LATEST_AT,
  PRICE_MINOR_MAX,
  SHARE_UNITS_MAX,
  SIZE_MAX,
  SIZE_MIN,
  SKUS_MAX,
  TTL_SECONDS_MAX,
  UNITS_PER_BUYER_MAX,
} from './offer.limits.js';

const YEARS = { zh: '必须在 2000 年至 2099 年之间。', en: 'Must lie in the years from 2000 to 2099.' } satisfies Texts;

@InputType({ description: 'What teams pay for a SKU, and how much of it they may take.' })
export class OfferPriceInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Which SKU.' })
  skuId: SkuId;

  @IsInt()
  @Min(0)
  @Max(PRICE_MINOR_MAX)
  @Field(() => Minor, { description: 'The team price of a unit, in minor units; at most the SKU’s own price.' })
  priceMinor: number;

  @IsInt()
  @Min(1)
  @Max(SHARE_UNITS_MAX)
  @Field(() => Int, {
    description: `How many units of the SKU’s stock the offer’s teams may take in all, 1 to ${SHARE_UNITS_MAX}.`,
  })
  unitsMax: number;
}

/** All the terms of an offer and why they are so. */
@InputType({ isAbstract: true })
abstract class OfferTermsInput extends RepeatableInput {
  @IsInt()
  @Min(SIZE_MIN)
  @Max(SIZE_MAX)
  @Field(() => Int, { description: `How many buyers make a team, ${SIZE_MIN} to ${SIZE_MAX}.` })
  size: number;

  @IsInt()
  @Min(1)
  @Field(() => Int, {
    description: `How long a team may take to fill, in seconds: from the time buyers have to pay up to ${TTL_SECONDS_MAX} (48 hours).`,
  })
  ttlSeconds: number;

  @IsInt()
  @Min(1)
  @Max(UNITS_PER_LINE_MAX)
  @Field(() => Int, {
    description: `How many units one order may have, 1 to ${UNITS_PER_LINE_MAX}; no more than one buyer may have.`,
  })
  unitsPerOrder: number;

  @IsInt()
  @Min(1)
  @Max(UNITS_PER_BUYER_MAX)
  @Field(() => Int, {
    description: `How many units one buyer may hold or have bought by the offer, 1 to ${UNITS_PER_BUYER_MAX}.`,
  })
  unitsPerBuyer: number;

  @MinDate(EARLIEST_AT, { context: YEARS })
  @Field(() => Date, { description: 'When teams can first be opened; a time that is over means at once.' })
  startsAt: Date;

  @MaxDate(LATEST_AT, { context: YEARS })
  @Field(() => Date, { description: 'When no team can be opened any more.' })
  endsAt: Date;

  @Type(() => OfferPriceInput)
  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(SKUS_MAX)
  @Field(() => [OfferPriceInput], {
    description: `1 to ${SKUS_MAX} SKUs of one product, each once.`,
  })
  prices: OfferPriceInput[];

  @Reason()
  reason: string;
}

@InputType({ description: 'A new offer.' })
export class OfferAddInput extends OfferTermsInput {}

@InputType({ description: 'New terms of an offer, all of them; teams that are open keep theirs.' })
export class OfferChangeInput extends OfferTermsInput {
  @IsId('offer')
  @Field(() => ID, { description: 'Which offer.' })
  offerId: OfferId;

  @IsInt()
  @Min(1)
  @Field(() => Int, {
    description: 'The `revision` that was looked at: if somebody else has changed the offer since, nothing is changed.',
  })
  revision: number;
}

@InputType({ description: 'A decision about an offer.' })
export class OfferDecisionInput {
  @IsId('offer')
  @Field(() => ID, { description: 'Which offer.' })
  offerId: OfferId;

  @Reason()
  reason: string;
}
