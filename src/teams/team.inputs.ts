import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { ReturnRule, SkuId } from '#catalog';
import { IsId, RepeatableInput } from '#common';
import { ConfirmedReturnRule, PlacingInput, UNITS_PER_LINE_MAX } from '#orders';
import type { OfferId } from './offers/offer.entity.js';
import type { SeatId } from './seat.entity.js';
import type { TeamId } from './team.entity.js';

@InputType({ isAbstract: true })
abstract class SeatInput extends PlacingInput {
  @IsOptional()
  @IsId('sku')
  @Field(() => ID, { nullable: true, description: 'Which SKU of the offer; it may be left out if there is only one.' })
  skuId?: SkuId | null;

  @IsInt()
  @Min(1)
  @Max(UNITS_PER_LINE_MAX)
  @Field(() => Int, { defaultValue: 1, description: `How many units to buy, 1 to ${UNITS_PER_LINE_MAX}.` })
  quantity: number;

  @ConfirmedReturnRule()
  confirmedReturnRule?: ReturnRule | null;
}

@InputType({ description: 'Opening a team.' })
export class TeamOpenInput extends SeatInput {
  @IsId('offer')
  @Field(() => ID, { description: 'By which offer.' })
  offerId: OfferId;
}

@InputType({ description: 'Joining a team.' })
export class TeamJoinInput extends SeatInput {
  @IsId('team')
  @Field(() => ID, { description: 'Which team.' })
  teamId: TeamId;
}

@InputType({ description: 'Whom one does not want to meet again.' })
export class TeamOpenerBlockInput {
  @IsId('team')
  @Field(() => ID, { description: 'A team of theirs.' })
  teamId: TeamId;
}

@InputType({ description: 'Leaving a team before it forms.' })
export class TeamLeaveInput extends RepeatableInput {
  @IsId('seat')
  @Field(() => ID, { description: 'One’s own seat in it.' })
  seatId: SeatId;
}
