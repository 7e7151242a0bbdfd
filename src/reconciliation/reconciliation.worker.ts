import { Injectable } from '@nestjs/common';
import { MachineClock, secondsAfter } from '#common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { AskingService } from './asking.service.js';
import { FetchingService } from './fetching.service.js';
import { JudgingService } from './judging.service.js';
import { askAboutFinding, reconcileDays } from './reconciliation.jobs.js';

const TOO_FAST_SECONDS = 1;

/** What the clock asks of the reconciliation. */
@Injectable()
export class ReconciliationWorker {
  constructor(
    private readonly fetching: FetchingService,
    private readonly judging: JudgingService,
    private readonly asking: AskingService,
    private readonly machine: MachineClock,
  ) {}

  @Handles(reconcileDays)
  async reconcile(_args: ArgsOf<typeof reconcileDays>, claim: JobClaim): Promise<Outcome> {
    const isAllTried = await this.fetching.fetchDue(claim);
    await this.judging.judgeOpen();
    return isAllTried ? 'done' : { snoozeUntil: secondsAfter(this.machine.now(), TOO_FAST_SECONDS) };
  }

  @Handles(askAboutFinding)
  async ask({ findingId }: ArgsOf<typeof askAboutFinding>): Promise<Outcome> {
    await this.asking.ask(findingId);
    return 'done';
  }
}
