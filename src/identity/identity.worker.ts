import { Injectable } from '@nestjs/common';
import { defineJob, Handles, type Outcome } from '#jobs';
import { BlocksService } from './blocks.service.js';
import { AddressesService } from './contact/addresses.service.js';
import { SessionsService } from './sessions.service.js';

/** Scheduled: forgets sessions that ended long ago. */
export const purgeSessions = defineJob<Record<string, never>>('identity.purgeSessions');

/** Scheduled: forgets blocks that were taken back long ago. */
export const purgeLiftedBlocks = defineJob<Record<string, never>>('identity.purgeLiftedBlocks');

/** Scheduled: forgets addresses that were removed long ago. */
export const purgeRemovedAddresses = defineJob<Record<string, never>>('identity.purgeRemovedAddresses');

@Injectable()
export class IdentityWorker {
  constructor(
    private readonly sessions: SessionsService,
    private readonly blocks: BlocksService,
    private readonly addresses: AddressesService,
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

  @Handles(purgeRemovedAddresses)
  async forgetRemovedAddresses(): Promise<Outcome> {
    await this.addresses.purge();
    return 'done';
  }
}
