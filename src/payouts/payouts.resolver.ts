import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { SupplierId } from '#catalog';
import { connectionOf, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, CurrentSupplierId, type StaffViewer } from '#identity';
import { Payout } from './payout.entity.js';
import { PayoutDecideInput, PayoutEnterInput, PayoutProposeInput } from './payout.inputs.js';
import { PayoutApproveResult, PayoutCancelResult, PayoutEnterResult, PayoutProposeResult } from './payout.refusals.js';
import { PayoutsService } from './payouts.service.js';
import { SupplierMoneyService } from './supplier-money.service.js';

const PayoutConnection = connectionOf(Payout);

@Resolver(() => Payout)
@UseInterceptors(RefusalsAsResults)
export class PayoutsResolver {
  constructor(
    private readonly service: PayoutsService,
    private readonly money: SupplierMoneyService,
  ) {}

  @Allow('FINANCE')
  @Query(() => PayoutConnection, {
    description: 'What is or was to be paid to suppliers, the last first. For FINANCE.',
  })
  payouts(@Args() page: PageArgs): Promise<Page<Payout>> {
    return this.money.payouts(null, page);
  }

  @Allow('SUPPLIER')
  @Query(() => PayoutConnection, {
    description: 'What is or was to be paid to the supplier that one works for, the last first. For SUPPLIER.',
  })
  ownPayouts(@CurrentSupplierId() id: SupplierId, @Args() page: PageArgs): Promise<Page<Payout>> {
    return this.money.payouts(id, page);
  }

  @Allow('FINANCE')
  @Mutation(() => PayoutProposeResult, {
    description: 'Set money aside to be paid to a supplier; another of FINANCE must agree. For FINANCE.',
  })
  payoutPropose(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'To whom, how much, and why.' }) input: PayoutProposeInput,
  ): Promise<Payout> {
    return this.service.propose(id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => PayoutApproveResult, { description: 'Agree to a payout that another has proposed. For FINANCE.' })
  payoutApprove(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: PayoutDecideInput,
  ): Promise<Payout> {
    return this.service.approve(id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => PayoutEnterResult, { description: 'Enter a payout that the bank has transferred. For FINANCE.' })
  payoutEnter(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which one, and what the bank says of it.' }) input: PayoutEnterInput,
  ): Promise<Payout> {
    return this.service.enter(id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => PayoutCancelResult, {
    description: 'Decide that a payout is not paid; the supplier is owed it again. For FINANCE.',
  })
  payoutCancel(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: PayoutDecideInput,
  ): Promise<Payout> {
    return this.service.cancel(id, input);
  }
}
