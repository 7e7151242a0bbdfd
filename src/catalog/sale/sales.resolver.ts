import { UseInterceptors } from '@nestjs/common';
import { Args, createUnionType, Field, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { Product } from '../products/product.entity.js';
import { ProductWithoutSku } from '../products/product.refusals.js';
import { ProductsInput } from './sale.inputs.js';
import { SalesService } from './sales.service.js';

@ObjectType({ description: 'Some products, in the order asked.' })
export class ProductBatch {
  @Field(() => [Product], { description: 'The products as they are now.' })
  readonly products: Product[];

  constructor(products: Product[]) {
    this.products = products;
  }
}

const ProductsOnSaleResult = createUnionType({
  name: 'ProductsOnSaleResult',
  description: 'The products, all of them on sale; or why none has been put on sale.',
  types: () => [ProductBatch, ProductWithoutSku] as const,
});

@Resolver(() => ProductBatch)
@UseInterceptors(RefusalsAsResults)
export class SalesResolver {
  constructor(private readonly sales: SalesService) {}

  @Allow('CATALOG')
  @Mutation(() => ProductsOnSaleResult, {
    description: 'Put products on sale now, all or none; an end that is set stays. For CATALOG.',
  })
  async productsOnSale(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which products, and why.' }) input: ProductsInput,
  ): Promise<ProductBatch> {
    return new ProductBatch(await this.sales.putOn(staff, input));
  }

  @Allow('CATALOG')
  @Mutation(() => ProductBatch, {
    description: 'Take products off sale now, all or none, whatever times of sale are set. For CATALOG.',
  })
  async productsOffSale(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which products, and why.' }) input: ProductsInput,
  ): Promise<ProductBatch> {
    return new ProductBatch(await this.sales.takeOff(staff, input));
  }

  @Allow('SUPPLIER')
  @Mutation(() => ProductBatch, {
    description:
      'Take products of the supplier that one works for off sale now; only the shop puts them on again. For SUPPLIER.',
  })
  async suppliedProductsOffSale(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which products, and why.' }) input: ProductsInput,
  ): Promise<ProductBatch> {
    return new ProductBatch(await this.sales.takeOff(staff, input));
  }
}
