import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { SkuId } from '#catalog';
import { Refusal } from '#common';
import { CheckoutQuote } from './checkout-quote.js';

@ObjectType({ implements: () => Refusal, description: 'Some of the goods are not sent to where they should go.' })
export class NotDelivered extends Refusal {
  @Field(() => [ID], { description: 'The SKUs that do not go there.' })
  readonly skuIds: readonly SkuId[];

  constructor(skuIds: readonly SkuId[]) {
    super({
      zh: '部分商品不支持配送到该地区，请移除后再下单。',
      en: 'Some of the goods are not sent there. Leave them out, or choose another address.',
    });
    this.skuIds = skuIds;
  }
}

@ObjectType({ implements: () => Refusal, description: 'It costs something else by now; nothing was placed.' })
export class PriceChanged extends Refusal {
  @Field(() => CheckoutQuote, { description: 'What it costs now.' })
  readonly quote: CheckoutQuote;

  constructor(quote: CheckoutQuote) {
    super({
      zh: '价格或运费有变化，请确认新的金额后再下单。',
      en: 'The price or the freight has changed. Look at the new amount, then order again.',
    });
    this.quote = quote;
  }
}

@ObjectType({ implements: () => Refusal, description: 'More units of a SKU than one order may have.' })
export class OverOrderLimit extends Refusal {
  @Field(() => ID, { description: 'Of which SKU.' })
  readonly skuId: SkuId;

  @Field(() => Int, { description: 'How many units one order may have.' })
  readonly unitsLeft: number;

  constructor(skuId: SkuId, unitsLeft: number) {
    super({ zh: `该商品每单限购${unitsLeft}件。`, en: `One order may have ${unitsLeft} of this product.` });
    this.skuId = skuId;
    this.unitsLeft = unitsLeft;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The buyer would have more units of a SKU than one buyer may.' })
export class OverBuyerLimit extends Refusal {
  @Field(() => ID, { description: 'Of which SKU.' })
  readonly skuId: SkuId;

  @Field(() => Int, { description: 'How many units one buyer may have in all.' })
  readonly unitsPerBuyer: number;

  @Field(() => Int, { description: 'How many of them the buyer can still buy.' })
  readonly unitsLeft: number;

  constructor(skuId: SkuId, unitsPerBuyer: number, unitsLeft: number) {
    super({
      zh: `该商品每人限购${unitsPerBuyer}件，您还可购买${unitsLeft}件。`,
      en: `One buyer may have ${unitsPerBuyer} of this product; you can still buy ${unitsLeft}.`,
    });
    this.skuId = skuId;
    this.unitsPerBuyer = unitsPerBuyer;
    this.unitsLeft = unitsLeft;
  }
}
