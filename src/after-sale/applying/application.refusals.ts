import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ReturnRule } from '#catalog';
import { Refusal } from '#common';
import { ImageNotUsable } from '#media';
import { type LineId, OrderNotRefundable, OrderStatus } from '#orders';
import { AfterSale } from '../cases/after-sale.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The team has not filled yet: leave it, and all the money goes back at once.',
})
export class LeaveTheTeamInstead extends Refusal {
  constructor() {
    super({ zh: '拼团尚未成功，请直接退出拼团。', en: 'The team has not filled yet. Please leave the team instead.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'Nothing of the order can be asked back as it stands: it is not paid, or all of its money went back.',
})
export class AfterSaleNotOpen extends Refusal {
  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  readonly orderStatus: OrderStatus;

  constructor(orderStatus: OrderStatus) {
    super({ zh: '该订单当前状态不能申请售后。', en: 'Nothing of this order can be asked back as it stands.' });
    this.orderStatus = orderStatus;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The after-sale window of the order is over.' })
export class AfterSaleWindowOver extends Refusal {
  @Field(() => Date, { description: 'When it ended.' })
  readonly endedAt: Date;

  constructor(endedAt: Date) {
    super({ zh: '该订单的售后期已结束。', en: 'The after-sale window of this order is over.' });
    this.endedAt = endedAt;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The reason does not go with what is asked for, or with where the order stands.',
})
export class ReasonUnfit extends Refusal {
  constructor() {
    super({
      zh: '所选原因不适用于该申请，请重新选择。',
      en: 'This reason does not go with what you ask for. Please choose another one.',
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Whoever says that something is wrong shows it.' })
export class EvidenceNeeded extends Refusal {
  @Field(() => Int, { description: 'How many photos there may be; one is enough.' })
  readonly imagesMax: number;

  constructor(imagesMax: number) {
    super({ zh: '请上传至少一张能说明问题的照片。', en: 'Please add at least one photo of what is wrong.' });
    this.imagesMax = imagesMax;
  }
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The goods are excepted from being sent back without a reason, by law or because the buyer has confirmed it; FRESH ones are not sent back at all. A claim that something is wrong with them stays possible.',
})
export class ReturnExcepted extends Refusal {
  @Field(() => ID, { description: 'Which line of the order.' })
  readonly lineId: LineId;

  @Field(() => ReturnRule, { description: 'By which rule.' })
  readonly returnRule: ReturnRule;

  constructor(lineId: LineId, returnRule: ReturnRule) {
    super({
      zh: '该商品不支持无理由退货；如有质量问题，请选择相应原因申请退款。',
      en: 'These goods cannot be sent back without a reason. If something is wrong with them, choose that as the reason.',
    });
    this.lineId = lineId;
    this.returnRule = returnRule;
  }
}

@ObjectType({ implements: () => Refusal, description: 'More units than can still be asked back of a line.' })
export class MoreThanClaimable extends Refusal {
  @Field(() => ID, { description: 'Which line of the order.' })
  readonly lineId: LineId;

  @Field(() => Int, { description: 'How many units of it can still be asked back.' })
  readonly claimableQuantity: number;

  constructor(lineId: LineId, claimableQuantity: number) {
    super({ zh: '申请数量超过可售后数量。', en: 'This is more than can still be asked back of a line.' });
    this.lineId = lineId;
    this.claimableQuantity = claimableQuantity;
  }
}

export const AfterSaleApplyResult = createUnionType({
  name: 'AfterSaleApplyResult',
  description: 'The case; or why not.',
  types: () =>
    [
      AfterSale,
      LeaveTheTeamInstead,
      AfterSaleWindowOver,
      AfterSaleNotOpen,
      OrderNotRefundable,
      ReasonUnfit,
      EvidenceNeeded,
      ReturnExcepted,
      MoreThanClaimable,
      ImageNotUsable,
    ] as const,
});
