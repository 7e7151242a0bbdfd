import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { Order, OrderStatus } from '#orders';

@ObjectType({
  implements: () => Refusal,
  description: 'The buyer cannot have it yet, or any more: not all of it is shipped, or it is over.',
})
export class OrderNotReceivable extends Refusal {
  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  readonly status: OrderStatus;

  constructor(status: OrderStatus) {
    super({ zh: '该订单当前状态不能确认收货。', en: 'The receipt of this order cannot be confirmed as it stands.' });
    this.status = status;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The automatic receipt was put off already; it can be once.' })
export class ReceiptAlreadyExtended extends Refusal {
  constructor() {
    super({ zh: '已延长过一次收货时间。', en: 'The receipt was put off already, which can be done once.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The time is over, so the order counts as received in a moment.',
})
export class ReceiptOver extends Refusal {
  constructor() {
    super({ zh: '已到自动收货时间，不能再延长。', en: 'The time is over. The receipt cannot be put off any more.' });
  }
}

export const OrderReceiveResult = createUnionType({
  name: 'OrderReceiveResult',
  description: 'The order, received; or why not.',
  types: () => [Order, OrderNotReceivable] as const,
});

export const ReceiptExtendResult = createUnionType({
  name: 'ReceiptExtendResult',
  description: 'The order with its later `receiveBy`; or why not.',
  types: () => [Order, OrderNotReceivable, ReceiptAlreadyExtended, ReceiptOver] as const,
});
