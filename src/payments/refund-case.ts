import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#common';
import { Refund } from './refund.entity.js';

@ObjectType({
  description: 'A refund that the channel does not get done by itself, as operators see it. It is still owed.',
})
export class RefundCase {
  @Field(() => Refund, { description: 'The refund.' })
  readonly refund: Refund;

  @Field(() => String, { description: 'What is wrong, as the channel last said.' })
  readonly problem: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The order that gives the money back; null if nobody had asked for it.',
  })
  readonly orderId: Id<'order'> | null;

  @Field(() => String, { description: 'WeChat’s number of the payment.' })
  readonly transactionId: string;

  @Field(() => String, { nullable: true, description: 'WeChat’s number of the refund, if it knows it.' })
  readonly channelRefundId: string | null;

  constructor(refund: Refund, transactionId: string) {
    this.refund = refund;
    this.problem = refund.problem ?? '';
    this.orderId = refund.orderId;
    this.transactionId = transactionId;
    this.channelRefundId = refund.channelRefundId;
  }
}
