import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#common';
import type { RefundId } from './refund.entity.js';

@InputType({ description: 'A refund that waits for an operator.' })
export class RefundRetryInput {
  @IsId('refund')
  @Field(() => ID, { description: 'Which one.' })
  refundId: RefundId;
}
