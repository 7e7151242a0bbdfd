import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { NotOnSale, SoldOut } from '#catalog';
import { Minor, Refusal } from '#common';
import { Refund, TooManyRefunds } from '#payments';
import { Checkout } from './checkout.entity.js';
import { CheckoutQuote } from './placing/checkout-quote.js';
import { OrderStatus } from './order.entity.js';
import { NotDelivered, OverBuyerLimit, OverOrderLimit, PriceChanged } from './placing/price.refusals.js';

@ObjectType({ description: 'What `wx.requestPayment` wants, word for word.' })
export class PaySheet {
  @Field(() => String, { description: 'Unix seconds.' })
  timeStamp: string;

  @Field(() => String, { description: 'A random string.' })
  nonceStr: string;

  @Field(() => String, { description: '`prepay_id=…`' })
  package: string;

  @Field(() => String, { description: 'Always RSA.' })
  signType: string;

  @Field(() => String, { description: 'The signature over the others.' })
  paySign: string;
}

@ObjectType({ implements: () => Refusal, description: 'It is paid already.' })
export class CheckoutAlreadyPaid extends Refusal {
  @Field(() => Checkout, { description: 'The checkout as it stands.' })
  readonly checkout: Checkout;

  constructor(checkout: Checkout) {
    super({ zh: '该订单已支付。', en: 'This has been paid already.' });
    this.checkout = checkout;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The time to pay is over; order again.' })
export class PayWindowOver extends Refusal {
  @Field(() => Checkout, { description: 'The checkout as it stands.' })
  readonly checkout: Checkout;

  constructor(checkout: Checkout) {
    super({ zh: '支付时间已过，请重新下单。', en: 'The time to pay is over. Please order again.' });
    this.checkout = checkout;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'Nothing of the order can be given back as it stands: it is unpaid, its team decides, or it is over.',
})
export class OrderNotRefundable extends Refusal {
  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  readonly status: OrderStatus;

  constructor(status: OrderStatus) {
    super({ zh: '该订单当前状态不能退款。', en: 'This order cannot be refunded as it stands.' });
    this.status = status;
  }
}

@ObjectType({ implements: () => Refusal, description: 'More than what is left of what was paid for the order.' })
export class RefundTooLarge extends Refusal {
  @Field(() => Minor, { description: 'What can still be given back, in minor units.' })
  readonly refundableMinor: number;

  constructor(refundableMinor: number) {
    super({ zh: '退款金额超过该订单可退金额。', en: 'This is more than can still be given back for the order.' });
    this.refundableMinor = refundableMinor;
  }
}

export const OrderRefundResult = createUnionType({
  name: 'OrderRefundResult',
  description: 'The refund, on its way; or why not.',
  types: () => [Refund, OrderNotRefundable, RefundTooLarge, TooManyRefunds] as const,
});

export const CheckoutPlaceResult = createUnionType({
  name: 'CheckoutPlaceResult',
  description: 'A checkout to pay, or why not.',
  types: () => [Checkout, NotOnSale, OverOrderLimit, NotDelivered, PriceChanged, OverBuyerLimit, SoldOut] as const,
});

export const CheckoutQuoteResult = createUnionType({
  name: 'CheckoutQuoteResult',
  description: 'What it would cost, or why it could not be bought.',
  types: () => [CheckoutQuote, NotOnSale, OverOrderLimit, NotDelivered, OverBuyerLimit, SoldOut] as const,
});

export const PaymentStartResult = createUnionType({
  name: 'PaymentStartResult',
  description: 'What the phone needs to pay, or why not.',
  types: () => [PaySheet, CheckoutAlreadyPaid, PayWindowOver] as const,
});

export const CheckoutCancelResult = createUnionType({
  name: 'CheckoutCancelResult',
  description: 'The checkout, released or about to be; or why not.',
  types: () => [Checkout, CheckoutAlreadyPaid] as const,
});
