import { UseInterceptors } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, connectionOf, OptionalIdPipe, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { BillDay, type BillDayId, BillDayStatus } from './bill-day.entity.js';
import { Finding } from './finding.entity.js';
import { FindingKind, FindingStatus } from './finding.kinds.js';
import { FindingsService } from './findings.service.js';
import { BillDayFetchAnewInput, FindingResolveInput } from './reconciliation.inputs.js';
import { BillDayFetchAnewResult, FindingResolveResult } from './reconciliation.refusals.js';
import { whatToDo } from './reconciliation.rules.js';

const BillDayConnection = connectionOf(BillDay);
const FindingConnection = connectionOf(Finding);

@Resolver(() => Finding)
@UseInterceptors(RefusalsAsResults)
export class ReconciliationResolver {
  constructor(private readonly service: FindingsService) {}

  @Allow('FINANCE')
  @Query(() => BillDayConnection, {
    description: 'The channel’s bills, the newest day first; all, unless a status is asked for. For FINANCE.',
  })
  billDays(
    @Args('status', { type: () => BillDayStatus, nullable: true, description: 'Only those at this status.' })
    status: BillDayStatus | null,
    @Args() page: PageArgs,
  ): Promise<Page<BillDay>> {
    return this.service.days(status, page);
  }

  @Allow('FINANCE')
  @Query(() => FindingConnection, {
    description:
      'Where the channel’s bills and our books differ, oldest first; what is OPEN, unless another status is asked for. For FINANCE.',
  })
  findings(
    @Args('status', {
      type: () => FindingStatus,
      defaultValue: FindingStatus.OPEN,
      description: 'Only those at this status.',
    })
    status: FindingStatus,
    @Args('kind', { type: () => FindingKind, nullable: true, description: 'Only those of this kind.' })
    kind: FindingKind | null,
    @Args(
      'billDayId',
      { type: () => ID, nullable: true, description: 'Only those of this bill.' },
      new OptionalIdPipe('bill_day'),
    )
    billDayId: BillDayId | null,
    @Args() page: PageArgs,
  ): Promise<Page<Finding>> {
    return this.service.findings({ status, kind, billDayId }, page);
  }

  @Allow('FINANCE')
  @Mutation(() => FindingResolveResult, {
    description: 'Say why a difference between a bill and our books is resolved. For FINANCE.',
  })
  findingResolve(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) { findingId, reason }: FindingResolveInput,
  ): Promise<Finding> {
    return this.service.resolve(findingId, { by, reason });
  }

  @Allow('FINANCE')
  @Mutation(() => BillDayFetchAnewResult, {
    description: 'Have a bill that is not closed fetched from the channel again. For FINANCE.',
  })
  billDayFetchAnew(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) { billDayId, reason }: BillDayFetchAnewInput,
  ): Promise<BillDay> {
    return this.service.fetchAnew(billDayId, { by, reason });
  }

  @ResolveField(() => String, { description: 'What is to be done, in the language of the request.' })
  whatToDo(@Parent() { advice }: Finding, @Context() { language }: ApiContext): string {
    return whatToDo(advice)[language];
  }
}
