import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, Reason } from '#common';
import type { BillDayId } from './bill-day.entity.js';
import type { FindingId } from './finding.entity.js';

@InputType({ description: 'A finding that somebody has seen to.' })
export class FindingResolveInput {
  @IsId('finding')
  @Field(() => ID, { description: 'Which one.' })
  findingId: FindingId;

  @Reason()
  reason: string;
}

@InputType({ description: 'A bill that is to be fetched anew.' })
export class BillDayFetchAnewInput {
  @IsId('bill_day')
  @Field(() => ID, { description: 'Which one.' })
  billDayId: BillDayId;

  @Reason()
  reason: string;
}
