import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { connectionOf, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { RefundCase } from './refund-case.js';
import { Refund } from './refund.entity.js';
import { RefundRetryInput, RefundSettledOutsideInput, RefundToCardInput } from './refund.inputs.js';
import { RefundQueueService } from './refund-queue.service.js';
import { RefundQueueResult } from './refund.refusals.js';

const RefundCaseConnection = connectionOf(RefundCase);

@Resolver(() => RefundCase)
@UseInterceptors(RefusalsAsResults)
export class RefundQueueResolver {
  constructor(private readonly queue: RefundQueueService) {}

  @Allow('FINANCE')
  @Query(() => RefundCaseConnection, { description: 'Refunds that wait for an operator, oldest first. For FINANCE.' })
  refundQueue(@Args() page: PageArgs): Promise<Page<RefundCase>> {
    return this.queue.page(page);
  }

  @Allow('FINANCE')
  @Mutation(() => RefundQueueResult, {
    description: 'Try a waiting refund again, after what was wrong has been put right. For FINANCE.',
  })
  refundRetry(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) { refundId, reason }: RefundRetryInput,
  ): Promise<Refund> {
    return this.queue.retry(refundId, { by, reason });
  }

  @Allow('FINANCE')
  @Mutation(() => RefundQueueResult, {
    description:
      'Send an ABNORMAL refund to a bank card of the buyer, because the account that was paid from cannot take it. For FINANCE.',
  })
  refundToCard(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, where to, and why.' }) input: RefundToCardInput,
  ): Promise<Refund> {
    return this.queue.toCard(input.refundId, input, { by, reason: input.reason });
  }

  @Allow('FINANCE')
  @Mutation(() => RefundQueueResult, {
    description: 'Book a waiting refund as paid by a bank transfer, because WeChat does not get it done. For FINANCE.',
  })
  refundSettledOutside(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, by which transfer, and why.' }) input: RefundSettledOutsideInput,
  ): Promise<Refund> {
    return this.queue.settledOutside(by, input);
  }
}
