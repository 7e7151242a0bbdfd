import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import type { SkuId } from './sku.entity.js';

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

@ObjectType({ implements: () => Refusal, description: 'The product is not sold at the moment.' })
export class NotOnSale extends Refusal {
  @Field(() => ID, { description: 'The SKU that cannot be bought.' })
  readonly skuId: SkuId;

  constructor(skuId: SkuId) {
    super({ zh: '该商品暂不出售。', en: 'This product is not on sale at the moment.' });
    this.skuId = skuId;
  }
}
