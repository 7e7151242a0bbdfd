import { Args, Query, Resolver } from '@nestjs/graphql';
import { connectionOf, type Page, PageArgs } from '#common';
import { Allow } from '#identity';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditFilterInput } from './audit.inputs.js';
import { AuditService } from './audit.service.js';

const AuditEntryConnection = connectionOf(AuditEntry);

@Resolver(() => AuditEntry)
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Allow('ADMIN')
  @Query(() => AuditEntryConnection, {
    description:
      'What operators did to money, stock and people, newest first: who, when, why, before and after. For ADMIN.',
  })
  auditEntries(
    @Args() page: PageArgs,
    @Args('filter', { type: () => AuditFilterInput, nullable: true, description: 'Which of them; all if left out.' })
    filter?: AuditFilterInput, // Not `| null`: the pipe that checks it must see the class.
  ): Promise<Page<AuditEntry>> {
    return this.audit.page(filter ?? {}, page);
  }
}
