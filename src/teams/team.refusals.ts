import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { NotOnSale, SoldOut } from '#catalog';
import { Refusal } from '#common';
import type { Offer } from './offer.entity.js';
import { Seat } from './seat.entity.js';
import { TeamStatus } from './team.entity.js';

@ObjectType({ implements: () => Refusal, description: 'Every seat is held or paid for.' })
export class TeamFull extends Refusal {
  @Field(() => Int, { description: 'How many seats the team has.' })
  readonly size: number;

  constructor(size: number) {
    super({ zh: '该团已满，请参加其他团或自己开团。', en: 'This team is full. Join another one or open your own.' });
    this.size = size;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The team takes nobody any more: formed, failed or expired; or not yet.',
})
export class TeamClosed extends Refusal {
  @Field(() => TeamStatus, { description: 'How far the team has come.' })
  readonly status: TeamStatus;

  constructor(status: TeamStatus) {
    super({
      zh: '该团已结束，请参加其他团或自己开团。',
      en: 'This team takes nobody any more. Join another one or open your own.',
    });
    this.status = status;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The buyer has a seat in this team already.' })
export class SeatAlreadyHeld extends Refusal {
  constructor() {
    super({ zh: '您已在该团中。', en: 'You have a seat in this team already.' });
  }
}

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

export const TeamOpenResult = createUnionType({
  name: 'TeamOpenResult',
  description: 'The opener’s seat, to be paid for; or why not.',
  types: () => [Seat, OfferNotOpen, BuyerLimitReached, NotOnSale, SoldOut] as const,
});

export const TeamJoinResult = createUnionType({
  name: 'TeamJoinResult',
  description: 'A seat, to be paid for; or why not.',
  types: () => [Seat, SeatAlreadyHeld, TeamClosed, TeamFull, BuyerLimitReached, NotOnSale, SoldOut] as const,
});
