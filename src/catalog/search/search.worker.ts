import { Injectable } from '@nestjs/common';
import { defineJob, Handles, type Outcome } from '#jobs';
import { SearchIndexService } from './search-index.service.js';

/** Scheduled: takes up under which words products are found. */
export const indexProducts = defineJob<Record<string, never>>('catalog.indexProducts');

/** Some seconds of work, far below a lease. */
const PAGES_MAX = 10;

@Injectable()
export class SearchWorker {
  constructor(private readonly index: SearchIndexService) {}

  @Handles(indexProducts)
  async takeUp(): Promise<Outcome> {
    const isMore = await this.index.takeUp(PAGES_MAX);
    return isMore ? { snoozeUntil: new Date() } : 'done';
  }
}
