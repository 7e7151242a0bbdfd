import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, CurrentSupplierId, type StaffViewer } from '#identity';
import { Product } from '../products/product.entity.js';
import { Supplier, type SupplierId } from '../suppliers/supplier.entity.js';
import { supplierById } from '../suppliers/supplier.loaders.js';
import { FreightTemplateAddInput, FreightTemplateChangeInput, ProductsFreightSetInput } from './freight.inputs.js';
import { FreightTemplateChangeResult } from './freight.refusals.js';
import { freightTemplateById } from './freight.loaders.js';
import { FreightService } from './freight.service.js';
import {
  FreightChargeType,
  FreightRuleType,
  FreightTemplate,
  type FreightTemplateId,
} from './freight-template.entity.js';

const FreightTemplateConnection = connectionOf(FreightTemplate);

/** Freight templates: what operators set, suppliers see of their own, and buyers read beside a product. */
@Resolver(() => FreightTemplate)
@UseInterceptors(RefusalsAsResults)
export class FreightTemplateResolver {
  constructor(private readonly freight: FreightService) {}

  @Allow('CATALOG')
  @Query(() => FreightTemplateConnection, { description: 'A supplier’s freight templates, newest first. For CATALOG.' })
  freightTemplates(
    @Args('supplierId', { type: () => ID, description: 'Whose.' }, new IdPipe('supplier')) supplierId: SupplierId,
    @Args() page: PageArgs,
  ): Promise<Page<FreightTemplate>> {
    return this.freight.templates(supplierId, page);
  }

  @Allow('SUPPLIER')
  @Query(() => FreightTemplateConnection, {
    description: 'The freight templates of the supplier that one works for, newest first. For SUPPLIER.',
  })
  ownFreightTemplates(@CurrentSupplierId() id: SupplierId, @Args() page: PageArgs): Promise<Page<FreightTemplate>> {
    return this.freight.templates(id, page);
  }

  @Allow('CATALOG')
  @Mutation(() => FreightTemplate, { description: 'Make a freight template of a supplier. For CATALOG.' })
  freightTemplateAdd(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'What it says, and why.' }) input: FreightTemplateAddInput,
  ): Promise<FreightTemplate> {
    return this.freight.addOnce(by, input);
  }

  @Allow('CATALOG')
  @Mutation(() => FreightTemplateChangeResult, {
    description: 'Let a freight template say something else, for orders that are placed from now on. For CATALOG.',
  })
  freightTemplateChange(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which template, all that it says, and why.' }) input: FreightTemplateChangeInput,
  ): Promise<FreightTemplate> {
    return this.freight.change(by, input);
  }

  @Allow('CATALOG')
  @Mutation(() => [Product], {
    description:
      'Say which freight template products follow, or none, and what their SKUs weigh, for orders that are placed from now on. For CATALOG.',
  })
  productsFreightSet(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which products, how they are sent, and why.' })
    { reason, ...input }: ProductsFreightSetInput,
  ): Promise<Product[]> {
    return this.freight.setFreightOf(input, { by, reason });
  }

  @ResolveField(() => Supplier, { description: 'Whose goods it is for.' })
  supplier(
    @Parent() { supplierId }: FreightTemplate,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(supplierId);
  }

  @ResolveField(() => [FreightRuleType], {
    description: 'What sending to some regions costs; each region at most once.',
  })
  rules(@Parent() { terms }: FreightTemplate): readonly FreightRuleType[] {
    return terms.rules;
  }

  @ResolveField(() => FreightChargeType, {
    nullable: true,
    description: 'What sending anywhere else costs; null if nothing is sent there.',
  })
  elsewhere(@Parent() { terms }: FreightTemplate): FreightChargeType | null {
    return terms.elsewhere;
  }

  @ResolveField(() => [String], { description: 'Regions that nothing is sent to, by the two digits of their code.' })
  notDelivered(@Parent() { terms }: FreightTemplate): readonly string[] {
    return terms.notDelivered;
  }
}

@Resolver(() => Product)
export class ProductFreightResolver {
  @ResolveField(() => FreightTemplate, {
    nullable: true,
    description: 'How sending it is charged; null if it is sent for nothing.',
  })
  async freightTemplate(
    @Parent() { freightTemplateId }: Product,
    @Loader(freightTemplateById) load: Load<FreightTemplateId, FreightTemplate | null>,
  ): Promise<FreightTemplate | null> {
    return freightTemplateId && load(freightTemplateId);
  }
}
