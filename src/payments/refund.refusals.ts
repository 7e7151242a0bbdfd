import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { Refund } from './refund.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The refund does not wait for an operator: it is done, or under way.',
})
export class RefundNotWaiting extends Refusal {
  @Field(() => Refund, { description: 'The refund as it stands.' })
  readonly refund: Refund;

  constructor(refund: Refund) {
    super({
      zh: '该退款无需人工处理：已完成或正在处理中。',
      en: 'This refund needs no operator: it is done or under way.',
    });
    this.refund = refund;
  }
}

@ObjectType({ implements: () => Refusal, description: 'WeChat takes only so many refunds of one payment.' })
export class TooManyRefunds extends Refusal {
  constructor() {
    super({
      zh: '该笔支付的退款次数已达上限，请与买家协商其他方式。',
      en: 'This payment has been refunded in parts too often. Please agree on another way with the buyer.',
    });
  }
}

export const RefundQueueResult = createUnionType({
  name: 'RefundQueueResult',
  description: 'A refund of the queue, as it stands after what was done; or why not.',
  types: () => [Refund, RefundNotWaiting] as const,
});
