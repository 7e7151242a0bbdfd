import { UseInterceptors } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type ApiContext, connectionOf, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Carrier, CARRIERS } from '#fulfilment';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { AfterSaleApplyInput } from '../applying/application.inputs.js';
import { AfterSaleApplyResult } from '../applying/application.refusals.js';
import { ApplyingService } from '../applying/applying.service.js';
import { AfterSale, AfterSaleStatus } from '../cases/after-sale.entity.js';
import { AfterSaleAppealResult, AfterSaleCancelResult, AfterSaleReturnSendResult } from '../cases/step.refusals.js';
import { AfterSaleListsService } from '../pages/after-sale-lists.service.js';
import { AfterSaleAppealInput, AfterSaleCancelInput, AfterSaleReturnSendInput } from './own-case.inputs.js';
import { OwnCasesService } from './own-cases.service.js';

export const AfterSaleConnection = connectionOf(AfterSale);

/** The door of buyers. */
@Resolver(() => AfterSale)
@UseInterceptors(RefusalsAsResults)
export class OwnCasesResolver {
  constructor(
    private readonly lists: AfterSaleListsService,
    private readonly applying: ApplyingService,
    private readonly own: OwnCasesService,
  ) {}

  @Allow('BUYER')
  @Query(() => AfterSaleConnection, { description: 'What one has asked back, newest first.' })
  afterSales(
    @CurrentViewer() { id }: Viewer,
    @Args('status', { type: () => AfterSaleStatus, nullable: true, description: 'Only those at this status.' })
    status: AfterSaleStatus | null,
    @Args() page: PageArgs,
  ): Promise<Page<AfterSale>> {
    return this.lists.own(id, page, status);
  }

  @Allow('BUYER')
  @Query(() => [Carrier], { description: 'By whom goods may be sent back.' })
  returnCarriers(@Context() { language }: ApiContext): Carrier[] {
    return CARRIERS.map(({ id }) => new Carrier(id, language));
  }

  @Allow('BUYER')
  @Mutation(() => AfterSaleApplyResult, { description: 'Ask for the money of units of an order of one’s own.' })
  afterSaleApply(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'For what, and why.' }) input: AfterSaleApplyInput,
  ): Promise<AfterSale> {
    return this.applying.apply(id, input);
  }

  @Allow('BUYER')
  @Mutation(() => AfterSaleCancelResult, {
    description: 'Give a case up, until goods or money are on their way.',
  })
  afterSaleCancel(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which one.' }) input: AfterSaleCancelInput,
  ): Promise<AfterSale> {
    return this.own.cancel(id, input);
  }

  @Allow('BUYER')
  @Mutation(() => AfterSaleReturnSendResult, {
    description: 'Say by whom and under which number the goods of an approved case are on their way back.',
  })
  afterSaleReturnSend(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Of which case, and how they travel.' }) input: AfterSaleReturnSendInput,
  ): Promise<AfterSale> {
    return this.own.send(id, input);
  }

  @Allow('BUYER')
  @Mutation(() => AfterSaleAppealResult, {
    description: 'Ask the shop to decide on a case that was refused, within three days and once.',
  })
  afterSaleAppeal(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which one, and what one says of it.' }) input: AfterSaleAppealInput,
  ): Promise<AfterSale> {
    return this.own.appeal(id, input);
  }
}
