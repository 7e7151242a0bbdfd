import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { ImageNotUsable } from '#media';
import { SKUS_PER_PRODUCT_MAX } from './product.limits.js';
import { Product, type ProductId } from './product.entity.js';
import { Sku, type SkuId } from './sku.entity.js';

@ObjectType({ implements: () => Refusal, description: 'The product is not sold at the moment.' })
export class NotOnSale extends Refusal {
  @Field(() => ID, { description: 'The SKU that cannot be bought.' })
  readonly skuId: SkuId;

  constructor(skuId: SkuId) {
    super({ zh: '该商品暂不出售。', en: 'This product is not on sale at the moment.' });
    this.skuId = skuId;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Somebody else has changed the product meanwhile.' })
export class ProductChanged extends Refusal {
  @Field(() => Product, { description: 'The product as it stands.' })
  readonly product: Product;

  constructor(product: Product) {
    super({
      zh: '该商品已被他人修改，请查看最新内容后再改。',
      en: 'Somebody else has changed this product meanwhile. Look at it as it stands, then change it again.',
    });
    this.product = product;
  }
}

@ObjectType({ implements: () => Refusal, description: 'A SKU has a value that the new options would not have.' })
export class OptionInUse extends Refusal {
  @Field(() => Sku, { description: 'The SKU that needs the options as they are.' })
  readonly sku: Sku;

  constructor(sku: Sku) {
    super({
      zh: '已有规格使用了原来的选项，不能删除；可以添加新的选项值或修改选项名称。',
      en: 'A SKU needs the present options. Values can be added and options renamed, not removed.',
    });
    this.sku = sku;
  }
}

@ObjectType({ implements: () => Refusal, description: 'A product has no SKU that could be sold.' })
export class ProductWithoutSku extends Refusal {
  @Field(() => ID, { description: 'Which product.' })
  readonly productId: ProductId;

  constructor(productId: ProductId) {
    super({
      zh: '商品至少要有一个在售规格才能上架；请先添加规格，或先下架再停用最后一个规格。',
      en: 'What is on sale needs a SKU that is sold. Add one first, or take the product off sale before its last one is retired.',
    });
    this.productId = productId;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Another SKU has that code.' })
export class SkuCodeTaken extends Refusal {
  constructor() {
    super({ zh: '该货号已被其他规格使用。', en: 'Another SKU has this code already.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The product has a SKU of these values already, retired or not.',
})
export class CombinationTaken extends Refusal {
  @Field(() => Sku, { description: 'The SKU that has them.' })
  readonly sku: Sku;

  constructor(sku: Sku) {
    super({ zh: '该商品已有相同选项的规格。', en: 'The product has a SKU of these values already.' });
    this.sku = sku;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The product has as many SKUs as it may.' })
export class TooManySkus extends Refusal {
  @Field(() => Int, { description: 'How many it may have.' })
  readonly skusMax: number = SKUS_PER_PRODUCT_MAX;

  constructor() {
    super({
      zh: `一个商品最多${SKUS_PER_PRODUCT_MAX}个规格。`,
      en: `A product has ${SKUS_PER_PRODUCT_MAX} SKUs at most.`,
    });
  }
}

export const ProductAddResult = createUnionType({
  name: 'ProductAddResult',
  description: 'The new product, not on sale yet; or why there is none.',
  types: () => [Product, ImageNotUsable] as const,
});

export const ProductChangeResult = createUnionType({
  name: 'ProductChangeResult',
  description: 'The product as it is now, or why it stays as it was.',
  types: () => [Product, ProductChanged, OptionInUse, ImageNotUsable] as const,
});

export const SkuAddResult = createUnionType({
  name: 'SkuAddResult',
  description: 'The new SKU, without stock; or why there is none.',
  types: () => [Sku, ProductChanged, SkuCodeTaken, CombinationTaken, TooManySkus] as const,
});

export const SkuChangeResult = createUnionType({
  name: 'SkuChangeResult',
  description: 'The SKU as it is now, or why it stays as it was.',
  types: () => [Sku, ProductChanged, SkuCodeTaken, ProductWithoutSku] as const,
});
