import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { Sku, type SkuId } from '../products/sku.entity.js';
import { BatchDatesDiffer } from './sku-batch.refusals.js';
import { STOCK_UNITS_MAX } from './stock.limits.js';

@ObjectType({
  implements: () => Refusal,
  description: 'There is not enough stock left, or the offer’s share of it is used up.',
})
export class SoldOut extends Refusal {
  @Field(() => ID, { description: 'The SKU that is short.' })
  readonly skuId: SkuId;

  constructor(skuId: SkuId) {
    super({
      zh: '库存不足，请减少数量或选择其他商品。',
      en: 'There is not enough left. Take fewer, or something else.',
    });
    this.skuId = skuId;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'There would be less than nothing on hand, or more than the shop can count.',
})
export class StockOutOfBounds extends Refusal {
  @Field(() => Int, { description: 'Units on hand; those that are reserved or sold are not among them.' })
  readonly onHand: number;

  @Field(() => Int, { description: 'How many there may be.' })
  readonly unitsMax: number = STOCK_UNITS_MAX;

  constructor(onHand: number) {
    super({
      zh: `可售库存现为${onHand}件，调整后不能少于零，也不能超过${STOCK_UNITS_MAX}件。`,
      en: `There are ${onHand} units on hand. There cannot be fewer than none, nor more than ${STOCK_UNITS_MAX}.`,
    });
    this.onHand = onHand;
  }
}

export const StockReceiveResult = createUnionType({
  name: 'StockReceiveResult',
  description: 'The SKU, whose `stock` is as it is now; or why its stock stays as it was.',
  types: () => [Sku, StockOutOfBounds, BatchDatesDiffer] as const,
});

export const StockChangeResult = createUnionType({
  name: 'StockChangeResult',
  description: 'The SKU, whose `stock` is as it is now; or why its stock stays as it was.',
  types: () => [Sku, StockOutOfBounds] as const,
});
