import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { AfterSale, AfterSaleStatus } from '../cases/after-sale.entity.js';
import {
  AfterSaleAppealDecideResult,
  AfterSaleApproveResult,
  AfterSaleRejectResult,
  AfterSaleReturnReceiveResult,
} from '../cases/step.refusals.js';
import { AfterSaleConnection } from '../own/own-cases.resolver.js';
import { AfterSaleListsService } from '../pages/after-sale-lists.service.js';
import { DecidingService } from './deciding.service.js';
import { AfterSaleAppealDecideInput, AfterSaleDecisionInput, AfterSaleReturnReceiveInput } from './decision.inputs.js';

/** The door of whoever decides: suppliers on their own cases, the shop's staff on any. */
@Resolver(() => AfterSale)
@UseInterceptors(RefusalsAsResults)
export class DecidingResolver {
  constructor(
    private readonly lists: AfterSaleListsService,
    private readonly deciding: DecidingService,
  ) {}

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Query(() => AfterSaleConnection, {
    description:
      'What buyers ask back, what is due first: of the supplier that one works for, or of all; what is APPLIED, unless another status is asked for. For SUPPLIER and SUPPORT.',
  })
  afterSaleCases(
    @CurrentStaff() staff: StaffViewer,
    @Args('status', {
      type: () => AfterSaleStatus,
      defaultValue: AfterSaleStatus.APPLIED,
      description: 'Only those at this status.',
    })
    status: AfterSaleStatus,
    @Args() page: PageArgs,
  ): Promise<Page<AfterSale>> {
    return this.lists.page(staff, status, page);
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Mutation(() => AfterSaleApproveResult, {
    description:
      'Approve what a buyer asks for: money alone is promised at once, goods are waited for. The buyer reads the reason. For SUPPLIER and SUPPORT.',
  })
  afterSaleApprove(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which case, and why.' }) input: AfterSaleDecisionInput,
  ): Promise<AfterSale> {
    return this.deciding.approve(staff, input);
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Mutation(() => AfterSaleRejectResult, {
    description:
      'Refuse what a buyer asks for, or goods that came back. The buyer reads the reason, and may appeal. For SUPPLIER and SUPPORT.',
  })
  afterSaleReject(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which case, and why.' }) input: AfterSaleDecisionInput,
  ): Promise<AfterSale> {
    return this.deciding.reject(staff, input);
  }

  @Allow(['SUPPLIER', 'SUPPORT'])
  @Mutation(() => AfterSaleReturnReceiveResult, {
    description: 'Accept goods that came back: the money is promised at once. For SUPPLIER and SUPPORT.',
  })
  afterSaleReturnReceive(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which case, and in which state they are.' }) input: AfterSaleReturnReceiveInput,
  ): Promise<AfterSale> {
    return this.deciding.receive(staff, input);
  }

  @Allow('SUPPORT')
  @Mutation(() => AfterSaleAppealDecideResult, {
    description: 'Decide on an appeal for good. The buyer reads the reason. For SUPPORT.',
  })
  afterSaleAppealDecide(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which case, whether the buyer is right, and why.' })
    input: AfterSaleAppealDecideInput,
  ): Promise<AfterSale> {
    return this.deciding.decideAppeal(staff, input);
  }
}
