import { Injectable } from '@nestjs/common';
import { defineJob, Handles, type Outcome } from '#jobs';
import { SessionsService } from './sessions.service.js';

/** Scheduled: forgets sessions that ended long ago. */
export const purgeSessions = defineJob<Record<string, never>>('identity.purgeSessions');

@Injectable()
export class IdentityWorker {
  constructor(private readonly sessions: SessionsService) {}

  @Handles(purgeSessions)
  async purge(): Promise<Outcome> {
    await this.sessions.purge();
    return 'done';
  }
}
