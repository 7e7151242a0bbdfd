import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { BatchUnknown } from '#catalog';
import { Refusal } from '#common';
import { type LineId, OrderStatus } from '#orders';
import { Parcel } from './parcel.entity.js';

@ObjectType({
  implements: () => Refusal,
  description:
    'The order is not to be shipped as it stands: it is not paid, its team decides, all of it is shipped, or it is over.',
})
export class OrderNotToShip extends Refusal {
  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  readonly status: OrderStatus;

  constructor(status: OrderStatus) {
    super({ zh: '该订单当前状态不能发货。', en: 'This order is not to be shipped as it stands.' });
    this.status = status;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'All that was paid for the order is on its way back to the buyer, so nothing of it is to be shipped.',
})
export class OrderPromisedBack extends Refusal {
  constructor() {
    super({ zh: '该订单正在全额退款，请勿发货。', en: 'This order is being refunded in full. Do not ship it.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The buyer asks for the money of all that is left to ship; decide on the case first.',
})
export class UnitsWithheld extends Refusal {
  constructor() {
    super({
      zh: '买家已对剩余商品申请退款，请先处理售后申请。',
      en: 'The buyer asks for the money of all that is left. Decide on that first.',
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'More units than are left to ship of a line.' })
export class MoreThanLeftToShip extends Refusal {
  @Field(() => ID, { description: 'Of which line.' })
  readonly lineId: LineId;

  @Field(() => Int, { description: 'How many units of it are left to ship.' })
  readonly leftQuantity: number;

  constructor({ lineId, leftQuantity }: Pick<MoreThanLeftToShip, 'lineId' | 'leftQuantity'>) {
    super({ zh: '发货数量超过该明细的待发数量。', en: 'This is more than is left to ship of a line.' });
    this.lineId = lineId;
    this.leftQuantity = leftQuantity;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'WeChat lists only so many parcels, so the last of them must take all that is left of the order.',
})
export class TooManyParcels extends Refusal {
  @Field(() => Int, { description: 'How many an order may have.' })
  readonly parcelsMax: number;

  constructor(parcelsMax: number) {
    super({
      zh: '该订单的包裹数将达上限，请把剩余商品合并为一个包裹。',
      en: 'An order has only so many parcels. Please put all that is left into this one.',
    });
    this.parcelsMax = parcelsMax;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The shop knows no such carrier; `carriers` names those that it knows.',
})
export class CarrierUnknown extends Refusal {
  constructor() {
    super({ zh: '不支持该快递公司，请重新选择。', en: 'There is no such carrier. Please choose another one.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'No number of this carrier looks like that.' })
export class TrackingNumberUnfit extends Refusal {
  constructor() {
    super({
      zh: '运单号与快递公司不符，请核对后重试。',
      en: 'This is no tracking number of that carrier. Please check both.',
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Another parcel of this carrier has the number.' })
export class TrackingNumberTaken extends Refusal {
  constructor() {
    super({ zh: '该运单号已被其他包裹使用。', en: 'Another parcel has this tracking number.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'WeChat lets the shipping of a payment be told anew once, and that was done.',
})
export class CorrectionUsedUp extends Refusal {
  constructor() {
    super({
      zh: '发货信息只能修改一次，该笔支付已修改过。',
      en: 'The shipping of a payment can be corrected once, and that was done.',
    });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The buyer has the order, or it is over, so its parcels stay as they are.',
})
export class ParcelClosed extends Refusal {
  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  readonly status: OrderStatus;

  constructor(status: OrderStatus) {
    super({
      zh: '该订单已收货或已结束，不能再修改包裹。',
      en: 'The order is received or over, so its parcels stay as they are.',
    });
    this.status = status;
  }
}

export const ParcelShipResult = createUnionType({
  name: 'ParcelShipResult',
  description: 'The parcel, on its way; or why not.',
  types: () =>
    [
      Parcel,
      OrderNotToShip,
      OrderPromisedBack,
      UnitsWithheld,
      MoreThanLeftToShip,
      TooManyParcels,
      CarrierUnknown,
      TrackingNumberUnfit,
      TrackingNumberTaken,
      BatchUnknown,
    ] as const,
});

export const ParcelCorrectResult = createUnionType({
  name: 'ParcelCorrectResult',
  description: 'The parcel as it should have been; or why not.',
  types: () =>
    [Parcel, ParcelClosed, CarrierUnknown, TrackingNumberUnfit, TrackingNumberTaken, CorrectionUsedUp] as const,
});
