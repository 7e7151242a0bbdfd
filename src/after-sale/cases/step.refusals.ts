import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal, type Texts } from '#common';
import { CarrierUnknown, TrackingNumberUnfit } from '#fulfilment';
import { OrderNotRefundable } from '#orders';
import { AfterSale, AfterSaleStatus } from './after-sale.entity.js';

/** A step that a case does not take from where it stands. */
@ObjectType({ isAbstract: true })
abstract class WrongStep extends Refusal {
  @Field(() => AfterSaleStatus, { description: 'Where the case stands.' })
  readonly status: AfterSaleStatus;

  constructor(texts: Texts, status: AfterSaleStatus) {
    super(texts);
    this.status = status;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Nothing is to be decided: that was done, or the case is over.' })
export class AfterSaleDecided extends WrongStep {
  constructor(status: AfterSaleStatus) {
    super({ zh: '该售后申请已处理。', en: 'This case has been decided already.' }, status);
  }
}

@ObjectType({ implements: () => Refusal, description: 'No goods of the case are on their way back.' })
export class AfterSaleNotReturning extends WrongStep {
  constructor(status: AfterSaleStatus) {
    super({ zh: '该售后申请没有待收的退货。', en: 'No goods of this case are on their way back.' }, status);
  }
}

@ObjectType({ implements: () => Refusal, description: 'No goods of the case are to be sent back now.' })
export class AfterSaleNotReturnable extends WrongStep {
  constructor(status: AfterSaleStatus) {
    super({ zh: '该售后申请当前不需要寄回商品。', en: 'Nothing is to be sent back for this case now.' }, status);
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'It is too late to give it up: the goods or the money are on their way, or it is over.',
})
export class AfterSaleNotCancellable extends WrongStep {
  constructor(status: AfterSaleStatus) {
    super({ zh: '该售后申请当前不能撤销。', en: 'This case cannot be given up any more.' }, status);
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'There is nothing to appeal against: it was not refused, was appealed before, or the time is over.',
})
export class AfterSaleNotAppealable extends WrongStep {
  constructor(status: AfterSaleStatus) {
    super({ zh: '该售后申请当前不能申诉。', en: 'There is nothing to appeal against, or not any more.' }, status);
  }
}

@ObjectType({ implements: () => Refusal, description: 'Nobody has appealed, or that was decided.' })
export class AfterSaleNotAppealed extends WrongStep {
  constructor(status: AfterSaleStatus) {
    super({ zh: '该售后申请没有待处理的申诉。', en: 'There is no appeal to decide.' }, status);
  }
}

export const AfterSaleApproveResult = createUnionType({
  name: 'AfterSaleApproveResult',
  description: 'The case, approved; or why not.',
  types: () => [AfterSale, AfterSaleDecided, OrderNotRefundable] as const,
});

export const AfterSaleRejectResult = createUnionType({
  name: 'AfterSaleRejectResult',
  description: 'The case, refused; or why not.',
  types: () => [AfterSale, AfterSaleDecided] as const,
});

export const AfterSaleReturnReceiveResult = createUnionType({
  name: 'AfterSaleReturnReceiveResult',
  description: 'The case, with the money on its way; or why not.',
  types: () => [AfterSale, AfterSaleNotReturning, OrderNotRefundable] as const,
});

export const AfterSaleAppealDecideResult = createUnionType({
  name: 'AfterSaleAppealDecideResult',
  description: 'The case, decided for good; or why not.',
  types: () => [AfterSale, AfterSaleNotAppealed, OrderNotRefundable] as const,
});

export const AfterSaleCancelResult = createUnionType({
  name: 'AfterSaleCancelResult',
  description: 'The case, given up; or why not.',
  types: () => [AfterSale, AfterSaleNotCancellable] as const,
});

export const AfterSaleReturnSendResult = createUnionType({
  name: 'AfterSaleReturnSendResult',
  description: 'The case, with the goods on their way back; or why not.',
  types: () => [AfterSale, AfterSaleNotReturnable, CarrierUnknown, TrackingNumberUnfit] as const,
});

export const AfterSaleAppealResult = createUnionType({
  name: 'AfterSaleAppealResult',
  description: 'The case, for the shop to decide; or why not.',
  types: () => [AfterSale, AfterSaleNotAppealable] as const,
});
