import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Handlers } from './handlers.js';
import { JobMetrics } from './job.metrics.js';
import { JobQueue } from './job.queue.js';
import { JobRunner } from './job.runner.js';
import { Jobs } from './jobs.service.js';
import { PurgeWorker } from './purge.worker.js';

/** One table that is both outbox and queue, and the workers that empty it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Handlers, Jobs, JobQueue, JobRunner, PurgeWorker, JobMetrics],
  exports: [Jobs, JobQueue, JobRunner],
})
export class JobsModule {}
