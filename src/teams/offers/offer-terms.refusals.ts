import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { SkuId } from '#catalog';
import { Minor, Refusal, yuan } from '#common';
import { TTL_SECONDS_MAX } from './offer.limits.js';
import { OfferSheet } from './offer-sheet.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The offer, or each team of it, would be over before a buyer could pay.',
})
export class OfferTooShort extends Refusal {
  @Field(() => Int, {
    description: 'How long buyers have to pay: the offer and its teams must last as long, in seconds.',
  })
  readonly payWindowSeconds: number;

  constructor(payWindowSeconds: number) {
    super({
      zh: `时间太短：活动剩余时间和成团时限都不能少于支付时限（${payWindowSeconds}秒）。`,
      en: `Too short: what is left of the offer and the time to fill a team must be at least the ${payWindowSeconds} seconds that buyers have to pay.`,
    });
    this.payWindowSeconds = payWindowSeconds;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'Teams would take longer to fill than the time in which WeChat wants paid goods shipped.',
})
export class OfferTooLong extends Refusal {
  @Field(() => Int, { description: 'How long a team may take at most, in seconds.' })
  readonly ttlSecondsMax = TTL_SECONDS_MAX;

  constructor() {
    super({
      zh: `成团时限不能超过${TTL_SECONDS_MAX / 3_600}小时：付款后须在此时间内发货。`,
      en: `A team may take ${TTL_SECONDS_MAX / 3_600} hours at most to fill, because goods must be shipped within that time of being paid.`,
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Buying together would cost more than buying alone.' })
export class PriceAboveSingle extends Refusal {
  @Field(() => ID, { description: 'Of which SKU.' })
  readonly skuId: SkuId;

  @Field(() => Minor, {
    description: 'What a unit costs alone, in minor units: the team price may be as much and not more.',
  })
  readonly singlePriceMinor: number;

  constructor(skuId: SkuId, singlePriceMinor: number) {
    const price = yuan(singlePriceMinor);
    super({
      zh: `拼团价不能高于单买价${price}。`,
      en: `The team price must not be above the price of buying alone, which is ${price}.`,
    });
    this.skuId = skuId;
    this.singlePriceMinor = singlePriceMinor;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The shares of all SKUs together are fewer units than a team has buyers, so that none could ever fill.',
})
export class ShareTooSmall extends Refusal {
  @Field(() => Int, { description: 'How many buyers make a team: as many units are needed at least.' })
  readonly size: number;

  @Field(() => Int, { description: 'How many units the shares are together.' })
  readonly unitsMax: number;

  constructor(size: number, unitsMax: number) {
    super({
      zh: `活动库存共${unitsMax}件，少于成团人数${size}人，无法成团。`,
      en: `The offer’s shares are ${unitsMax} units in all, too few for a team of ${size}.`,
    });
    this.size = size;
    this.unitsMax = unitsMax;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'Teams hold or have bought more of a SKU than its share would be.',
})
export class ShareBelowTaken extends Refusal {
  @Field(() => ID, { description: 'Of which SKU.' })
  readonly skuId: SkuId;

  @Field(() => Int, { description: 'How many units are held or sold: the share must be as many at least.' })
  readonly unitsTaken: number;

  constructor(skuId: SkuId, unitsTaken: number) {
    super({
      zh: `活动库存不能少于已占用和已售出的${unitsTaken}件。`,
      en: `The share must not be less than the ${unitsTaken} units that are held or sold.`,
    });
    this.skuId = skuId;
    this.unitsTaken = unitsTaken;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Somebody else has changed the offer’s terms meanwhile.' })
export class OfferChanged extends Refusal {
  @Field(() => OfferSheet, { description: 'The offer as it stands.' })
  readonly sheet: OfferSheet;

  constructor(sheet: OfferSheet) {
    super({
      zh: '该活动已被他人修改，请查看最新内容后再改。',
      en: 'Somebody else has changed this offer meanwhile. Look at it as it stands, then change it again.',
    });
    this.sheet = sheet;
  }
}

export const OfferAddResult = createUnionType({
  name: 'OfferAddResult',
  description: 'The offer that was made; or why it could not work.',
  types: () => [OfferSheet, OfferTooShort, OfferTooLong, PriceAboveSingle, ShareTooSmall] as const,
});

export const OfferChangeResult = createUnionType({
  name: 'OfferChangeResult',
  description: 'The offer with its new terms; or why it keeps the old ones.',
  types: () =>
    [
      ...[OfferSheet, OfferTooShort, OfferTooLong, PriceAboveSingle, ShareTooSmall, ShareBelowTaken],
      OfferChanged,
    ] as const,
});
