import { Injectable } from '@nestjs/common';
import { Handles, type Outcome } from '#jobs';
import { closeStatements } from './payout.jobs.js';
import { StatementsService } from './statements.service.js';

/** What the clock asks of payouts. */
@Injectable()
export class PayoutsWorker {
  constructor(private readonly statements: StatementsService) {}

  @Handles(closeStatements)
  async close(): Promise<Outcome> {
    await this.statements.closeDue();
    return 'done';
  }
}
