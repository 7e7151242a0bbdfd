import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DataSource, In, LessThan } from 'typeorm';
import {
  connectionOf,
  decodeIdCursor,
  defineLoader,
  groupInOrder,
  type Load,
  Loader,
  type Page,
  PageArgs,
  pageOf,
  RefusalsAsResults,
} from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { BulkAct, type BulkActId, BulkActStatus } from './bulk-act.entity.js';
import { BulkActApproveInput, BulkActEndInput } from './bulk-act.inputs.js';
import { BulkActDecisionResult, BulkActWithdrawResult } from './bulk-act.refusals.js';
import { BulkActsService } from './bulk-acts.service.js';
import { BulkFailure } from './bulk-failure.entity.js';

const BulkActConnection = connectionOf(BulkAct);

const failuresOfBulkAct = defineLoader(async (db, ids: readonly BulkActId[]) => {
  const failures = await db.find(BulkFailure, { where: { bulkActId: In(ids) }, order: { subjectId: 'ASC' } });
  return groupInOrder(ids, failures, ({ bulkActId }) => bulkActId);
});

@Resolver(() => BulkAct)
@UseInterceptors(RefusalsAsResults)
export class BulkActsResolver {
  constructor(
    private readonly source: DataSource,
    private readonly acts: BulkActsService,
  ) {}

  @Allow('FINANCE')
  @Query(() => BulkActConnection, {
    description: 'Bulk acts, newest first; those PROPOSED wait for another operator. For FINANCE.',
  })
  async bulkActs(
    @Args() { first, after }: PageArgs,
    @Args('status', { type: () => BulkActStatus, nullable: true, description: 'Only those at this status.' })
    status?: BulkActStatus | null,
  ): Promise<Page<BulkAct>> {
    const last = decodeIdCursor(after, 'bulk');
    const where = { ...(status && { status }), ...(last && { id: LessThan(last) }) };
    const acts = await this.source.manager.find(BulkAct, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(acts, first, ({ id }) => [id]);
  }

  @Allow('FINANCE')
  @Mutation(() => BulkActDecisionResult, {
    description: 'Let a bulk act be done that another operator has proposed. For FINANCE.',
  })
  bulkActApprove(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: BulkActApproveInput,
  ): Promise<BulkAct> {
    return this.acts.approve(staff.id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => BulkActDecisionResult, {
    description: 'Say no to a bulk act that another operator has proposed. For FINANCE.',
  })
  bulkActReject(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: BulkActEndInput,
  ): Promise<BulkAct> {
    return this.acts.reject(staff.id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => BulkActWithdrawResult, {
    description: 'Take back a bulk act that one has proposed oneself. For FINANCE.',
  })
  bulkActWithdraw(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: BulkActEndInput,
  ): Promise<BulkAct> {
    return this.acts.withdraw(staff.id, input);
  }

  @ResolveField(() => [BulkFailure], { description: 'Which could not be done, and why.' })
  failures(
    @Parent() { id }: BulkAct,
    @Loader(failuresOfBulkAct) load: Load<BulkActId, BulkFailure[]>,
  ): Promise<BulkFailure[]> {
    return load(id);
  }
}
