import { Injectable } from '@nestjs/common';
import { defineJob, Handles, type Outcome } from '#jobs';
import { BlocksService } from './blocks.service.js';
import { SessionsService } from './sessions.service.js';

/** Scheduled: forgets sessions that ended long ago. */
export const purgeSessions = defineJob<Record<string, never>>('identity.purgeSessions');

/** Scheduled: forgets blocks that were taken back long ago. */
export const purgeLiftedBlocks = defineJob<Record<string, never>>('identity.purgeLiftedBlocks');

@Injectable()
export class IdentityWorker {
  constructor(
    private readonly sessions: SessionsService,
    private readonly blocks: BlocksService,
  ) {}

  @Handles(purgeSessions)
  async forgetSessions(): Promise<Outcome> {
    await this.sessions.purge();
    return 'done';
  }

  @Handles(purgeLiftedBlocks)
  async forgetLiftedBlocks(): Promise<Outcome> {
    await this.blocks.purge();
    return 'done';
  }
}
