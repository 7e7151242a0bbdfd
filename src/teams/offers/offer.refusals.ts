import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import type { Offer } from './offer.entity.js';

@ObjectType({ implements: () => Refusal, description: 'The offer has not started or is over.' })
export class OfferNotOpen extends Refusal {
  @Field(() => Date, { description: 'When it starts.' })
  readonly startsAt: Date;

  @Field(() => Date, { description: 'When it ends.' })
  readonly endsAt: Date;

  constructor({ startsAt, endsAt }: Pick<Offer, 'startsAt' | 'endsAt'>) {
    super({ zh: '该拼团活动未开始或已结束。', en: 'This offer has not started or is over.' });
    this.startsAt = startsAt;
    this.endsAt = endsAt;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The buyer would exceed what one buyer may have by this offer.' })
export class BuyerLimitReached extends Refusal {
  @Field(() => Int, { description: 'How many units one buyer may have.' })
  readonly unitsPerBuyer: number;

  constructor(unitsPerBuyer: number) {
    super({
      zh: `该活动每人限购${unitsPerBuyer}件。`,
      en: `One buyer may have ${unitsPerBuyer} by this offer.`,
    });
    this.unitsPerBuyer = unitsPerBuyer;
  }
}

@ObjectType({ implements: () => Refusal, description: 'More units than one order may have by this offer.' })
export class OrderLimitExceeded extends Refusal {
  @Field(() => Int, { description: 'How many units one order may have.' })
  readonly unitsPerOrder: number;

  constructor(unitsPerOrder: number) {
    super({
      zh: `该活动每单限购${unitsPerOrder}件。`,
      en: `One order may have ${unitsPerOrder} by this offer.`,
    });
    this.unitsPerOrder = unitsPerOrder;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The shop has stopped the offer: nobody opens or joins a team of it for now.',
})
export class OfferFrozen extends Refusal {
  constructor() {
    super({
      zh: '该拼团活动已暂停，请稍后再来或选择其他商品。',
      en: 'This offer is paused. Come back later, or choose something else.',
    });
  }
}
