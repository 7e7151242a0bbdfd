import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditTrail } from '#common';
import { IdentityModule } from '#identity';
import { ActingRequests } from './acting-request.js';
import { AuditChain } from './audit-chain.service.js';
import { BulkActsResolver } from './bulk/bulk-acts.resolver.js';
import { BulkActsService } from './bulk/bulk-acts.service.js';
import { BulkActsWorker } from './bulk/bulk-acts.worker.js';
import { BulkWorks } from './bulk/bulk-works.js';
import { AuditPersonalData } from './audit.personal-data.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { AuditWorker } from './audit.worker.js';
import { Trail } from './trail.js';

/** Who did what to money, stock and people, and the chain of hashes that shows whether it was left as it was. */
@Global()
@Module({
  imports: [IdentityModule],
  providers: [
    ...[BulkActsService, BulkActsResolver, BulkActsWorker, BulkWorks],
    ...[AuditService, AuditChain, AuditResolver, AuditWorker, AuditPersonalData],
    { provide: AuditTrail, useClass: Trail },
    { provide: APP_INTERCEPTOR, useClass: ActingRequests },
  ],
  exports: [AuditTrail, AuditService, AuditChain, BulkActsService, BulkWorks],
})
export class AuditModule {}
