import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { NotOnSale, SoldOut } from '#catalog';
import { Refusal } from '#common';
import { CannotBlockOneself, TooManyBlocks, UserBlock } from '#identity';
import { CheckoutAlreadyPaid, NotDelivered } from '#orders';
import { BuyerLimitReached, OfferFrozen, OfferNotOpen, OrderLimitExceeded } from './offers/offer.refusals.js';
import { Seat, SeatStatus } from './seat.entity.js';
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
    super(
      status === 'PENDING'
        ? { zh: '开团人正在付款，请稍后再试。', en: 'Whoever opened this team is still paying. Try again in a moment.' }
        : {
            zh: '该团已结束，请参加其他团或自己开团。',
            en: 'This team takes nobody any more. Join another one or open your own.',
          },
    );
    this.status = status;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The buyer has a seat in this team already.' })
export class SeatAlreadyHeld extends Refusal {
  constructor() {
    super({ zh: '您已在该团中。', en: 'You have a seat in this team already.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The team is formed, so nobody leaves it any more.' })
export class TeamAlreadyFormed extends Refusal {
  constructor() {
    super({
      zh: '该团已成团，不能退出；如需退款请联系商家。',
      en: 'This team has formed, so nobody can leave it. Ask the shop if you need your money back.',
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The seat is not a place in its team any more.' })
export class NotInTeam extends Refusal {
  @Field(() => SeatStatus, { description: 'What became of the seat.' })
  readonly status: SeatStatus;

  constructor(status: SeatStatus) {
    super({ zh: '您已不在该团中。', en: 'You are not in this team any more.' });
    this.status = status;
  }
}

export const TeamOpenResult = createUnionType({
  name: 'TeamOpenResult',
  description: 'The opener’s seat, to be paid for; or why not.',
  types: () =>
    [
      ...[Seat, OfferNotOpen, OfferFrozen, OrderLimitExceeded, BuyerLimitReached, NotOnSale, NotDelivered],
      SoldOut,
    ] as const,
});

export const TeamJoinResult = createUnionType({
  name: 'TeamJoinResult',
  description: 'A seat, to be paid for; or why not.',
  types: () =>
    [
      ...[Seat, SeatAlreadyHeld, TeamClosed, TeamFull, OfferFrozen, OrderLimitExceeded, BuyerLimitReached],
      ...[NotOnSale, NotDelivered, SoldOut],
    ] as const,
});

export const TeamOpenerBlockResult = createUnionType({
  name: 'TeamOpenerBlockResult',
  description: 'The block, by which it can be taken back; or why not.',
  types: () => [UserBlock, CannotBlockOneself, TooManyBlocks] as const,
});

export const TeamLeaveResult = createUnionType({
  name: 'TeamLeaveResult',
  description: 'The seat, given up or about to be; or why not.',
  types: () => [Seat, TeamAlreadyFormed, NotInTeam, CheckoutAlreadyPaid] as const,
});
